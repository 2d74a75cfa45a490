import { look } from '../../engine/drill-look.ts';
import { message, type NodeName, OperatorError } from '../../model/index.ts';
import type { Run } from '../open-run.ts';
import { lookAt } from './look-at.ts';
import { moveTo } from './move-vip.ts';

/** How the drills have left the VIP. */
export interface Left {
  readonly holder: NodeName | null;
  /** Whether it is where it should be. */
  readonly isHome: boolean;
}

/**
 * After the drills the VIP goes where the operator wants it: to `vip.home`, else to where it was. A
 * move that fails is told as a problem, and what the drills measured stays.
 *
 * @param before who had it before the first drill
 * @param drills those that were run
 */
export async function leaveVip(
  run: Run,
  before: NodeName | null,
  drills: readonly { readonly stage: string }[],
): Promise<Left> {
  const home = run.cluster.vip.home ?? before;
  const { holder } = await look(lookAt(run), {});
  if (home === null || holder === home) return { holder, isHome: true };
  const stage = drills.at(-1)?.stage ?? 'keepalived';
  const text = message('drill-vip-home', { node: home });
  run.ports.emit({ type: 'progress', stage, node: null, text, keep: true });
  try {
    await moveTo(run, home);
    return { holder: home, isHome: true };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    for (const problem of error.problems) run.ports.emit({ type: 'problem', problem });
    return { holder: (await look(lookAt(run), {})).holder, isHome: false };
  }
}
