import { type ApplyOutcome, apply as applyStages } from '../../engine/apply.ts';
import type { Judged } from '../../engine/check-graph.ts';
import { type CheckCounts, EXIT } from '../../model/index.ts';
import { addressesOf, meterOf } from '../cloud/result-fields.ts';
import type { GlobalOptions, Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import {
  anyLeaves,
  giveUp,
  leaveRest,
  leaveVrrp,
  leavingParts,
  sayLeaving,
  verifyWholeRun,
} from '../leaving/leave.ts';
import { sayNotMeasured } from '../not-measured.ts';
import { type Run, withRun } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import { byHandAsker, verifyByHand } from './by-hand.ts';
import { askForPlan, notConfirmed, verifyConsent } from './consent.ts';
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
    const { cluster } = run;
    verifyByHand(io, options, run);
    const { changed, unchanged, judged } = await applyWithLeavers(io, options, run);
    sayNotMeasured(run);
    const checks = countVerdicts(judged);
    const ok = isWhole(judged);
    return {
      exitCode: ok ? EXIT.done : EXIT.failed,
      fields: {
        ok,
        changed,
        unchanged,
        checks,
        addresses: addressesOf(cluster, run.session.journal.records()),
        ...meterOf(run.session.journal.records()),
        roundTrips: run.ports.nodes.roundTrips(),
      },
    };
  });
}

function isWhole(judged: readonly Judged[]): boolean {
  const { failed, unknown } = countVerdicts(judged);
  return failed === 0 && unknown === 0;
}

/**
 * What goes with a node that leaves is a part of the plan: its keepalived stops first, the rest goes
 * when the others have been found whole without it.
 */
async function applyWithLeavers(io: Io, options: GlobalOptions, run: Run): Promise<ApplyOutcome> {
  const { stages, ports, closing, leaving } = run;
  verifyWholeRun(leaving, options.stages);
  const parts = leavingParts(leaving);
  let agreed = false;
  let changed = 0;
  const confirm = async (plan: Parameters<typeof askForPlan>[2]) => {
    agreed = await askForPlan(io, options.yes, plan, parts);
    if (agreed) changed += await leaveVrrp(run);
    return agreed;
  };
  sayLeaving(run);
  const byHand = byHandAsker(io, options);
  if (!anyLeaves(leaving)) return applyStages({ stages, ports, confirm, byHand, closing });
  // the locks are given back when it has left, not with the checks
  const unclosed = { ...closing, nodes: [] };
  const outcome = await applyStages({ stages, ports, confirm, byHand, closing: unclosed });
  if (!agreed && !(await confirm([]))) throw notConfirmed();
  if (!isWhole(outcome.judged)) return { ...outcome, changed: outcome.changed + changed };
  await giveUp(ports, leaving);
  changed += await leaveRest(run);
  return { ...outcome, changed: outcome.changed + changed };
}
