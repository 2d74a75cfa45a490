import { type Cluster, iamRelease, whereabouts } from '../cluster/index.ts';
import {
  type IamOrigin,
  type IamPlace,
  iamCacheFolder,
  iamOrigin,
  type PreparedIam,
  type Preparing,
  prepareIam,
  programRunner,
  readIamSchema,
  verifyBuildable,
} from '../drivers/iam/index.ts';
import {
  type Architecture,
  type Message,
  type NodeFacts,
  type NodeName,
  OperatorError,
  problem,
} from '../model/index.ts';
import { INSTALLED_FOLDER, installedIam } from '../stages/services/installed.ts';
import type { IamSource } from '../stages/stage-input.ts';
import type { Io } from './io.ts';

type Facts = ReadonlyMap<NodeName, NodeFacts>;

/** IAM for a run. */
export interface PrepareIam {
  /** What can be said before any node is asked. @throws OperatorError */
  early(): Promise<void>;
  /** IAM for these nodes, built if it must be. @throws OperatorError */
  forNodes(facts: Facts): Promise<IamSource>;
}

/** Where IAM is to be had from; nothing where it is on the nodes already. */
export function iamPlace({ iam: { source } }: Cluster): IamPlace | undefined {
  switch (source.kind) {
    case 'go':
      return { kind: 'go', release: iamRelease(source.version) };
    case 'installed':
      return undefined;
    default:
      return source;
  }
}

/** What is known of IAM without having it. @param facts where the nodes were asked */
export async function originOf(cluster: Cluster, facts?: Facts): Promise<IamOrigin> {
  const place = iamPlace(cluster);
  if (place) return iamOrigin(place);
  const { standIn, version } = installedIam(cluster, facts ?? new Map());
  return { standIn, from: INSTALLED_FOLDER, ...(version === undefined ? {} : { version }) };
}

const BUILT_FOR: readonly Architecture[] = ['x86_64', 'aarch64'];

/** @param signal ends a build or a download: nothing on a node depends on it */
export function iamPreparer(io: Io, cluster: Cluster, signal: AbortSignal): PrepareIam {
  const place = iamPlace(cluster);
  if (!place) return installedPreparer(cluster);
  const { pumpMend } = cluster.iam;
  const preparing = (architecture: Architecture): Preparing => ({
    pumpMend,
    architecture,
    env: io.environment,
    cache: iamCacheFolder(io.environment),
    run: programRunner(signal),
    signal,
    report: (text, done, total) => io.emit(progressOf(text, done, total)),
    where: whereabouts(cluster, 'iam.source'),
  });
  let found: PreparedIam | undefined;
  return {
    early: async () => {
      if (place.kind === 'go') await verifyBuildable(place.release.version, preparing('x86_64'));
      else found = await prepareIam(place, preparing('x86_64'));
    },
    forNodes: async (facts) => {
      const architecture = architectureOf(cluster, facts);
      const iam = found ?? (await prepareIam(place, preparing(architecture)));
      verifyArchitecture(cluster, iam, facts);
      return iam;
    },
  };
}

/** The daemons are on the nodes; their schema is beside the cluster file, or in the database already. */
function installedPreparer(cluster: Cluster): PrepareIam {
  const { source } = cluster.iam;
  const path = source.kind === 'installed' ? source.schema : undefined;
  const read = async () =>
    path === undefined ? null : readIamSchema(path, whereabouts(cluster, 'iam.source.schema'));
  return {
    early: async () => void (await read()),
    forNodes: async (facts) => ({ ...installedIam(cluster, facts), schema: await read() }),
  };
}

function progressOf(text: Message, done?: number, total?: number) {
  const counted = done === undefined || total === undefined ? {} : { done, total };
  return { type: 'progress' as const, stage: '', node: null, text, ...counted };
}

/** That of the first node which IAM can be built for; preflight has its say about the others. */
function architectureOf(cluster: Cluster, facts: Facts): Architecture {
  const found = cluster.nodes.map(({ name }) => facts.get(name)?.architecture);
  return BUILT_FOR.find((one) => one === found.find(Boolean)) ?? 'x86_64';
}

/** @throws OperatorError "iam-binary-architecture": it would not start on that node */
function verifyArchitecture(cluster: Cluster, { binaries }: PreparedIam, facts: Facts): void {
  for (const { name: node } of cluster.nodes) {
    const has = facts.get(node)?.architecture;
    const bad = binaries.find(({ architecture: built }) => built !== null && has && built !== has);
    if (!bad || !has) continue;
    const params = { daemon: bad.name, built: bad.architecture ?? '', has };
    const where = { ...whereabouts(cluster, 'iam.source'), node };
    throw new OperatorError(problem('iam-binary-architecture', params, where));
  }
}
