import {
  type DrillPlan,
  type DrillVerdict,
  type Evidence,
  type Problem,
  problem,
} from '../model/index.ts';

/**
 * Did what was said happen, and nothing else? Judged: the holder, the worst outage against the
 * prediction, the notify lines of every node, and that all is whole again.
 *
 * @param stepMs the prober's resolution (1000/rate): an outage between two requests cannot be
 *   seen any finer
 */
export function judgeDrill(plan: DrillPlan, evidence: Evidence, stepMs: number): DrillVerdict {
  if (!evidence.injected) {
    return {
      outcome: 'not-injected',
      problems: [problem('drill-not-injected', {}, { node: plan.victim })],
    };
  }
  const broken = evidence.restored
    ? []
    : [problem('drill-not-restored', {}, { node: plan.victim })];
  if (evidence.proberLate) {
    return { outcome: 'aborted', problems: [...broken, problem('drill-prober-late')] };
  }
  const problems = [
    ...broken,
    ...judgeHolder(plan, evidence),
    ...judgeOutage(plan, evidence, stepMs),
    ...judgeLines(plan, evidence),
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

function judgeLines({ expectation }: DrillPlan, { notifyLines }: Evidence): readonly Problem[] {
  return Object.entries(notifyLines).flatMap(([node, found]) => {
    const expected = expectation.notifyLines[node] ?? [];
    if (found.join() === expected.join()) return [];
    const params = { expected: expected.join(', ') || '-', found: found.join(', ') || '-' };
    return [problem('drill-wrong-lines', params, { node })];
  });
}
