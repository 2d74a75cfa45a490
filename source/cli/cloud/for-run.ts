import type { Cluster } from '../../cluster/index.ts';
import { adoptedId, generationOf } from '../../engine/cloud/records.ts';
import {
  type CloudFacts,
  type CloudPort,
  type NodeFacts,
  type NodeName,
  OperatorError,
  type Ports,
  type Problem,
} from '../../model/index.ts';
import type { CloudInput } from '../../stages/stage-input.ts';
import type { Io } from '../io.ts';
import type { RunSession } from '../run-session.ts';
import type { SignalStopper } from '../stop.ts';
import type { CloudAccess } from './access.ts';
import { cloudSession, type OpenedCloud, openRegion, survey, surveyOf } from './open-cloud.ts';
import { regionFor } from './region.ts';
import { addressesOf } from './result-fields.ts';

/** The cloud of a run whose nodes have been asked. */
export interface RunCloud {
  readonly port: CloudPort;
  /** What the stages make of it; absent where the cloud has not answered. */
  readonly input?: CloudInput;
  /** Why it has not. */
  readonly problem?: Problem;
  close(): void;
}

export interface CloudWanted {
  readonly io: Io;
  readonly access: CloudAccess;
  readonly cluster: Cluster;
  readonly session: RunSession;
  readonly ports: Ports;
  readonly facts: ReadonlyMap<NodeName, NodeFacts>;
  readonly stop: SignalStopper;
  /** False: a cloud that does not answer is told, and the rest goes on. */
  readonly mustAnswer: boolean;
}

/**
 * Opens the region that the nodes are in, and asks what the stages want to know.
 *
 * @throws OperatorError where the region is not known; where the cloud must answer and does not
 */
export async function openForRun(wanted: CloudWanted): Promise<RunCloud> {
  const { io, access, cluster, session, facts, stop } = wanted;
  const region = regionFor(cluster, facts.values(), access.region);
  const opened = openRegion(io, access, region, stop.signal);
  try {
    const found = await survey(opened, surveyOf(cluster, facts), session.journal);
    return 'problem' in found
      ? silent(wanted, opened, found.problem)
      : heard(wanted, opened, found);
  } catch (error) {
    opened.close();
    throw error;
  }
}

function heard({ session, cluster }: CloudWanted, opened: OpenedCloud, facts: CloudFacts) {
  const input: CloudInput = {
    facts,
    session: cloudSession(session, cluster),
    generation: (step) => generationOf(session.journal.records(), step),
    adopted: (resource) => adoptedId(session.journal.records(), resource),
    publicAddress: () => addressesOf(cluster, session.journal.records()).public,
  };
  return { port: opened.port, input, close: () => opened.close() };
}

function silent({ ports, mustAnswer }: CloudWanted, opened: OpenedCloud, problem: Problem) {
  if (mustAnswer) throw new OperatorError(problem);
  ports.emit({ type: 'problem', problem });
  return { port: opened.port, problem, close: () => opened.close() };
}
