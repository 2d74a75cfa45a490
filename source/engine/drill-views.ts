import type { ProbeSummary, ProbeTarget, Vantage, View } from '../model/index.ts';

/** What a client saw of one target during a drill. */
export function viewOf(
  target: ProbeTarget & { readonly domain: string },
  summary: ProbeSummary,
): View {
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
  };
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

/** The view with the longest outage; of equal ones that with more failed requests. */
export function worstView(views: readonly View[]): View | undefined {
  return views.toSorted((a, b) => b.outageMs - a.outageMs || b.failed - a.failed)[0];
}
