import {
  type Content,
  type Drill,
  type DrillPlan,
  type DrillStep,
  type Message,
  message,
  type NodeName,
  type OutageBand,
  problem,
} from '../model/index.ts';
import {
  ARMED,
  armedSeconds,
  armScriptStep,
  type DrillContext,
  disarmStep,
  NOTIFY_LOG,
  step,
} from './context.ts';
import { judgeDrill } from './judge.ts';

/** A fault behind nginx: keepalived has no part in it, so the VIP stays and no notify line appears. */
export interface SteadyFault
  extends Pick<DrillPlan, 'victim' | 'direct' | 'downUntilRestored' | 'calls' | 'observeMs'> {
  readonly description: Message;
  /** By domain; one that is not named loses nothing. */
  readonly domains?: Readonly<Record<string, OutageBand>>;
  readonly backends?: Readonly<Record<string, OutageBand>>;
  /** What each node does by itself if we die: the same that `restore` makes it do. */
  readonly undo: readonly { readonly node: NodeName; readonly script: Content }[];
  /** Beside the time for which it is observed. */
  readonly extraSeconds?: number;
  readonly prepare?: readonly DrillStep[];
  readonly inject: readonly DrillStep[];
  readonly witness: readonly DrillStep[];
  readonly restored: readonly DrillStep[];
}

const RESTORE_TIMEOUT_MS = 60_000;

/** A drill whose fault is chosen by who holds the VIP, and which leaves the VIP where it is. */
export function steadyDrill(
  context: DrillContext,
  id: string,
  fault: (holder: NodeName) => SteadyFault,
): Drill {
  return {
    id,
    title: message(`drill-${id}`),
    plan: ({ holder }) =>
      holder === null
        ? { kind: 'impossible', problem: problem('drill-no-holder') }
        : { kind: 'plan', plan: planned(id, holder, fault(holder)) },
    judge: (plan, evidence) =>
      judgeDrill(plan, evidence, 1000 / context.ratePerSecond, 'drill-services-not-restored'),
  };
}

function planned(id: string, holder: NodeName, fault: SteadyFault): DrillPlan {
  const { domains = {}, backends = {}, undo, extraSeconds = 0, prepare = [], ...rest } = fault;
  const seconds = armedSeconds(rest.observeMs) + extraSeconds;
  return {
    ...rest,
    expectation: {
      outageMs: worst(Object.values(domains)),
      domains,
      backends,
      holderAfter: holder,
      notifyLines: {},
    },
    arm: undo.map(({ node, script }) => armScriptStep(node, id, script, seconds)),
    armedSeconds: seconds,
    prepare,
    restore: undo.map(({ node, script }) => ({ node, script, timeoutMs: RESTORE_TIMEOUT_MS })),
    disarm: undo.flatMap(({ node }) => [disarmStep(node, id), step(node, `rm -rf ${ARMED}`)]),
    notifyLog: NOTIFY_LOG,
  };
}

function worst(bands: readonly OutageBand[]): OutageBand {
  return bands.reduce((most, band) => (band[1] > most[1] ? band : most), [0, 0]);
}
