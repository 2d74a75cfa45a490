import { type Cluster, vipAddress } from '../cluster/index.ts';
import { type InterfaceName, maskContent } from '../model/index.ts';
import { IS_BACKUP } from './context.ts';
import { holderScript } from './holder.ts';
import { vipPorts } from './move-vip-table.ts';
import { saysWord } from './says.ts';

/** What a move keeps on a node until it is over: how to undo it, and the kernel's settings as they were. */
export const MOVE_FOLDER = '/run/iam-ha-move';
const UNDO = `${MOVE_FOLDER}/undo`;
const SETTINGS = `${MOVE_FOLDER}/settings`;

/** Undoes what a move has left on this node, if it has left anything. */
export const UNDO_LEFT = `[ ! -e ${UNDO} ] || /bin/bash ${UNDO}`;

/** The new holder has it within its skew (0.8 s at most), or it is not coming. */
const TAKEN_WITHIN_SECONDS = 2;
const BACKUP_WITHIN_SECONDS = 10;
/** How long a connection may take to its end before it is cut. */
export const DRAIN_SECONDS = 30;
/** Longer than a backup waits for a master that is silent: 3.8 s at most. */
const HELD_WITHIN_SECONDS = 6;

/** Exits 0 as soon as `test` does, 1 when the time is up: in hundredths of a second since the boot. */
function within(seconds: number, test: string): string {
  return `( read -r up _ </proc/uptime; end=$((10#\${up/./} + ${seconds}00))
while read -r up _ </proc/uptime; [ $((10#\${up/./})) -lt $end ]; do ${test} && exit 0; sleep 0.02; done; exit 1 )`;
}

/** Keeps the script on the node, readable by root only; it ends with what the move has kept there. */
export function keepUndo(undo: string): string {
  return `umask 077
mkdir -p ${MOVE_FOLDER} && cat >${UNDO} <<'IAMHA_UNDO' || exit
{
${undo}rm -rf ${MOVE_FOLDER}
exit
}
IAMHA_UNDO
`;
}

/** A stop that is under way comes to its end first: it would take the start back. */
const STOPPED = `while [ "$(systemctl is-active keepalived)" = deactivating ]; do sleep 0.05; done
`;
export const START = `${STOPPED}systemctl start keepalived
`;

/** Starts keepalived, sees that it is a backup, and has nothing to undo any more. */
export const BACK_AGAIN = `${START}${within(BACKUP_WITHIN_SECONDS, IS_BACKUP)} || exit
rm -rf ${MOVE_FOLDER}
`;

/** A node whose keepalived is down or in FAULT cannot take it: nothing is stopped then. */
export const CAN_TAKE = `systemctl --quiet is-active keepalived || exit 1
${within(BACKUP_WITHIN_SECONDS, IS_BACKUP)}`;

/** Nothing of a move is on this node, and keepalived runs. */
export const NOTHING_LEFT = `systemctl --quiet is-active keepalived && [ ! -e ${MOVE_FOLDER} ]`;

/** Each setting is kept before it is changed. */
const HOLD = `hold() { printf '%s %s\\n' "$1" "$(cat "$1")" >>${SETTINGS} && echo "$2" >"$1" || exit; }
`;
const PUT_BACK = `[ ! -e ${SETTINGS} ] || while read -r path value; do echo "$value" >"$path"; done <${SETTINGS}
`;

/** What the old holder of the VIP, and the new one, do on their NIC. */
export class VipScripts {
  readonly #vip: string;
  readonly #ports: readonly number[];
  readonly #conf: string;
  /** Exits 0 where the VIP is on the NIC. */
  readonly holds: string;

  constructor(cluster: Cluster, nic: InterfaceName) {
    this.#vip = vipAddress(cluster);
    this.#ports = vipPorts(cluster);
    this.#conf = `/proc/sys/net/ipv4/conf/${nic}`;
    this.holds = maskContent(holderScript(cluster, nic));
  }

  get #offLo(): string {
    return `ip addr del ${this.#vip}/32 dev lo 2>/dev/null\n`;
  }

  /** Exits 0 where the VIP is on `lo`. */
  get onLo(): string {
    return `ip -4 -o addr show dev lo | grep -qF ' ${this.#vip}/'`;
  }

  /**
   * keepalived stops, and the VIP stays on `lo`: whatever still comes here is answered. Without the two
   * settings this node would answer ARP for it, and spread it by ARP requests of its own.
   */
  get leave(): string {
    return `${HOLD}hold ${this.#conf}/arp_ignore 1
hold ${this.#conf}/arp_announce 2
ip addr replace ${this.#vip}/32 dev lo || exit
systemctl stop --no-block keepalived
`;
  }

  /**
   * Of {@link leave}, wherever it was interrupted. keepalived's unit takes the address off `lo` when it
   * starts, so it is put there again until this node holds it, or another one must by now: for as long
   * as nobody does, clients that know this node's MAC address are answered. Its holder has it there.
   */
  get undoLeave(): string {
    const again = `ip addr replace ${this.#vip}/32 dev lo`;
    return `${STOPPED}systemctl start --no-block keepalived
${within(HELD_WITHIN_SECONDS, `{ ${this.holds} || { ${again}; false; }; }`)}
${this.holds} || ${this.#offLo}${PUT_BACK}`;
  }

  /** Waits for the VIP on this NIC; says `not-taken` when it does not come. */
  get taken(): string {
    return `${within(TAKEN_WITHIN_SECONDS, this.holds)} || { ${saysWord('not-taken')}; exit 1; }\n`;
  }

  /**
   * What has begun here comes to its end: nginx closes idle connections by a reload (a configuration
   * that it does not take only makes that longer), those at work get half a minute; says `cut` if that
   * is not enough. Orphans in FIN-WAIT, which may stay for minutes, are nobody's.
   */
  get drain(): string {
    const sports = this.#ports.map((port) => `sport = :${port}`).join(' or ');
    const open = `ss -Htn state established state close-wait src ${this.#vip} and '(' ${sports} ')'`;
    return `systemctl reload nginx
${within(DRAIN_SECONDS, `[ -z "$(${open})" ]`)} || ${saysWord('cut')}
${this.#offLo}${PUT_BACK}${BACK_AGAIN}`;
  }
}
