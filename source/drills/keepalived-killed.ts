import { vipAddress, vrrpOrder, vrrpTimers } from '../cluster/index.ts';
import type { Drill, NodeName } from '../model/index.ts';
import { hasVip } from '../platforms/holds-vip.ts';
import { ARMED, type DrillContext, IS_BACKUP, IS_MASTER, processesOf, step } from './context.ts';
import { unitDrill } from './unit-drill.ts';

/** The processes that were killed: only when all of them are gone did it happen. */
const KILLED = `${ARMED}/killed`;
const KILL = `${processesOf('keepalived')}
mkdir -p ${ARMED} && echo $pids >${KILLED} || exit 1
systemctl kill -s KILL keepalived`;
const ARE_GONE = `pids=$(<${KILLED}) && [ "$pids" ] || exit 1
for pid in $pids; do [ ! -d "/proc/$pid" ] || exit 1; done`;

/** systemd's own timers, keepalived's start, its first look at nginx; on a slow computer. */
const BACK_WITHIN_MS = 15_000;

/**
 * All of keepalived is killed with -9 on the holder: nobody takes the VIP off its NIC, so it goes on
 * answering; the peer takes it, too, when it misses the adverts, and only then systemd starts the
 * killed one again, which takes the stale address away. Now and then keepalived's child gets its goodbye
 * out before it dies (it is told when its parent is gone): then the peer comes at once, and the notify
 * script may have been run or not.
 */
export function keepalivedKilled(context: DrillContext): Drill {
  const vip = vipAddress(context.cluster);
  return unitDrill(context, {
    id: 'keepalived-killed',
    unit: 'keepalived',
    notifyLines: ({ victim, taker }) => ({
      [victim]: ['notify_backup'],
      [taker]: ['notify_master'],
    }),
    legalLines: ({ victim }) => ({ [victim]: [['notify_stop', 'notify_backup']] }),
    inject: KILL,
    witness: ARE_GONE,
    undo: `rm -rf ${ARMED}; systemctl start keepalived`,
    observeMs: ({ victim, taker }) =>
      timersOf(context, victim).restartSec * 1000 + timersOf(context, taker).masterDownMs,
    heal: ({ victim, taker }) => ({
      steps: [],
      settled: [
        step(victim, `systemctl --quiet is-active keepalived && ${IS_BACKUP} && ! ${hasVip(vip)}`),
        step(taker, `${IS_MASTER} && ${hasVip(vip)}`),
      ],
      withinMs: BACK_WITHIN_MS,
    }),
  });
}

function timersOf({ cluster }: DrillContext, node: NodeName) {
  const order = vrrpOrder(cluster).map(({ name }) => name);
  return vrrpTimers(cluster.vip.profile, order.indexOf(node), order.length);
}
