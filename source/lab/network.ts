import { setTimeout as sleep } from 'node:timers/promises';
import {
  cgroupPath,
  ensureCgroup,
  type Hierarchy,
  hierarchies,
  mainHierarchy,
  pidsBelow,
} from './cgroups.ts';
import type { Crew } from './crew.ts';
import { type LabSpec, OUTSIDE, operatorMac } from './spec.ts';

/** The network namespaces that are not a machine's: a switch with two bridges, the router, the operator. */
export const NETWORKS = ['switch', 'router', 'operator'] as const;
export type Network = (typeof NETWORKS)[number];

/** The switch's two bridges: the nodes' subnet, and the outside. */
export const BRIDGE = { node: 'lan', server: 'lan', client: 'wan' } as const;

/**
 * Keeps a namespace alive: no name in /run/netns, no mount, nothing that outlives its process.
 * The lock is left only once the process can be found in its cgroup.
 */
const HOLD = 'echo $$ > "$1/cgroup.procs" && exec 3>&- && exec sleep infinity';

/** The process that holds the namespace, or undefined when the lab is not up. */
export function networkPid(lab: string, network: Network): number | undefined {
  const main = mainHierarchy(hierarchies());
  return main && pidsBelow(cgroupPath(main, lab, network))[0];
}

/** Commands for `ip -batch` in each namespace. Pure. */
export function networkBatches(
  spec: LabSpec,
  pids: Readonly<Record<Network, number>>,
): Readonly<Record<Network, string>> {
  const bridge = (name: string) => [
    // Forwards at once, and VRRP's multicast to every port.
    `link add name ${name} type bridge forward_delay 0 stp_state 0 mcast_snooping 0`,
    `link set dev ${name} up`,
  ];
  const cable = (port: string, on: string, to: Network, card: string) => [
    `link add name ${port} type veth peer name ${card} netns ${pids[to]}`,
    `link set dev ${port} master ${on} up`,
  ];
  const card = (name: string, address: string, prefixLength: number) => [
    `address add ${address}/${prefixLength} brd + dev ${name}`,
    `link set dev ${name} up`,
  ];
  const batches: Record<Network, readonly string[]> = {
    switch: [
      ...bridge(BRIDGE.node),
      ...bridge(BRIDGE.client),
      ...cable('router-lan', BRIDGE.node, 'router', 'lan'),
      ...cable('router-wan', BRIDGE.client, 'router', 'wan'),
      ...cable('operator', BRIDGE.node, 'operator', `eth0 address ${operatorMac(spec.name)}`),
    ],
    router: [
      'link set dev lo up',
      ...card('lan', spec.router, spec.prefixLength),
      ...card('wan', OUTSIDE.router, OUTSIDE.prefixLength),
    ],
    operator: [
      'link set dev lo up',
      ...card('eth0', spec.operator, spec.prefixLength),
      `route add default via ${spec.router}`,
    ],
  };
  return {
    switch: `${batches.switch.join('\n')}\n`,
    router: `${batches.router.join('\n')}\n`,
    operator: `${batches.operator.join('\n')}\n`,
  };
}

/** As on the internet: from outside, a private address is reached only through a translation. */
const ROUTER_RULES = `table inet lab {
  chain from_outside {
    type filter hook forward priority filter; policy accept;
    iifname "wan" oifname "lan" ct state established,related accept
    iifname "wan" oifname "lan" ct status dnat accept
    iifname "wan" oifname "lan" drop
  }
  chain to_outside {
    type nat hook postrouting priority srcnat; policy accept;
    oifname "wan" masquerade
  }
}
`;

/** Makes the three namespaces and the cables between them. Returns their holders' pids. */
export async function makeNetwork(
  spec: LabSpec,
  main: Hierarchy,
  crew: Crew,
  log: string,
): Promise<Readonly<Record<Network, number>>> {
  for (const network of NETWORKS) {
    const cgroup = ensureCgroup(main, spec.name, network);
    crew.start(['unshare', '--net', 'sh', '-c', HOLD, 'sh', cgroup], {}, log);
  }
  const [switchPid, router, operator] = await Promise.all(
    NETWORKS.map((network) => holderOf(spec.name, network)),
  );
  const pids = { switch: switchPid ?? 0, router: router ?? 0, operator: operator ?? 0 };
  const inside = (network: Network, argv: readonly string[], input: string) =>
    crew.run(['nsenter', `--net=/proc/${pids[network]}/ns/net`, ...argv], { input });
  const batches = networkBatches(spec, pids);
  for (const network of NETWORKS) await inside(network, ['ip', '-batch', '-'], batches[network]);
  await inside('router', ['nft', '-f', '-'], ROUTER_RULES);
  // Last: from here on the router forwards, and only this namespace does.
  await inside('router', ['tee', '/proc/sys/net/ipv4/ip_forward'], '1\n');
  return pids;
}

async function holderOf(lab: string, network: Network): Promise<number> {
  const deadline = Date.now() + 10_000;
  for (;;) {
    const pid = networkPid(lab, network);
    if (pid) return pid;
    if (Date.now() > deadline) throw new Error(`no process holds the lab's ${network}`);
    await sleep(5);
  }
}
