import { planStages } from '../../engine/apply.ts';
import { openByHand } from '../../engine/by-hand.ts';
import { partsOf, settledCount } from '../../engine/probe.ts';
import { EXIT } from '../../model/index.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { leavingParts, sayLeaving, verifyWholeRun } from '../leaving/leave.ts';
import { withRun } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';

/** What would change, as diffs. Exit 2 when there is something. */
export async function plan(io: Io, { options }: Invocation): Promise<Outcome> {
  return withRun(io, { command: 'plan', options, lock: false }, async (run) => {
    const { stages, ports, leaving } = run;
    verifyWholeRun(leaving, options.stages);
    sayLeaving(run);
    const planned = await planStages(stages, ports);
    const changes =
      partsOf(planned).length +
      leavingParts(leaving).length +
      openByHand(stages, ports.journal.records()).length;
    const unchanged = settledCount(planned);
    const roundTrips = ports.nodes.roundTrips();
    return {
      exitCode: changes > 0 ? EXIT.changes : EXIT.done,
      fields: { ok: true, changes, unchanged, roundTrips },
    };
  });
}
