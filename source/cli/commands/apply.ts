import { vipAddress } from '../../cluster/index.ts';
import { apply as applyStages } from '../../engine/apply.ts';
import type { Judged } from '../../engine/check-graph.ts';
import { type CheckCounts, EXIT } from '../../model/index.ts';
import type { GlobalOptions, Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { sayNotMeasured } from '../not-measured.ts';
import { withRun } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import { askForPlan, verifyConsent } from './consent.ts';
import { withTakeover } from './takeover.ts';

export function countVerdicts(judged: readonly Judged[]): CheckCounts {
  const counts = { passed: 0, warned: 0, failed: 0, unknown: 0 };
  for (const { verdict } of judged) counts[verdict.state] += 1;
  return counts;
}

/** Plans, asks, does it, and checks it. */
export async function apply(io: Io, { options }: Invocation): Promise<Outcome> {
  verifyConsent(io, options.yes, 'apply');
  return withTakeover(io, options, (consented) => applyOnce(io, consented));
}

function applyOnce(io: Io, options: GlobalOptions): Promise<Outcome> {
  return withRun(io, { command: 'apply', options, lock: true }, async (run) => {
    const { cluster, stages, ports, closing } = run;
    const confirm = (plan: Parameters<typeof askForPlan>[2]) => askForPlan(io, options.yes, plan);
    const { changed, unchanged, judged } = await applyStages({ stages, ports, confirm, closing });
    sayNotMeasured(run);
    const checks = countVerdicts(judged);
    const ok = checks.failed === 0 && checks.unknown === 0;
    return {
      exitCode: ok ? EXIT.done : EXIT.failed,
      fields: {
        ok,
        changed,
        unchanged,
        checks,
        addresses: { vip: vipAddress(cluster) },
        roundTrips: ports.nodes.roundTrips(),
      },
    };
  });
}
