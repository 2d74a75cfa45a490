import { type Cluster, nodeNamed, ports, vipAddress } from '../cluster/index.ts';
import type { InterfaceName, NodeName } from '../model/index.ts';
import { saysWord } from './says.ts';

/** Where packets of connections that the new holder does not know are sent back from. */
const TABLE = 'iam_ha_move';

export const DROP_TABLE = `nft delete table ip ${TABLE} 2>/dev/null\n`;

/** Exits 0 where there is none. */
export const NO_TABLE = `! nft list table ip ${TABLE} >/dev/null 2>&1`;

/** The TCP ports at which nginx answers for the VIP. */
export function vipPorts({ tls }: Pick<Cluster, 'tls'>): readonly number[] {
  return tls ? [ports.http, ports.https] : [ports.http];
}

/**
 * Whether packets may be sent back at all: a cloud's fabric may drop what comes from an address that
 * is not the machine's own, and a client's is not.
 */
export function maySendBack({ cloud }: Pick<Cluster, 'cloud'>): boolean {
  return cloud.provider === 'none';
}

/**
 * nftables on the new holder: a connection whose SYN it has seen is its own; packets of any other
 * belong to the old holder, and a copy is sent to its MAC address, the destination unchanged. The
 * set of SYNs, not the kernel's sockets, says which are its own: one that was closed a moment ago
 * (TIME_WAIT) would swallow packets of the same four numbers.
 */
function table(cluster: Cluster, from: NodeName, nic: InterfaceName): string {
  const at = `ip daddr ${vipAddress(cluster)} tcp dport { ${vipPorts(cluster).join(', ')} }`;
  const { address } = nodeNamed(cluster, from);
  return `table ip ${TABLE} {
  set mine { type ipv4_addr . inet_service; flags dynamic,timeout; timeout 2m; size 131072; }
  chain pre {
    type filter hook prerouting priority mangle; policy accept;
    ${at} tcp flags & (syn | ack) == syn update @mine { ip saddr . tcp sport } accept
    ${at} ip saddr . tcp sport != @mine dup to ${address} device "${nic}" drop
  }
}
`;
}

/**
 * Loads the table, and says `sent-back`; says `no-nft` or `no-dup` instead where the node cannot: then
 * nothing is loaded, and that is no failure.
 *
 * @param onlyAsked asks the kernel, and loads nothing
 */
export function sendBackScript(
  cluster: Cluster,
  { from, nic, onlyAsked = false }: { from: NodeName; nic: InterfaceName; onlyAsked?: boolean },
): string {
  return `[[ $(type -P nft) ]] || { ${saysWord('no-nft')}; exit 0; }
if nft ${onlyAsked ? '-c ' : ''}-f - <<'IAMHA_TABLE'
${table(cluster, from, nic)}IAMHA_TABLE
then ${saysWord('sent-back')}; else ${saysWord('no-dup')}; fi
`;
}
