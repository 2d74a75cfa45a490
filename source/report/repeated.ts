import { percentile, worstOutsideView } from '../model/index.ts';
import { figuresOf, type ReportDrill, type ReportRepeated, type Spread } from './report-data.ts';

function spreadOf(values: readonly number[]): Spread {
  return {
    min: percentile(values, 0),
    median: percentile(values, 50),
    p95: percentile(values, 95),
    max: percentile(values, 100),
  };
}

/** Drills that were run more than once, as figures: one number says nothing of the spread. */
export function repeatedOf(drills: readonly ReportDrill[]): readonly ReportRepeated[] {
  const counted = drills.filter(
    ({ outcome }) => outcome !== 'aborted' && outcome !== 'not-injected',
  );
  return [...new Set(counted.map(({ id }) => id))].flatMap((id) => {
    const runs = counted.filter((drill) => drill.id === id);
    const shares = runs.flatMap(({ views }) => worstOutsideView(views)?.cloudMs ?? []);
    if (runs.length < 2) return [];
    return [
      {
        id,
        runs: runs.length,
        passed: runs.filter(({ outcome }) => outcome === 'passed').length,
        outageMs: spreadOf(runs.map((drill) => figuresOf(drill).outageMs)),
        ...(shares.length > 0 && { cloudMs: spreadOf(shares) }),
      },
    ];
  });
}
