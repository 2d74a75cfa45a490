import type {
  DrillTarget,
  Expectation,
  LiveTarget,
  OutageBand,
  ProbeSummary,
  Vantage,
  View,
} from '../model/index.ts';

/** What a client saw of one target during a drill. */
export function viewOf(target: DrillTarget, summary: ProbeSummary, expectation: Expectation): View {
  const predictedMs = predictedOf(target, expectation);
  const { sent, ok, late, failed, outageMs, slowestMs, jitterMs } = summary;
  return {
    vantage: vantageName(target.vantage),
    target: target.address,
    domain: target.domain,
    sent,
    ok,
    late,
    failed,
    outageMs: Math.round(outageMs),
    slowestMs: Math.round(slowestMs),
    jitterMs: Math.round(jitterMs * 10) / 10,
    ...(target.backend !== undefined && { backend: target.backend }),
    ...(predictedMs && { predictedMs }),
  };
}

/** A target, as far as a picture of the drill needs it. */
export function liveTarget({ domain, backend, vantage }: DrillTarget): LiveTarget {
  return { domain, vantage: vantageName(vantage), ...(backend !== undefined && { backend }) };
}

const NOTHING_LOST: OutageBand = [0, 0];

function predictedOf(
  { backend, domain }: DrillTarget,
  { backends, domains }: Expectation,
): OutageBand | undefined {
  if (backend !== undefined) return backends?.[backend];
  return domains && (domains[domain] ?? NOTHING_LOST);
}

function vantageName(vantage: Vantage): string {
  switch (vantage.kind) {
    case 'via':
      return `via:${vantage.node}`;
    case 'ssh':
      return `ssh:${vantage.host}`;
    default:
      return vantage.kind;
  }
}

/** The view of the VIP with the longest outage; of equal ones that with more failed requests. */
export function worstView(all: readonly View[]): View | undefined {
  const views = all.filter((view) => view.backend === undefined);
  return views.toSorted((a, b) => b.outageMs - a.outageMs || b.failed - a.failed)[0];
}
