import { quote } from '../model/index.ts';

/**
 * Listens for the first advert of a peer and prints `VERSION VRID INTERVAL PASSWORD`, the interval in
 * hundredths of a second, the password empty where there is none. It takes nothing away from
 * keepalived. Perl is a part of every Debian, Python of every Red Hat.
 *
 * The fields' places: RFC 3768 § 5.1 and RFC 5798 § 5.1, behind the IP header.
 */
const PERL = String.raw`use strict; use Socket;
my ($me, $seconds, @peers) = @ARGV;
socket(my $s, PF_INET, SOCK_RAW, 112) or exit 1;
bind($s, sockaddr_in(0, inet_aton($me))) or exit 1;
for (1 .. $seconds * 10) {
  my $ready = ''; vec($ready, fileno($s), 1) = 1;
  select($ready, undef, undef, 0.1) > 0 or next;
  my (undef, $from) = sockaddr_in(recv($s, my $data, 2048, 0));
  next unless grep { $_ eq inet_ntoa($from) } @peers;
  my $vrrp = substr($data, (ord($data) & 15) * 4);
  my ($kind, $vrid, undef, $count, $auth, $interval) = unpack('C6', $vrrp);
  next unless ($kind & 15) == 1;
  my $version = $kind >> 4; my $word = '';
  if ($version == 3) { $interval |= ($auth & 15) << 8 }
  else { $interval *= 100; $word = unpack('Z8', substr($vrrp, 8 + 4 * $count, 8)) if $auth == 1 }
  print "$version $vrid $interval $word\n"; exit;
}
`;

const PYTHON = String.raw`import select, socket, sys, time
me, seconds, peers = sys.argv[1], float(sys.argv[2]), sys.argv[3:]
s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 112); s.bind((me, 0))
end = time.time() + seconds
while time.time() < end:
    if not select.select([s], [], [], 0.1)[0]: continue
    data, (sender, _) = s.recvfrom(2048)
    vrrp = data[(data[0] & 15) * 4:]
    if sender not in peers or len(vrrp) < 8 or vrrp[0] & 15 != 1: continue
    version, interval, word = vrrp[0] >> 4, vrrp[5] * 100, b''
    if version == 3: interval = (vrrp[4] & 15) << 8 | vrrp[5]
    elif vrrp[4] == 1: word = vrrp[8 + 4 * vrrp[3]:][:8].split(b'\0')[0]
    print(version, vrrp[1], interval, word.decode('latin-1')); break
`;

/** What is heard of the others, and for how long to listen. */
export interface Listening {
  /** This node's address. */
  readonly me: string;
  readonly peers: readonly string[];
  /** At least three intervals of whatever may be heard. */
  readonly seconds: number;
}

/** A bash function `listen`; prints nothing when nothing was heard, `no-tool` where nobody can listen. */
export function listenFunction({ me, peers, seconds }: Listening): string {
  const words = [me, String(seconds), ...peers].map(quote).join(' ');
  return `listen() {
  local python
  if type -P perl >/dev/null; then perl - ${words} <<'IAMHA_HEAR'
${PERL}IAMHA_HEAR
  else
    for python in python3 /usr/libexec/platform-python; do type -P "$python" >/dev/null && break; python=; done
    [ "$python" ] || { echo no-tool; return; }
    "$python" - ${words} <<'IAMHA_HEAR'
${PYTHON}IAMHA_HEAR
  fi
} 2>/dev/null
`;
}
