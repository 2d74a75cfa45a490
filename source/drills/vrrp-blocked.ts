import { vipAddress, vrrpOrder, vrrpTimers } from '../cluster/index.ts';
import { type Drill, type DrillPlan, message, type NodeName } from '../model/index.ts';
import { hasVip } from '../platforms/holds-vip.ts';
import { castDrill } from './cast-drill.ts';
import {
  armedSeconds,
  armStep,
  type Cast,
  type DrillContext,
  disarmStep,
  IS_BACKUP,
  IS_MASTER,
  isAtRest,
  NOTIFY_LOG,
  step,
} from './context.ts';

const ID = 'vrrp-blocked';
const BLOCKED_MS = 10_000;
/** Beside the standby's timers: for the looks at both nodes, on a slow computer far away from them. */
const LOOKS_MS = 5000;
/** An advert and the notify script take a second. */
const SETTLED_WITHIN_MS = 10_000;

/** A table of its own, so that its end touches nobody else's rules. VRRP is protocol 112. */
const TABLE = 'inet iam_ha_drill';
const BLOCK = `nft -f - <<'RULES'
table ${TABLE}
delete table ${TABLE}
table ${TABLE} {
  chain input {
    type filter hook input priority -300; policy accept;
    meta l4proto 112 drop
  }
  chain output {
    type filter hook output priority -300; policy accept;
    meta l4proto 112 drop
  }
}
RULES`;
const IS_OPEN = `! nft list table ${TABLE} >/dev/null 2>&1`;
const OPEN = `${IS_OPEN} || nft delete table ${TABLE}`;

/**
 * The front ends cannot hear each other for 10 s: both have the VIP, and clients go to whoever announced
 * it last. When they hear each other again the lower priority lets go.
 */
export function vrrpBlocked(context: DrillContext): Drill {
  return castDrill(context, ID, (roles) => planned(context, roles));
}

function planned(
  { cluster, ratePerSecond }: DrillContext,
  { victim, taker, outageMs }: Cast,
): DrillPlan {
  const order = vrrpOrder(cluster).map(({ name }) => name);
  const winner = order.find((name) => name === victim || name === taker) ?? victim;
  const loser = winner === victim ? taker : victim;
  const vip = vipAddress(cluster);
  const { masterDownMs } = vrrpTimers(cluster.vip.profile, order.indexOf(taker), order.length);
  // the witness waits for the standby; what is left of the ten seconds comes after that
  const observeMs = BLOCKED_MS - Math.round(masterDownMs);
  const both = [taker, victim].map((node) => step(node, hasVip(vip)));
  const settled = order.map((node) => step(node, becomes(vip, node === winner)));
  return {
    victim,
    description: message(`drill-${ID}-description`, {
      victim,
      taker,
      winner,
      loser,
      seconds: BLOCKED_MS / 1000,
      min: outageMs[0],
      max: outageMs[1],
    }),
    expectation: {
      outageMs,
      lostAtMost: Math.ceil((outageMs[1] * ratePerSecond) / 1000),
      holderAfter: winner,
      notifyLines: lines({ victim, taker, winner }),
    },
    arm: [armStep(victim, ID, OPEN, armedSeconds(BLOCKED_MS))],
    armedSeconds: armedSeconds(BLOCKED_MS),
    prepare: [],
    inject: [step(victim, BLOCK)],
    witness: both,
    witnessMs: masterDownMs + LOOKS_MS,
    observeMs,
    heal: { steps: [step(victim, OPEN)], settled, withinMs: SETTLED_WITHIN_MS },
    restore: [step(victim, OPEN)],
    restored: [step(victim, IS_OPEN), ...settled],
    unbroken: [step(victim, IS_OPEN), ...order.map((node) => step(node, isAtRest(vip)))],
    disarm: [disarmStep(victim, ID)],
    notifyLog: NOTIFY_LOG,
  };
}

function becomes(vip: string, isMaster: boolean): string {
  return isMaster ? `${hasVip(vip)} && ${IS_MASTER}` : `! ${hasVip(vip)} && ${IS_BACKUP}`;
}

/** Who has the higher priority is MASTER throughout, or from then on; the other one lets go in the end. */
function lines({
  victim,
  taker,
  winner,
}: Readonly<Record<'victim' | 'taker' | 'winner', NodeName>>): Record<string, readonly string[]> {
  if (winner === victim) return { [taker]: ['notify_master', 'notify_backup'] };
  return { [taker]: ['notify_master'], [victim]: ['notify_backup'] };
}
