import { type Cluster, type ClusterNode, ports, vipAddress } from '../cluster/index.ts';
import { type NodeLook, quote, type VrrpState, type WatchedNode } from '../model/index.ts';

/** What is watched on a node: a name for people, the units that it may be, the port that answers for it. */
interface Watched {
  readonly name: string;
  readonly units: readonly string[];
  readonly port?: number;
  readonly path?: string;
}

const FRONTEND: readonly Watched[] = [
  { name: 'keepalived', units: ['keepalived'] },
  { name: 'nginx', units: ['nginx'], port: ports.http, path: '/nginx-health' },
];
const SERVICES: readonly Watched[] = [
  { name: 'apiserver', units: ['iam-apiserver'], port: ports.apiserver, path: '/healthz' },
  { name: 'authz', units: ['iam-authz-server'], port: ports.authzServer, path: '/healthz' },
  { name: 'pump', units: ['iam-pump'], port: ports.pumpHealth, path: '/healthz' },
];

/** One that runs is enough: distributions name the unit differently, and we ask nobody which this is. */
function watchedOn({ databases }: Cluster, node: ClusterNode): readonly Watched[] {
  const { mariadb, redis } = databases;
  const data: readonly Watched[] = [
    ...(mariadb.kind === 'install' ? [{ name: 'MariaDB', units: ['mariadb'] }] : []),
    ...(redis.kind === 'install' ? [{ name: 'Redis', units: ['redis-server', 'redis'] }] : []),
  ];
  return [
    ...(node.roles.includes('frontend') ? FRONTEND : []),
    ...SERVICES,
    ...(node.data ? data : []),
  ];
}

/** The nodes before anything was heard of them. */
export function unwatched(cluster: Cluster): readonly WatchedNode[] {
  return cluster.nodes.map((node) => ({
    name: node.name,
    address: node.address,
    isFrontend: node.roles.includes('frontend'),
    units: watchedOn(cluster, node).map(({ name }) => name),
  }));
}

/** A look a second for a minute; then the next round trip. What is left of a dead watcher ends by itself. */
const LOOKS = 60;

/** Prints a look a second, `looks` times: facts that cost a few ms to have. It writes nothing anywhere. */
export function watchScript(cluster: Cluster, node: ClusterNode, looks = LOOKS): string {
  const watched = watchedOn(cluster, node);
  const units = watched.flatMap((one) => one.units);
  const asks = watched
    .filter(({ port }) => port !== undefined)
    .map(({ port, path }) => `ask ${port} ${path} &`)
    .join(' ');
  // A full accept queue blocks the connection itself: the limit is around all of it.
  const ports = `ask() { exec 3<>/dev/tcp/127.0.0.1/$1 || return
printf "GET $2 HTTP/1.0\\r\\nHost: keepalived.local\\r\\n\\r\\n" >&3
IFS= read -r line <&3 && [[ $line == HTTP/1.?\\ 200* ]] && echo "port $1"; }
${asks} wait`;
  return `read -r _ _ _ parent _ </proc/$$/stat
for look in $(seq ${looks}); do
  ip -4 -o addr show | while read -r _ nic _ address _; do
    [ "$nic" = lo ] || case $address in ${quote(vipAddress(cluster))}/*) echo "vip $nic" ;; esac
  done
  echo "last $(tail -q -n 1 /var/log/keepalived.log 2>/dev/null)"
  for unit in ${units.join(' ')}; do echo "$unit"; done | paste -d ' ' - <(systemctl is-active ${units.join(' ')}) | sed 's/^/unit /'
  timeout -s KILL 1 bash -c ${quote(ports)} 2>/dev/null
  echo end
  # nobody reads any more
  read -r _ _ _ now _ </proc/$$/stat; [ "$now" = "$parent" ] || exit
  [ $look = ${looks} ] || sleep 1
done
`;
}

const STATES: Readonly<Record<string, VrrpState>> = {
  notify_master: 'MASTER',
  notify_backup: 'BACKUP',
  notify_fault: 'FAULT',
  notify_stop: 'STOP',
};

/** Reads a look's lines, `end` left out. */
export function readLook(cluster: Cluster, node: ClusterNode, lines: readonly string[]): NodeLook {
  const watched = watchedOn(cluster, node);
  const active = new Set(lines.flatMap((line) => /^unit (\S+) active$/.exec(line)?.[1] ?? []));
  const answered = new Set(lines.flatMap((line) => /^port (\d+)$/.exec(line)?.[1] ?? []));
  const last = lines.find((line) => line.startsWith('last ')) ?? '';
  const [, since = '', event = ''] =
    /^last \[(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)\] (notify_[a-z]+)$/.exec(last) ?? [];
  const runs = watched.map(
    (one) => [one.name, one.units.some((unit) => active.has(unit))] as const,
  );
  const answers = watched
    .filter(({ port }) => port !== undefined)
    .map(({ name, port }) => [name, answered.has(String(port))] as const);
  const isUp = !node.roles.includes('frontend') || active.has('keepalived');
  return {
    holds: lines.some((line) => line.startsWith('vip ')),
    units: Object.fromEntries(runs),
    healthy: Object.fromEntries(answers),
    // The log's last word was keepalived's while it lived.
    state: isUp ? (STATES[event] ?? 'unknown') : 'STOP',
    since,
  };
}
