import { check as checkStages } from '../../engine/check-run.ts';
import { EXIT } from '../../model/index.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { sayNotMeasured } from '../not-measured.ts';
import { withRun } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import { countVerdicts } from './apply.ts';

/** All live checks, measured once; changes nothing. */
export async function check(io: Io, { options }: Invocation): Promise<Outcome> {
  return withRun(io, { command: 'check', options, lock: false }, async (run) => {
    const { stages, ports, cloudProblem } = run;
    sayNotMeasured({ stages, ports });
    const judged = await checkStages(stages, ports);
    const checks = countVerdicts(judged);
    // a cloud that did not answer has been told; what it would have said is not known
    const ok = checks.failed === 0 && checks.unknown === 0 && !cloudProblem;
    return {
      exitCode: ok ? EXIT.done : EXIT.failed,
      fields: { ok, checks, roundTrips: ports.nodes.roundTrips() },
    };
  });
}
