import { vipAddress } from '../cluster/index.ts';
import { type Drill, type DrillPlan, message, type NodeName } from '../model/index.ts';
import { hasVip } from '../platforms/holds-vip.ts';
import { isSilent, lateAfterAtMost, type NodeContext, nodeStep, reaches } from './away.ts';
import { castDrill } from './cast-drill.ts';
import { type Cast, IS_BACKUP, NOTIFY_LOG, step } from './context.ts';

const ID = 'node-rebooted';
/** A machine with much memory checks it at each boot; the lab's is back after 2 s. */
const BACK_WITHIN_MS = 300_000;
/** In memory: gone means that this is another boot. The boot's id would not do in a container. */
const MARK = `/run/iam-ha-drill-${ID}`;
/** Outlasts the boot: what ran before. What a wizard that died has left there the system clears away in time. */
const KEPT = '/var/tmp/iam-ha-drill';
const BEFORE = `${KEPT}/units`;

/** The holder reboots. systemd stops everything in its own order; what it does is undone by the boot itself. */
export function nodeRebooted(context: NodeContext): Drill {
  return castDrill(context, ID, (roles) => planned(context, roles));
}

function planned(context: NodeContext, roles: Cast): DrillPlan {
  const { victim, taker, outageMs, observeMs } = roles;
  return {
    victim,
    away: victim,
    description: message(`drill-${ID}-description`, {
      victim,
      taker,
      min: outageMs[0],
      max: outageMs[1],
      minutes: BACK_WITHIN_MS / 60_000,
    }),
    expectation: {
      outageMs,
      holderAfter: taker,
      notifyLines: { [victim]: LINES[0]!, [taker]: ['notify_master'] },
      legalLines: { [victim]: LINES.slice(1) },
      lateAfterAtMost: lateAfterAtMost(context),
    },
    // nothing that is armed would outlive the boot, and a boot undoes itself
    arm: [],
    prepare: [reaches(context, roles), step(victim, REMEMBER)],
    inject: [{ ...step(victim, REBOOT), timeoutMs: 5000 }],
    witness: [isSilent(context, roles)],
    observeMs,
    restore: [],
    restored: [nodeStep(victim, IS_BACK), ...oneHolder(context, victim, taker), ...context.settled],
    restoreMs: BACK_WITHIN_MS,
    confirm: [nodeStep(victim, `[ ! -e ${MARK} ]`)],
    disarm: [step(victim, `rm -rf ${MARK} ${KEPT}`)],
    notifyLog: NOTIFY_LOG,
  };
}

/**
 * Stopping, nginx's witness and keepalived are told at once: FAULT comes first where the witness is
 * quicker. Starting, keepalived is in FAULT until nginx runs, if it is there before.
 */
const LINES: readonly (readonly string[])[] = [
  ['notify_stop', 'notify_fault', 'notify_backup'],
  ['notify_stop', 'notify_backup'],
  ['notify_fault', 'notify_stop', 'notify_fault', 'notify_backup'],
  ['notify_fault', 'notify_stop', 'notify_backup'],
];

/** Units that are started at each boot, and run. */
const REMEMBER = `umask 077
rm -rf ${KEPT}
mkdir ${KEPT} && : >${MARK} && : >${BEFORE} || exit
for unit in $(systemctl list-unit-files --state=enabled --no-legend --plain | cut -d ' ' -f 1); do
  if systemctl --quiet is-active "$unit"; then echo "$unit" >>${BEFORE}; fi
done`;

const REBOOT = `systemctl --no-block reboot && exit 0
rm -f ${MARK}
exit 1`;

/** Where it has not rebooted, it must not be about to. */
const IS_BACK = `if [ -e ${MARK} ]; then [ "$(systemctl is-system-running)" != stopping ]; exit; fi
for unit in $(<${BEFORE}); do systemctl --quiet is-active "$unit" || exit 1; done
${IS_BACKUP}`;

/** Exits 0 when the VIP has one holder again, or still. */
function oneHolder({ cluster }: NodeContext, victim: NodeName, taker: NodeName) {
  const holds = hasVip(vipAddress(cluster));
  return [
    nodeStep(victim, `[ -e ${MARK} ] || ! ${holds}`),
    // a machine that did not reboot has kept it
    nodeStep(taker, `${holds} || ${IS_BACKUP}`),
  ];
}
