import { allDrills, offerDrills } from './drills.ts';
import { finish } from './finish.ts';
import type { GuidedRun } from './guided-run.ts';
import { Leave } from './leave.ts';
import { open } from './opening.ts';
import { visit } from './visit.ts';

/**
 * From what stands to the working pair, a stage at a time; or to the drills of a pair that stands.
 *
 * @throws Leave: there is no other way out
 */
export async function travel(guided: GuidedRun, goal: 'stages' | 'drills'): Promise<never> {
  await open(guided);
  if (goal === 'drills') {
    await offerDrills(guided, allDrills(guided));
    throw new Leave('home');
  }
  for (;;) {
    const stage = guided.stages[guided.at];
    if (stage) await visit(guided, stage);
    else await finish(guided);
  }
}
