import { type Expectation, type Phases, type Problem, problem } from '../model/index.ts';

const ORDER = ['detected', 'decided', 'added', 'announced', 'answered'] as const;
/** What no timer explains, of a phase: the same that the whole prediction allows once. */
const SLACK_MS = 150;

/**
 * The phase to blame for an outage outside its prediction: the one that is furthest beyond what the
 * timers allow it. A phase that nobody saw is counted into the next one.
 *
 * @returns none where nobody dated the phases, or none of them stands out
 */
export function blame(
  { phases: allowed }: Expectation,
  seen: Phases = {},
  isTooLong = true,
): readonly Problem[] {
  if (!allowed) return [];
  let beforeMs = 0;
  let band: readonly [number, number] = [0, 0];
  const excesses = ORDER.flatMap((phase) => {
    band = [band[0] + allowed[phase][0], band[1] + allowed[phase][1]];
    const atMs = seen[phase];
    if (atMs === undefined) return [];
    const [min, max] = band;
    const tookMs = atMs - beforeMs;
    beforeMs = atMs;
    band = [0, 0];
    return [{ phase, tookMs, min, max, excessMs: isTooLong ? tookMs - max : min - tookMs }];
  });
  const [worst] = excesses.toSorted((a, b) => b.excessMs - a.excessMs);
  if (!worst || worst.excessMs <= (isTooLong ? SLACK_MS / ORDER.length : 0)) return [];
  const { phase, tookMs: took, min, max } = worst;
  return [problem(`drill-phase-${phase}`, { took, min: Math.round(min), max: Math.round(max) })];
}
