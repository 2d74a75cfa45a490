import { quote } from '../model/index.ts';

/**
 * Sends datagrams of IP protocol 112 (not valid as VRRP, so nobody acts on them) to the peers every
 * 100 ms, and listens for theirs; ends half a second after it has heard everybody, or after 4 s.
 * Prints `heard ADDRESS`, `unsent ADDRESS REASON`. Perl is a part of every Debian, Python of every
 * Red Hat; a node with neither prints `no-tool`.
 */
const PERL = String.raw`use strict; use Socket;
my ($me, @peers) = @ARGV;
socket(my $s, PF_INET, SOCK_RAW, 112) or do { print "no-tool $!\n"; exit };
bind($s, sockaddr_in(0, inet_aton($me))) or do { print "no-tool $!\n"; exit };
my (%heard, %unsent); my $after = 0;
for (1 .. 40) {
  for my $p (@peers) {
    defined(send($s, "\xf0iam-ha-wizard", MSG_DONTWAIT, sockaddr_in(0, inet_aton($p)))) or $unsent{$p} = "$!";
  }
  select(undef, undef, undef, 0.1);
  while (my $from = recv($s, my $data, 2048, MSG_DONTWAIT)) {
    my (undef, $address) = sockaddr_in($from); $heard{inet_ntoa($address)} = 1;
  }
  last if !grep({ !$heard{$_} } @peers) && ++$after > 5;
}
print "heard $_\n" for sort keys %heard;
print "unsent $_ $unsent{$_}\n" for sort keys %unsent;
`;

const PYTHON = String.raw`import socket, sys, time
me, peers = sys.argv[1], sys.argv[2:]
heard, unsent, after = set(), {}, 0
try:
    s = socket.socket(socket.AF_INET, socket.SOCK_RAW, 112)
    s.bind((me, 0)); s.setblocking(False)
except OSError as error:
    print('no-tool', error); sys.exit()
for _ in range(40):
    for p in peers:
        try: s.sendto(b'\xf0iam-ha-wizard', (p, 0))
        except OSError as error: unsent[p] = error
    time.sleep(0.1)
    try:
        while True: heard.add(s.recvfrom(2048)[1][0])
    except OSError: pass
    if set(peers) <= heard:
        after += 1
        if after > 5: break
for one in sorted(heard): print('heard', one)
for one in sorted(unsent): print('unsent', one, unsent[one])
`;

/**
 * Where keepalived runs already it hears and is heard by those where it runs, too: nothing is sent
 * between them.
 *
 * @param joining those of the peers where it does not run: with them a node where it runs exchanges
 *   datagrams (`exchanged`), beside its keepalived, to which they mean nothing
 */
export function vrrpScript(
  me: string,
  peers: readonly string[],
  joining: readonly string[] = [],
): string {
  const words = `${quote(me)} "$@"`;
  const meets = joining.length > 0 ? 'echo exchanged' : 'exit 0';
  return `set -- ${peers.map(quote).join(' ')}
if systemctl is-active --quiet keepalived 2>/dev/null; then
  echo running
  ${meets}
  set -- ${joining.map(quote).join(' ')}
fi
if type -P perl >/dev/null; then timeout -k 1 8 perl - ${words} <<'IAMHA_VRRP'
${PERL}IAMHA_VRRP
else
  for python in python3 /usr/libexec/platform-python; do type -P "$python" >/dev/null && break; python=; done
  if [ "$python" ]; then timeout -k 1 8 "$python" - ${words} <<'IAMHA_VRRP'
${PYTHON}IAMHA_VRRP
  else echo no-tool; fi
fi
`;
}
