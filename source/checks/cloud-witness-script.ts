import { type Ipv4Address, quote } from '../model/index.ts';
import { holderScript } from './vip-holder.ts';

/**
 * Listens to IP protocol 112 beside keepalived, and sends nothing. Prints `heard ADDRESS` of each
 * peer, and `listened`; ends early when all were heard. Perl is a part of every Debian, Python of
 * every Red Hat; a node with neither prints nothing.
 */
const PERL = String.raw`use strict; use Socket; use Time::HiRes 'time';
my ($seconds, $me, @peers) = @ARGV;
socket(my $s, PF_INET, SOCK_RAW, 112) or exit;
bind($s, sockaddr_in(0, inet_aton($me))) or exit;
my (%heard); my $end = time + $seconds;
while ((my $left = $end - time) > 0 && grep { !$heard{$_} } @peers) {
  vec(my $ready = "", fileno $s, 1) = 1;
  next unless select($ready, undef, undef, $left) > 0;
  my $from = recv($s, my $data, 2048, 0) or next;
  my (undef, $address) = sockaddr_in($from); $heard{inet_ntoa($address)} = 1;
}
print "heard $_\n" for sort keys %heard;
print "listened\n";
`;

const PYTHON = `import select, socket, sys, time
seconds, me, peers = float(sys.argv[1]), sys.argv[2], set(sys.argv[3:])
heard = set()
try:
    s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 112)
    s.bind((me, 0))
except OSError: sys.exit()
end = time.time() + seconds
while not peers <= heard:
    left = end - time.time()
    if left <= 0 or not select.select([s], [], [], left)[0]: break
    heard.add(s.recvfrom(2048)[1][0])
for one in sorted(heard): print('heard', one)
print('listened')
`;

export interface WitnessScript {
  readonly vip: Ipv4Address;
  readonly me: Ipv4Address;
  readonly peers: readonly Ipv4Address[];
  /** How long a holder listens: longer than two adverts are apart. */
  readonly listenSeconds: number;
}

/**
 * What a front end says: `holds`, `state` (see {@link holderScript}), `since SECONDS` for how long it
 * has been MASTER by its notify log; and, where it has the VIP, whose adverts it hears. A node that
 * is not MASTER sends none, so only holders listen: what one of two holders hears is the other's.
 */
export function witnessScript({ vip, me, peers, listenSeconds }: WitnessScript): string {
  const words = [String(listenSeconds), me, ...peers].map(quote).join(' ');
  return `${holderScript(vip)}since=$(cat /var/log/keepalived.log.1 /var/log/keepalived.log 2>/dev/null | grep notify_ | tail -n 1)
case $since in *notify_master) since=\${since#[} at=$(date -d "\${since%%]*}" +%s 2>/dev/null) && echo "since $(($(date +%s) - at))" ;; esac
if ip -4 -o addr show | grep -F ${quote(` ${vip}/`)} | grep -qv ' lo '; then
  if type -P perl >/dev/null; then timeout -k 1 8 perl - ${words} <<'IAMHA_LISTEN'
${PERL}IAMHA_LISTEN
  else
    for python in python3 /usr/libexec/platform-python; do type -P "$python" >/dev/null && break; python=; done
    [ -z "$python" ] || timeout -k 1 8 "$python" - ${words} <<'IAMHA_LISTEN'
${PYTHON}IAMHA_LISTEN
  fi
fi
`;
}
