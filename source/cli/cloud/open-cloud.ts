import type { Cluster } from '../../cluster/index.ts';
import { systemClock } from '../../drivers/clock.ts';
import { openCloud, shownId, tencentPort } from '../../drivers/tencent/index.ts';
import {
  type CloudFacts,
  type CloudPort,
  type CloudSurvey,
  type JournalPort,
  type NodeFacts,
  type NodeName,
  OperatorError,
  type Problem,
} from '../../model/index.ts';
import { type CloudSession, sessionMark } from '../../resources/cloud-names.ts';
import type { Io } from '../io.ts';
import type { CloudAccess } from './access.ts';
import { noteChosen, placeProblem } from './place.ts';

/** A region of the operator's account, to be spoken to. Whoever opens it closes it. */
export interface OpenedCloud {
  readonly region: string;
  readonly port: CloudPort;
  /** The last four characters of the key's id: for a person who has several. */
  readonly key: string;
  /** Whose the key is; undefined where the cloud does not say. */
  account(): Promise<string | undefined>;
  close(): void;
}

export function openRegion(
  io: Pick<Io, 'environment' | 'language'>,
  access: CloudAccess,
  region: string,
  signal?: AbortSignal,
): OpenedCloud {
  const { environment, language } = io;
  const { credential } = access;
  const ending = signal ? { signal } : {};
  const cloud = openCloud({
    ...{ credential, region, environment, language, clock: systemClock },
    ...ending,
  });
  return {
    region,
    port: tencentPort(cloud),
    key: shownId(credential),
    account: async () => {
      const said = await cloud.call('GetCallerIdentity', null);
      return said.kind === 'ok' ? (said.value.AccountId ?? undefined) : undefined;
    },
    close: () => cloud.close(),
  };
}

/** What is written on everything that this session makes. */
export function cloudSession(session: { readonly id: string }, cluster: Cluster): CloudSession {
  return { id: sessionMark(session.id), cluster: cluster.name };
}

/** What a preflight wants to know of the cloud. */
export function surveyOf(
  { nodes, vip, cloud }: Cluster,
  facts: ReadonlyMap<NodeName, NodeFacts>,
): CloudSurvey {
  const eip = cloud.provider === 'tencent' ? cloud.eip : undefined;
  return {
    nodes: nodes.map(({ name, address }) => ({
      ...{ node: name, address },
      instance: facts.get(name)?.cloud?.instance ?? null,
    })),
    vip: vip.address === 'auto' ? null : vip.address,
    bandwidth: eip?.kind === 'existing' ? null : (eip?.bandwidthMbps ?? 1),
  };
}

/**
 * What the cloud says of the nodes' machines; where they are is journalled, for who gives it all back.
 *
 * @throws OperatorError `cd-place-other`
 */
export async function survey(
  { port }: OpenedCloud,
  wanted: CloudSurvey,
  journal: JournalPort,
): Promise<CloudFacts | { readonly problem: Problem }> {
  const found = await port.survey(wanted);
  if ('problem' in found) return found;
  const moved = placeProblem(found, journal.records());
  if (moved) throw new OperatorError(moved);
  await noteChosen(found, journal);
  return found;
}
