import {
  CLOUD_SHARE_LONG_MS,
  type DrillPlan,
  type DrillVerdict,
  type Evidence,
  type Problem,
  problem,
  type View,
  vipViewsOf,
  worstOutsideView,
} from '../model/index.ts';
import { blame } from './blame.ts';

/**
 * Did what was said happen, and nothing else? Judged: the holder, the outages against their
 * predictions, the notify lines of every node, the calls that were made, and that all is whole again.
 *
 * @param stepMs the prober's resolution (1000/rate): an outage between two requests cannot be
 *   seen any finer
 * @param notRestored the problem's code when it is not whole again
 */
export function judgeDrill(
  plan: DrillPlan,
  evidence: Evidence,
  stepMs: number,
  notRestored = 'drill-not-restored',
): DrillVerdict {
  const broken = evidence.restored ? [] : [problem(notRestored, {}, { node: plan.victim })];
  if (!evidence.injected) {
    const why = evidence.refused ?? problem('drill-not-injected', {}, { node: plan.victim });
    return { outcome: 'not-injected', problems: [...broken, why] };
  }
  if (evidence.proberLate) {
    return { outcome: 'aborted', problems: [...broken, problem('drill-prober-late')] };
  }
  const problems = [
    ...broken,
    ...judgeHealing(plan, evidence),
    ...judgeHolder(plan, evidence),
    ...(plan.expectation.domains
      ? evidence.views.flatMap((view) => judgeView(view, stepMs))
      : judgeOutage(plan, evidence, stepMs)),
    ...judgeLosses(plan, evidence),
    ...judgeLateAfter(plan, evidence),
    ...judgeLines(plan, evidence),
    ...judgeCalls(evidence),
  ];
  const outcome = problems.length === 0 ? 'passed' : 'failed';
  return { outcome, problems: [...problems, ...judgeCloud(evidence)] };
}

function judgeHolder({ expectation }: DrillPlan, { holderAfter }: Evidence): readonly Problem[] {
  if (holderAfter === expectation.holderAfter) return [];
  const params = { expected: expectation.holderAfter, found: holderAfter ?? '-' };
  return [problem('drill-wrong-holder', params)];
}

/** The fault has ended, and still somebody is not what he should have become by that. */
function judgeHealing({ victim }: DrillPlan, { healed }: Evidence): readonly Problem[] {
  return healed === false ? [problem('drill-not-healed', {}, { node: victim })] : [];
}

/**
 * What the timers say is what a client inside sees. From outside the cloud has its share in it, which
 * no timer of ours explains: what is left without that share must keep the same limit.
 */
function judgeOutage(
  { expectation }: DrillPlan,
  { views, phases }: Evidence,
  stepMs: number,
): readonly Problem[] {
  const [min, max] = expectation.outageMs;
  const inside = views.filter(({ outside }) => !outside);
  const worst = Math.max(0, ...inside.map((view) => view.outageMs));
  const isIn = inside.length === 0 || (worst >= min - stepMs && worst <= max);
  return [
    ...(isIn
      ? []
      : [
          problem('drill-outage-unexpected', { found: worst, min, max }),
          ...blame(expectation, phases, worst > max),
        ]),
    ...judgeOutside(views, max, stepMs),
  ];
}

/**
 * The Internet loses a packet now and then: one request by itself is none of the pair's. And what
 * is asked from another machine is asked as late as it is, and dated by that machine's clock.
 */
function noiseOf({ outside, rate, jitterMs, clockMs = 0 }: View, stepMs: number): number {
  return outside ? 2 * (rate === undefined ? stepMs : 1000 / rate) + jitterMs + clockMs : 0;
}

/** One problem for all of them: it is one path. */
function judgeOutside(views: readonly View[], max: number, stepMs: number): readonly Problem[] {
  const isUnexplained = (view: View) =>
    view.outside && view.outageMs - (view.cloudMs ?? 0) > max + noiseOf(view, stepMs);
  const view = worstOutsideView(views.filter(isUnexplained));
  if (!view) return [];
  const { vantage, target, outageMs: found, cloudMs } = view;
  const params = { vantage, target, found, max };
  if (cloudMs === undefined) return [problem('drill-outside-lost', params)];
  return [problem('drill-outside-outage', { ...params, cloud: cloudMs, rest: found - cloudMs })];
}

/** Said, and not held against the drill: the pair did its part. */
function judgeCloud({ views }: Evidence): readonly Problem[] {
  const shares = views.map(({ cloudMs = 0 }) => cloudMs);
  const cloud = Math.max(0, ...shares);
  return cloud > CLOUD_SHARE_LONG_MS ? [problem('cloud-share-long', { cloud })] : [];
}

/** One view against what was predicted of it; nobody else's outage can hide behind it. */
function judgeView(view: View, stepMs: number): readonly Problem[] {
  if (!view.predictedMs) return [];
  const [min, max] = view.predictedMs;
  const { outageMs: found, failed, late, domain, backend } = view;
  if (found >= min - stepMs && found <= max + noiseOf(view, stepMs)) return [];
  const params = { of: backend ?? domain, found, min, max, failed, late };
  return [problem('drill-view-unexpected', params)];
}

/** Requests that were lost here and there make no long outage; together they may be too many. */
function judgeLosses({ expectation }: DrillPlan, { views }: Evidence): readonly Problem[] {
  const { lostAtMost: max = Number.POSITIVE_INFINITY } = expectation;
  const inside = vipViewsOf(views).filter(({ outside }) => !outside);
  const found = Math.max(0, ...inside.map(({ late, failed }) => late + failed));
  return found > max ? [problem('drill-too-many-lost', { found, max })] : [];
}

/** From outside the cloud has its share in what is late. */
function judgeLateAfter(
  { expectation: { lateAfterAtMost: most } }: DrillPlan,
  { views }: Evidence,
): readonly Problem[] {
  const inside = views.filter(({ outside }) => !outside);
  const found = Math.max(0, ...inside.map(({ lateAfter = 0 }) => lateAfter));
  return most !== undefined && found > most ? [problem('drill-late-after', { found, most })] : [];
}

function judgeLines({ expectation }: DrillPlan, { notifyLines }: Evidence): readonly Problem[] {
  return Object.entries(notifyLines).flatMap(([node, found]) => {
    const legal = [
      expectation.notifyLines[node] ?? [],
      ...(expectation.legalLines?.[node] ?? []),
    ].map((lines) => lines.join(', ') || '-');
    const said = found.join(', ') || '-';
    if (legal.includes(said)) return [];
    const params = { expected: legal.join(' / '), found: said };
    return [problem('drill-wrong-lines', params, { node })];
  });
}

function judgeCalls({ calls = [] }: Evidence): readonly Problem[] {
  return calls
    .filter(({ seen, expected }) => seen !== expected)
    .map(({ call, at, expected, seen }) =>
      problem('drill-call-unexpected', { call, at, expected, seen }),
    );
}
