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
 * Asks by ARP (RFC 826: 14 bytes of Ethernet, 28 of ARP) and listens 0.2 s to everybody who answers:
 * the kernel's table keeps one of several. Prints `answer MAC` of each. Needs perl, which is on every
 * Debian; elsewhere only the table is asked. 17 is AF_PACKET, 3 SOCK_RAW, 0x0608 ETH_P_ARP in network
 * order, 0x0806 the same in an Ethernet header.
 */
const ASK_EVERYBODY = `
my ($index, $mac, $own, $vip) = @ARGV;
sub ip { pack "C4", split /[.]/, shift }
my $me = pack "H12", $mac =~ s/://gr;
my $all = chr(255) x 6;
my $place = pack "S S i S C C", 17, 0x0608, $index, 1, 0, 6;
socket(my $s, 17, 3, 0x0608) or exit;
bind $s, $place . chr(0) x 8 or exit;
my $ask = pack("n n C C n", 1, 0x0800, 6, 4, 1) . $me . ip($own) . chr(0) x 6 . ip($vip);
send $s, $all . $me . pack("n", 0x0806) . $ask, 0, $place . $all . chr(0) x 2 or exit;
my ($left, %seen) = 0.2;
while ($left > 0) {
  vec(my $ready = "", fileno $s, 1) = 1;
  (my $found, $left) = select $ready, undef, undef, $left;
  last unless $found > 0 && defined recv $s, my $frame, 100, 0;
  next unless length $frame >= 42 && substr($frame, 28, 4) eq ip($vip);
  my $from = join ":", unpack "(H2)6", substr $frame, 22, 6;
  print "answer $from", chr 10 unless $from eq $mac || $seen{$from}++;
}
`;

/**
 * Looks the address up as the kernel does: a connection that is tried makes it ask by ARP, and its
 * own table then says who answered. An old entry of somebody unknown is no proof: the kernel needs
 * up to 9 s to find out whether that machine still answers, so only then does it wait.
 * Prints who answered when everybody was asked, then `self`, or the entry: `10.0.4.99 lladdr
 * aa:bb:cc:dd:ee:ff REACHABLE`; or nothing.
 */
const SCRIPT = `vip=$1 nic=$2 ours=" $3 "
own=$(ip -4 -o addr show dev "$nic" | while read -r _ _ _ one _; do [ "\${one%/*}" = "$vip" ] || { echo "\${one%/*}"; break; }; done)
if [ -n "$own" ] && command -v perl >/dev/null; then
  perl -e '${ASK_EVERYBODY}' "$(</sys/class/net/"$nic"/ifindex)" "$(</sys/class/net/"$nic"/address)" "$own" "$vip"
fi
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
  const answered = [...output.stdout.matchAll(/^answer ([0-9a-f:]{17})$/gm)].map(([, mac]) => mac);
  const stranger = answered.find((mac) => !known.some((one) => one.mac === mac));
  if (stranger !== undefined) return { kind: 'stranger', mac: stranger };
  if (/^self$/m.test(output.stdout)) return { kind: 'self' };
  const mac = /lladdr ([0-9a-f:]+)/.exec(output.stdout)?.[1];
  if (!mac || / FAILED/.test(output.stdout)) return { kind: 'nobody' };
  const owner = known.find((one) => one.mac === mac);
  return owner ? { kind: 'node', node: owner.node } : { kind: 'stranger', mac };
}
