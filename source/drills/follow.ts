import { type Follow, type NodeSign, quote, type VrrpState } from '../model/index.ts';

/** The node's clock is said so often at first: the quickest of them tells it apart from ours best. */
const CLOCKS = 5;
/** Longer than any drill. */
const MOST_SECONDS = 600;

/**
 * Prints what happens on the node as it happens: the VIP's comings and goings as the kernel tells
 * them, keepalived's journal, new lines of the notify log. Everything waits in a system call until
 * there is something to print, so it costs nothing and delays nobody.
 */
function followScript(vip: string): string {
  return `export TZ=UTC0
read -r _ _ _ parent _ </proc/$$/stat
for i in $(seq ${CLOCKS}); do echo "clock $EPOCHREALTIME"; done
ip -4 -o addr show | while read -r _ nic _ address _; do
  case "$nic $address" in lo\\ *) ;; *\\ ${quote(vip)}/*) echo "held $EPOCHREALTIME" ;; esac
done
echo "last $EPOCHREALTIME $(cat /var/log/keepalived.log.1 /var/log/keepalived.log 2>/dev/null | grep -o 'notify_[a-z]*' | tail -n 1)"
timeout --foreground ${MOST_SECONDS} ip -4 -o -ts monitor address &
timeout --foreground ${MOST_SECONDS} journalctl -u keepalived -f -n 0 -o json --output-fields=MESSAGE,_SOURCE_REALTIME_TIMESTAMP 2>/dev/null &
timeout --foreground ${MOST_SECONDS} tail -n 0 -q -F /var/log/keepalived.log 2>/dev/null &
for i in $(seq ${CLOCKS}); do sleep 0.1; echo "clock $EPOCHREALTIME"; done
# until nobody reads any more: whoever asked has died without a word
for i in $(seq $((${MOST_SECONDS} / 2))); do
  read -r _ _ _ now _ </proc/$$/stat; [ "$now" = "$parent" ] || break
  sleep 2
done
kill $(jobs -p) 2>/dev/null
`;
}

/** How a front end is followed during a drill. */
export function followNode(vip: string): Follow {
  return { script: [followScript(vip)], read: (line) => readSigns(vip, line) };
}

/** A line of the script as what it says; anything else says nothing. */
export function readSigns(vip: string, line: string): readonly NodeSign[] {
  if (line.startsWith('{')) return readJournal(vip, line);
  if (line.startsWith('[')) return [...readAddress(vip, line), ...readLog(line)];
  const [word, at, rest] = line.split(' ');
  const atMs = Number(at) * 1000;
  if (!Number.isFinite(atMs)) return [];
  if (word === 'clock') return [{ kind: 'clock', atMs }];
  if (word === 'held') return [{ kind: 'address', held: true, atMs }];
  if (word === 'last') return [{ kind: 'state', state: stateOf(rest), atMs }];
  return [];
}

const STATES: Readonly<Record<string, VrrpState>> = {
  notify_master: 'MASTER',
  notify_backup: 'BACKUP',
  notify_fault: 'FAULT',
  notify_stop: 'STOP',
};

function stateOf(event: string | undefined): VrrpState {
  return STATES[event ?? ''] ?? 'unknown';
}

/** `[2026-11-25T22:09:04.942596] Deleted 2: eth0    inet 10.0.4.99/32 scope …`. `lo` does not count. */
function readAddress(vip: string, line: string): readonly NodeSign[] {
  const found = /^\[(\S+T\S+)\] (Deleted )?\d+: (\S+)\s+inet (\S+)\/\d+ /.exec(line);
  if (!found) return [];
  const [, time, deleted, nic, address] = found;
  const atMs = Date.parse(`${time}Z`);
  if (address !== vip || nic === 'lo' || Number.isNaN(atMs)) return [];
  return [{ kind: 'address', held: !deleted, atMs: withFraction(atMs, time) }];
}

/** Date.parse cuts at whole milliseconds. */
function withFraction(atMs: number, time = ''): number {
  const [, micro = '0'] = /\.\d{3}(\d{3})$/.exec(time) ?? [];
  return atMs + Number(micro) / 1000;
}

/** `[2026-11-25 22:09:04] notify_fault`: the notify script writes the node's local time; we asked for UTC only of ours. */
function readLog(line: string): readonly NodeSign[] {
  const found = /^\[\d{4}-\d\d-\d\d \d\d:\d\d:\d\d\] notify_[a-z]+$/.test(line);
  return found ? [{ kind: 'log', line, atMs: 0 }] : [];
}

function readJournal(vip: string, line: string): readonly NodeSign[] {
  const { MESSAGE: text, _SOURCE_REALTIME_TIMESTAMP: micros } = parsed(line);
  const atMs = Number(micros) / 1000;
  if (typeof text !== 'string' || !Number.isFinite(atMs)) return [];
  const [, entered] = /Entering (MASTER|BACKUP|FAULT) STATE/.exec(text) ?? [];
  const stopped = /^Stopping keepalived/.test(text) || /Main process exited/.test(text);
  const state = stopped ? 'STOP' : (entered as VrrpState | undefined);
  return [
    ...(state ? [{ kind: 'state', state, atMs } as const] : []),
    ...evidence(vip, text).map((of) => ({ kind: 'evidence', of, atMs }) as const),
  ];
}

type EvidenceOf = Extract<NodeSign, { kind: 'evidence' }>['of'];

const WORDS: readonly (readonly [RegExp, EvidenceOf])[] = [
  [
    /now FAULT state|now returning [1-9]|Netlink reports \S+ down|Entering FAULT STATE/,
    'own-fault',
  ],
  [/received priority 0 advert/, 'peer-gone'],
  [/Receive advertisement timeout|Entering MASTER STATE/, 'decided'],
];

function evidence(vip: string, text: string): readonly EvidenceOf[] {
  const announced = text.startsWith('Sending gratuitous ARP on ') && text.endsWith(` for ${vip}`);
  const found = WORDS.filter(([words]) => words.test(text)).map(([, of]) => of);
  return announced ? [...found, 'announced'] : found;
}

function parsed(line: string): {
  readonly MESSAGE?: unknown;
  readonly _SOURCE_REALTIME_TIMESTAMP?: unknown;
} {
  try {
    return JSON.parse(line);
  } catch {
    return {};
  }
}
