import { type Content, type Ipv4Address, quote } from '../../model/index.ts';
import { type LockRequest, leftAtWorkSnippet, lockSnippet } from './lock.ts';
import { machineSnippets } from './machine-metadata.ts';
import { programsSnippet } from './programs.ts';

/** What a round of facts asks of a node. */
export interface FactsInput {
  /** The node's address in the cluster file: it tells which interface is ours. */
  readonly nodeAddress: Ipv4Address;
  readonly peers: readonly Ipv4Address[];
  /** Units, packages and programs that any stage may need, on any distribution. */
  readonly units: readonly string[];
  readonly packages: readonly string[];
  readonly tools: readonly string[];
  /** Files that may be programs which somebody else has installed. */
  readonly programs?: readonly string[];
  /** The cluster file names a cloud: each machine is asked what it is there. */
  readonly inCloud?: boolean;
  /** Folders whose free space counts. */
  readonly disks?: readonly string[];
  readonly lock?: LockRequest;
}

/** Before each section; nothing that a node prints by chance begins like it. */
export const SECTION = '=iam-ha-facts=';

const DISKS = ['/', '/etc', '/opt', '/usr', '/var/lib', '/var/log', '/run'];

/**
 * One script for all facts of a node: few programs, most from /proc and /sys by the shell itself.
 * A program that is missing leaves its section empty. The clock is read first and last, so that
 * the time in between does not blur it. Needs no Python and no JSON tool.
 */
export function factsScript(input: FactsInput): Content {
  const { packages, tools, units, peers, lock, disks = DISKS, programs = [] } = input;
  const asked = [...new Set([...units, 'firewalld'])];
  const machine = machineSnippets(input.inCloud ?? false);
  const lines = [
    'export LC_ALL=C PATH="$PATH:/usr/local/sbin:/usr/sbin:/sbin:/usr/local/bin:/usr/bin:/bin"',
    '{',
    `section() { printf '\\n%s%s\\n' ${quote(SECTION)} "$1"; }`,
    'show() { [[ -r $1 ]] && printf \'%s\\n\' "$(<"$1")"; }',
    'now() { [[ ${EPOCHREALTIME-} ]] && printf \'%s\\n\' "${EPOCHREALTIME/,/.}" || date +%s.%N; }',
    'section clock-start; now',
    machine.ask,
    `section asked; printf '%s\\n' ${quote(JSON.stringify({ nodeAddress: input.nodeAddress, peers, units: asked }))}`,
    ...(lock
      ? [`section lock\n${lockSnippet(lock)}section at-work\n${leftAtWorkSnippet(lock)}`]
      : []),
    'section os; show /etc/os-release || show /usr/lib/os-release',
    'section host; show /proc/sys/kernel/hostname; show /proc/sys/kernel/osrelease; uname -m',
    'section virtualization; systemd-detect-virt',
    'section vendor; show /sys/class/dmi/id/sys_vendor; show /sys/class/dmi/id/product_name',
    'section addresses; ip -j addr show',
    ...peers.map((peer) => `section ${quote(`route ${peer}`)}; ip -j route get ${quote(peer)}`),
    'section listeners; ss -Hltnup',
    `section units; systemctl show -p Id,LoadState,ActiveState,UnitFileState -- ${words(asked)}`,
    `section packages; ${packageQuery(packages)}`,
    // Its configuration outlives the package.
    'section ufw; [[ $(type -P ufw) ]] && show /etc/ufw/ufw.conf',
    'section selinux; show /sys/fs/selinux/enforce || { [[ -e /etc/selinux/config ]] && echo disabled; }',
    'section apparmor; show /sys/module/apparmor/parameters/enabled',
    `section disks; df -k --output=file,avail,iavail -- ${words(disks)}`,
    'section memory; while read -r name size _; do [[ $name == MemTotal: ]] && echo "$size"; done </proc/meminfo',
    `section tools; for tool in ${words(tools)}; do [[ $(type -P "$tool") ]] && printf '%s\\n' "$tool"; done`,
    ...(programs.length > 0 ? [`section programs; ${programsSnippet(programs)}`] : []),
    machine.tell,
    'section marker; show /var/lib/iam-ha-wizard/session.json',
    'section clock-end; now',
    '} 2>/dev/null </dev/null',
    'exit 0',
  ];
  return [`${lines.join('\n')}\n`];
}

function words(list: readonly string[]): string {
  return list.map(quote).join(' ');
}

/** Prints `NAME VERSION` for each package that is installed whole. */
function packageQuery(names: readonly string[]): string {
  const all = words(names);
  return `if [[ $(type -P dpkg-query) ]]; then
  dpkg-query -W -f '\${db:Status-Status} \${Package} \${Version}\\n' -- ${all} | while read -r state rest; do
    [[ $state == installed ]] && printf '%s\\n' "$rest"
  done
elif [[ $(type -P rpm) ]]; then
  rpm -q --qf '%{NAME} %{VERSION}-%{RELEASE}\\n' -- ${all} | while read -r name version more; do
    [[ $more ]] || printf '%s %s\\n' "$name" "$version"
  done
fi`;
}
