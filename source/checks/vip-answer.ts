import { type Ipv4Address, type Measured, type NodeName, quote } from '../model/index.ts';
import { exited } from './on-node.ts';

/** A node with the hardware address of its NIC in the nodes' subnet. */
export interface KnownMac {
  readonly node: NodeName;
  readonly mac: string;
}

/** Who answers ARP for an address, as one node sees it. */
export type VipAnswer =
  | { readonly kind: 'self' }
  | { readonly kind: 'nobody' }
  | { readonly kind: 'node'; readonly node: NodeName }
  | { readonly kind: 'stranger'; readonly mac: string };

/**
 * Looks the address up as the kernel does: a connection that is tried makes it ask by ARP, and its
 * own table then says who answered. An old entry of somebody unknown is no proof: the kernel needs
 * up to 9 s to find out whether that machine still answers, so only then does it wait.
 * Prints `self`, or the entry: `10.0.4.99 lladdr aa:bb:cc:dd:ee:ff REACHABLE`; or nothing.
 */
const SCRIPT = `vip=$1 nic=$2 ours=" $3 "
if ip -4 -o addr show | grep -qF " $vip/"; then echo self; exit 0; fi
for turn in 1 2 3 4 5 6 7 8 9 10; do
  timeout 0.5 bash -c ': <"/dev/tcp/$1/80"' _ "$vip" 2>/dev/null
  entry=$(ip -4 neigh show "$vip" dev "$nic")
  case $entry in *lladdr*) ;; *) break ;; esac
  read -r _ _ mac state _ <<<"$entry"
  case $ours in *" $mac "*) break ;; esac
  case $entry in *REACHABLE*|*PERMANENT*) break ;; esac
  sleep 0.5
done
printf '%s\\n' "$entry"
`;

export function vipAnswerScript(vip: Ipv4Address, nic: string, known: readonly KnownMac[]): string {
  const words = [vip, nic, known.map((one) => one.mac).join(' ')].map(quote).join(' ');
  return `timeout -k 1 15 bash -s -- ${words} <<'IAMHA_VIP'\n${SCRIPT}IAMHA_VIP\n`;
}

/** What {@link vipAnswerScript} printed, or undefined when it did not come to its end. */
export function readVipAnswer(
  measured: Measured | undefined,
  known: readonly KnownMac[],
): VipAnswer | undefined {
  const output = exited(measured);
  if (output?.exitCode !== 0) return undefined;
  if (output.stdout.trim() === 'self') return { kind: 'self' };
  const mac = /lladdr ([0-9a-f:]+)/.exec(output.stdout)?.[1];
  if (!mac || / FAILED/.test(output.stdout)) return { kind: 'nobody' };
  const owner = known.find((one) => one.mac === mac);
  return owner ? { kind: 'node', node: owner.node } : { kind: 'stranger', mac };
}
