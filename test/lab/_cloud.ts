import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import type { ActionName, AnswerOf, RequestOf } from '../../source/drivers/tencent/calls.ts';
import type { CloudResult } from '../../source/drivers/tencent/result.ts';
import { CLIENT, machineEntry, operatorEntry } from '../../source/lab/index.ts';
import { onNode } from './_lab.ts';

/** What `labWorld` calls things. */
export const SECURITY_GROUP = 'sg-lab00001';
export const VPC = 'vpc-lab00001';
export const SUBNET = 'subnet-lab00001';
/** The instance that is the lab's `iam-1`, `iam-2`, … */
export const instanceOf = (node: string): string =>
  `ins-${node.replace(/\D+/, '').padStart(8, '0')}`;

export interface HaVipState {
  readonly id: string;
  readonly vip: string;
  readonly holder?: { readonly instance: string; readonly eni: string };
  readonly eip?: string;
}

export interface EipState {
  readonly id: string;
  readonly ip: string;
  readonly status: string;
  readonly havip?: string;
}

export interface CloudState {
  readonly havips: readonly HaVipState[];
  readonly eips: readonly EipState[];
  /** Announcements that were accepted and have not come into effect. */
  readonly claims: readonly { readonly havip: string; readonly instance: string }[];
}

export interface Bill {
  readonly eips: readonly { readonly id: string; readonly idleSeconds: number }[];
  readonly openEips: number;
  readonly openHavips: number;
}

export interface Logged {
  readonly at: number;
  readonly action: string;
  readonly body: Readonly<Record<string, unknown>>;
  readonly outcome: string;
  readonly fault: string | null;
}

const ASK = `const [method, name, body] = process.argv.slice(1);
const url = process.env.TENCENTCLOUD_ENDPOINT + '/__lab/' + name;
const response = await fetch(url, { method, ...(body && { body }) });
if (!response.ok) throw new Error(method + ' ' + name + ': ' + response.status);
process.stdout.write(await response.text());`;

/** The stand-in's own side, which no client of the API knows. @throws Error when it does not answer */
function ask<Answer>(lab: string, method: 'GET' | 'POST', name: string, body?: object): Answer {
  const words = body ? [method, name, JSON.stringify(body)] : [method, name];
  const script = ['--input-type=module', '--eval', ASK, '--', ...words];
  const { argv, env } = operatorEntry(lab, [process.execPath, ...script], process.env);
  const [program = '', ...rest] = argv;
  const done = spawnSync(program, rest, { env, encoding: 'utf8', timeout: 30_000 });
  if (done.status !== 0) throw new Error(`${method} ${name}: ${done.stderr}`);
  return JSON.parse(done.stdout || '{}') as Answer;
}

/** The lab's cloud from behind: what it has, what was asked of it, what it costs; and what goes wrong in it. */
export function cloudOf(lab: string) {
  const post = (name: string, body: object) => ask(lab, 'POST', name, body);
  return {
    state: () => ask<CloudState>(lab, 'GET', 'state'),
    bill: () => ask<Bill>(lab, 'GET', 'bill'),
    log: () => ask<readonly Logged[]>(lab, 'GET', 'log'),
    /** Arms one fault of the next requests: `{ action: 'CreateHaVip', kind: 'drop-after' }`. */
    fault: (fault: {
      readonly action: string;
      readonly kind: string;
      readonly [more: string]: unknown;
    }) => post('faults', fault),
    setArpDelay: (arpDelayMs: number) => post('pace', { arpDelayMs }),
    setTaskTime: (taskMs: number) => post('pace', { taskMs }),
    advance: (advanceMs: number) => post('clock', { advanceMs }),
    forgetTokens: () => post('forget-tokens', {}),
    /** All rules for what comes in, first rule first; as somebody does it in the console. */
    setIngress: (ingress: readonly Readonly<Record<string, string>>[], id = SECURITY_GROUP) =>
      post('security-group', { id, ingress }),
    /** Gives the machines a role (then the metadata service has its keys), or takes it away. */
    setRole: (name: string | null) => post('role', { name }),
    reset: () => post('reset', {}),
  };
}

/** The cloud's API, called with the lab's own keys from where the operator sits. */
export interface CloudCaller {
  call<Name extends ActionName>(
    action: Name,
    request: RequestOf<Name>,
  ): Promise<CloudResult<AnswerOf<Name>>>;
  close(): void;
}

/** Whoever opens it closes it. */
export function openCaller(lab: string): CloudCaller {
  const program = fileURLToPath(new URL('_cloud-child.ts', import.meta.url));
  const words = [process.execPath, '--import=tsx', program];
  const { argv, env } = operatorEntry(lab, words, process.env);
  const child = spawn(argv[0] as string, argv.slice(1), {
    env,
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async call(action, request) {
      child.stdin.write(`${JSON.stringify([action, request])}\n`);
      const { value, done } = await lines.next();
      if (done) throw new Error(`${action}: the caller ended`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}

/** Sends one gratuitous ARP request for $2 on the interface $1 with the hardware address of eth0. */
const ANNOUNCE = `
my ($index, $mac, $vip) = @ARGV;
my $me = pack "H12", $mac =~ s/://gr;
my $ip = pack "C4", split /[.]/, $vip;
my $all = chr(255) x 6;
socket(my $s, 17, 3, 0x0608) or die $!;
my $arp = pack("n n C C n", 1, 0x0800, 6, 4, 1) . $me . $ip . chr(0) x 6 . $ip;
my $place = pack("S S i S C C", 17, 0x0608, $index, 1, 0, 6) . $all . chr(0) x 2;
send $s, $all . $me . pack("n", 0x0806) . $arp, 0, $place or die $!;
`;

/** The node takes the address and says so to the network, as keepalived does; by hand, once. */
export function announce(lab: string, node: string, vip: string, on: 'eth0' | 'lo' = 'eth0'): void {
  const script = `ip address replace ${vip}/32 dev ${on}
perl -e '${ANNOUNCE}' "$(</sys/class/net/${on}/ifindex)" "$(</sys/class/net/eth0/address)" ${vip}`;
  onNode(lab, node, script);
}

/** What a client outside gets from `http://ADDRESS:PORT/` within a second; undefined: no answer. */
export function fromOutside(lab: string, address: string, port = 80): string | undefined {
  const get = `exec 3<>/dev/tcp/${address}/${port} && printf 'GET / HTTP/1.0\\r\\n\\r\\n' >&3 && cat <&3`;
  const words = ['timeout', '1', 'bash', '-c', get];
  const { argv, env } = machineEntry(lab, CLIENT, words, process.env);
  const [program = '', ...rest] = argv;
  const done = spawnSync(program, rest, { env, encoding: 'utf8', timeout: 30_000 });
  return done.status === 0 ? done.stdout.split('\r\n\r\n')[1] : undefined;
}
