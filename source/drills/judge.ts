import {
  type DrillPlan,
  type DrillVerdict,
  type Evidence,
  type Problem,
  problem,
  type View,
} from '../model/index.ts';

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
    return {
      outcome: 'not-injected',
      problems: [problem('drill-not-injected', {}, { node: plan.victim })],
    };
  }
  if (evidence.proberLate) {
    return { outcome: 'aborted', problems: [...broken, problem('drill-prober-late')] };
  }
  const problems = [
    ...broken,
    ...judgeHolder(plan, evidence),
    ...(plan.expectation.domains
      ? evidence.views.flatMap((view) => judgeView(view, stepMs))
      : judgeOutage(plan, evidence, stepMs)),
    ...judgeLines(plan, evidence),
    ...judgeCalls(evidence),
  ];
  return { outcome: problems.length === 0 ? 'passed' : 'failed', problems };
}

function judgeHolder({ expectation }: DrillPlan, { holderAfter }: Evidence): readonly Problem[] {
  if (holderAfter === expectation.holderAfter) return [];
  const params = { expected: expectation.holderAfter, found: holderAfter ?? '-' };
  return [problem('drill-wrong-holder', params)];
}

function judgeOutage(
  { expectation }: DrillPlan,
  { views }: Evidence,
  stepMs: number,
): readonly Problem[] {
  const [min, max] = expectation.outageMs;
  const worst = Math.max(0, ...views.map((view) => view.outageMs));
  if (worst >= min - stepMs && worst <= max) return [];
  return [problem('drill-outage-unexpected', { found: worst, min, max })];
}

/** One view against what was predicted of it; nobody else's outage can hide behind it. */
function judgeView(view: View, stepMs: number): readonly Problem[] {
  if (!view.predictedMs) return [];
  const [min, max] = view.predictedMs;
  const { outageMs: found, failed, late, domain, backend } = view;
  if (found >= min - stepMs && found <= max) return [];
  const params = { of: backend ?? domain, found, min, max, failed, late };
  return [problem('drill-view-unexpected', params)];
}

function judgeLines({ expectation }: DrillPlan, { notifyLines }: Evidence): readonly Problem[] {
  return Object.entries(notifyLines).flatMap(([node, found]) => {
    const expected = expectation.notifyLines[node] ?? [];
    if (found.join() === expected.join()) return [];
    const params = { expected: expected.join(', ') || '-', found: found.join(', ') || '-' };
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
