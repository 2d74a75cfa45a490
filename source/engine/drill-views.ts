import {
  type AbsentView,
  type AskedHow,
  cloudShareMs,
  type DrillLive,
  type DrillPlan,
  type DrillTarget,
  discardReason,
  type Expectation,
  type LiveTarget,
  type Measuring,
  type NodeName,
  OUTSIDE_LAG_LIMITS_MS,
  type OutageBand,
  type ProbeSummary,
  type Problem,
  type Sample,
  type View,
  vantageName,
} from '../model/index.ts';
import { expectationTexts } from './drill-calls.ts';

/** What a client saw of one target during a drill. */
export function viewOf(
  target: DrillTarget,
  summary: ProbeSummary,
  expectation: Expectation,
  ratePerSecond: number,
  { how, ...after }: AfterTakeover & { readonly how?: AskedHow | undefined } = {},
): View {
  const predictedMs = predictedOf(target, expectation);
  const { sent, ok, late, failed, outageMs, slowestMs, jitterMs, reasons } = summary;
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
    ...(failed > 0 && { reasons }),
    ...(target.backend !== undefined && { backend: target.backend }),
    ...(target.outside && { outside: true as const }),
    ...(target.every !== undefined && { rate: rateOf(target, ratePerSecond) }),
    ...after,
    ...(how && { by: how.by }),
    ...(how?.clockMs !== undefined && { clockMs: Math.round(how.clockMs * 10) / 10 }),
    ...(predictedMs && { predictedMs }),
  };
}

type AfterTakeover = Pick<View, 'cloudMs' | 'lateAfter'>;

/**
 * What is told of a view after a takeover: from outside the cloud's share, and who was late although
 * somebody had been answered well already.
 *
 * @param untilMs when the fault was put back
 */
export function afterTakeover(
  { outside, backend }: DrillTarget,
  samples: readonly Sample[],
  failover: { readonly faultMs: number; readonly addedMs: number } | undefined,
  untilMs: number,
): AfterTakeover {
  if (!failover || backend !== undefined) return {};
  const cloudMs = outside && cloudShareMs(samples, { ...failover, untilMs });
  const since = samples.filter(({ scheduledMs }) => scheduledMs >= failover.addedMs);
  const firstMs = Math.min(
    ...since.filter(({ outcome }) => outcome === 'ok').map(({ endedMs }) => endedMs),
  );
  const lateAfter = since.filter(
    ({ outcome, scheduledMs }) =>
      outcome === 'late' && scheduledMs > firstMs && scheduledMs < untilMs,
  ).length;
  return { ...(cloudMs !== undefined && { cloudMs }), lateAfter };
}

/** Whether the prober itself was too late, or at fault, for what it saw of this target to be judged. */
export function isDiscarded({
  target,
  summary,
  how,
}: {
  readonly target: DrillTarget;
  readonly summary: ProbeSummary;
  readonly how: AskedHow | undefined;
}): boolean {
  const limits = target.outside && how ? OUTSIDE_LAG_LIMITS_MS : undefined;
  return discardReason(summary, limits, how?.clockMs) !== undefined;
}

/** The targets as they are really asked, which only whoever stands there can tell. */
export function asAsked(
  targets: readonly DrillTarget[],
  { everyOf }: Pick<Measuring, 'everyOf'>,
): readonly DrillTarget[] {
  if (!everyOf) return targets;
  return targets.map(({ every: _, ...target }, place) => {
    const every = everyOf(place);
    return every === undefined ? target : { ...target, every };
  });
}

/** Requests a second that a target gets. */
export function rateOf({ every = 1 }: DrillTarget, ratePerSecond: number): number {
  return ratePerSecond / every;
}

/** A target, as far as a picture of the drill needs it. */
export function liveTarget(
  { domain, backend, vantage, outside, every }: DrillTarget,
  isAbsent: boolean,
): LiveTarget {
  return {
    domain,
    vantage: vantageName(vantage),
    ...(backend !== undefined && { backend }),
    ...(outside && { outside }),
    ...(every !== undefined && { every }),
    ...(isAbsent && { absent: true as const }),
  };
}

/** A target that nobody could ask. */
export function absentView(
  { vantage, address, domain }: DrillTarget,
  problem: Problem,
): AbsentView {
  return { vantage: vantageName(vantage), target: address, domain, problem };
}

/**
 * Places of targets that date a failover: at the VIP, from inside. From outside the cloud has its
 * share in it; that is what is left where nobody looks from inside.
 */
export function datingPlaces(
  targets: readonly DrillTarget[],
  absent: ReadonlyMap<number, Problem>,
): readonly number[] {
  const vip = targets.flatMap(({ backend }, place) =>
    backend === undefined && !absent.has(place) ? [place] : [],
  );
  const inside = vip.filter((place) => !targets[place]?.outside);
  return inside.length > 0 ? inside : vip;
}

const NOTHING_LOST: OutageBand = [0, 0];

function predictedOf(
  { backend, domain }: DrillTarget,
  { backends, domains }: Expectation,
): OutageBand | undefined {
  if (backend !== undefined) return backends?.[backend];
  return domains && (domains[domain] ?? NOTHING_LOST);
}

/** What a picture of the drill begins with. */
export function plannedLive(
  {
    frontends,
    ratePerSecond,
  }: { readonly frontends: readonly NodeName[]; readonly ratePerSecond: number },
  plan: DrillPlan,
  holder: NodeName | null,
): DrillLive {
  return {
    kind: 'planned',
    victim: plan.victim,
    nodes: frontends,
    holder,
    texts: expectationTexts(plan),
    predictedMs: plan.expectation.outageMs,
    rate: ratePerSecond,
    observeMs: plan.observeMs,
  };
}
