import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import type { Daemon } from '../../source/checks/service-daemons.ts';
import { diagnose } from '../../source/checks/service-diagnosis.ts';
import { evidenceScript, readEvidence } from '../../source/checks/service-evidence.ts';
import { serviceHealthCheck } from '../../source/checks/service-health.ts';
import type { Ipv4Address, NodeName } from '../../source/model/index.ts';
import { renderProblem } from '../../source/text/index.ts';
import { printed } from './_measured.ts';

const here = { node: 'iam-2' as NodeName, address: '10.0.4.21' as Ipv4Address };
const dataNode = 'iam-1' as NodeName;

const LOOP = `S ActiveState=activating
S SubState=auto-restart
S Result=exit-code
S ExecMainStatus=1
S NRestarts=4
S WorkingDirectory=/var/lib/iam/iam-apiserver`;
const RUNS = `S ActiveState=active
S SubState=running
S Result=success
S ExecMainStatus=0
S NRestarts=0`;
const F = (text: string) => `F 2026-11-25 19:00:00.000\t${text}`;
const GRPC =
  'J 2026/11/25 19:00:00 WARNING: [core] [Channel #1 SubChannel #2] grpc: addrConn.createTransport failed to connect to {127.0.0.1:8081 127.0.0.1:8081 <nil> 0 <nil>}. Err: connection error: desc = "transport: ';
const NO_CACHE = F(
  'FATAL\tapiserver\tapiserver/server.go:139\tFailed to get cache instance: got nil cache server',
);
const MYSQL =
  'INFO\tapiserver\tgorm@v1.22.4/gorm.go:202\tmysql/mysql.go:79[error] failed to initialize database, got error ';

interface Case {
  readonly daemon?: Daemon;
  readonly state?: string;
  readonly said: readonly string[];
  readonly code: string;
  readonly params?: Readonly<Record<string, string | number>>;
  readonly node?: string;
  readonly passing?: true;
}

const authz = { daemon: 'iam-authz-server', state: RUNS } as const;

/** The lines are what IAM v1.6.2, gRPC and systemd wrote in each of these faults. */
const CASES: Readonly<Record<string, Case>> = {
  'MariaDB down': {
    said: [F(`${MYSQL}dial tcp 10.0.4.20:3306: connect: connection refused`), NO_CACHE],
    code: 'database-not-listening',
    params: { address: '10.0.4.20:3306' },
    node: 'iam-1',
    passing: true,
  },
  'wrong MySQL password': {
    said: [
      F(`${MYSQL}Error 1045: Access denied for user 'iam'@'10.0.4.21' (using password: YES)`),
      NO_CACHE,
    ],
    code: 'database-wrong-password',
    params: { account: 'iam@10.0.4.21' },
    node: 'iam-1',
    passing: true,
  },
  'not granted': {
    said: [
      F(`${MYSQL}Error 1044: Access denied for user 'iam'@'10.0.4.21' to database 'iam'`),
      NO_CACHE,
    ],
    code: 'database-host-denied',
    node: 'iam-1',
    passing: true,
  },
  'database missing': {
    said: [F(`${MYSQL}Error 1049: Unknown database 'iam'`), NO_CACHE],
    code: 'schema-missing',
    node: 'iam-1',
    passing: true,
  },
  'wrong CA': {
    ...authz,
    said: [
      `${GRPC}authentication handshake failed: tls: failed to verify certificate: x509: certificate signed by unknown authority (possibly because of "crypto/rsa: verification error" while trying to verify candidate authority certificate "iam-ca")"`,
    ],
    code: 'grpc-wrong-ca',
  },
  'SAN missing': {
    ...authz,
    said: [
      `${GRPC}authentication handshake failed: tls: failed to verify certificate: x509: cannot validate certificate for 127.0.0.1 because it doesn't contain any IP SANs"`,
    ],
    code: 'grpc-name-missing',
  },
  'API server away': {
    ...authz,
    said: [`${GRPC}Error while dialing dial tcp 127.0.0.1:8081: connect: connection refused"`],
    code: 'grpc-refused',
    passing: true,
  },
  'the last reason counts, not the first': {
    ...authz,
    said: [
      `${GRPC}Error while dialing dial tcp 127.0.0.1:8081: connect: connection refused"`,
      `${GRPC}authentication handshake failed: x509: certificate has expired or is not yet valid: current time 2026-11-25"`,
    ],
    code: 'grpc-certificate-expired',
  },
  'CA file missing': {
    daemon: 'iam-authz-server',
    said: [
      F(
        'PANIC\tauthzserver\tapiserver/apiserver.go:46\tcredentials.NewClientTLSFromFile err: open /etc/iam/cert/ca.pem: no such file or directory',
      ),
    ],
    code: 'daemon-certificate-missing',
    params: { file: '/etc/iam/cert/ca.pem' },
  },
  'certificate missing': {
    said: [
      F(
        'FATAL\tapiserver\tapiserver/server.go:129\tFailed to generate credentials open /etc/iam/cert/iam-apiserver.pem: no such file or directory',
      ),
    ],
    code: 'daemon-certificate-missing',
    params: { file: '/etc/iam/cert/iam-apiserver.pem' },
  },
  'key unreadable': {
    said: [
      F(
        'FATAL\tapiserver\tapiserver/server.go:129\tFailed to generate credentials open /etc/iam/cert/iam-apiserver-key.pem: permission denied',
      ),
    ],
    code: 'daemon-certificate-unreadable',
    params: { file: '/etc/iam/cert/iam-apiserver-key.pem' },
  },
  'key of another certificate': {
    said: [
      F(
        'FATAL\tapiserver\tapiserver/server.go:129\tFailed to generate credentials tls: private key does not match public key',
      ),
    ],
    code: 'daemon-key-mismatch',
  },
  'port taken': {
    said: [
      F(
        'FATAL\tapiserver\tserver/genericapiserver.go:152\tlisten tcp 0.0.0.0:8080: bind: address already in use',
      ),
      'L LISTEN 0 128 0.0.0.0:8080 0.0.0.0:* users:(("nginx",pid=815,fd=7))',
    ],
    code: 'daemon-port-taken',
    params: { port: '8080', by: 'nginx (pid 815)' },
  },
  'gRPC port taken': {
    said: [
      F(
        'FATAL\tapiserver\tapiserver/grpc.go:23\tfailed to listen: listen tcp 127.0.0.1:8081: bind: address already in use',
      ),
    ],
    code: 'daemon-port-taken',
    params: { port: '8081', by: '?' },
  },
  'address not on the host': {
    said: [
      F(
        'FATAL\tapiserver\tserver/genericapiserver.go:152\tlisten tcp 10.9.9.9:8080: bind: cannot assign requested address',
      ),
    ],
    code: 'daemon-address-missing',
    params: { address: '10.9.9.9:8080' },
  },
  'folder missing': {
    state: LOOP.replace('Status=1', 'Status=200'),
    said: [
      'J iam-apiserver.service: Changing to the requested working directory failed: No such file or directory',
    ],
    code: 'daemon-folder-missing',
    params: { folder: '/var/lib/iam/iam-apiserver' },
  },
  'binary gone': {
    state: LOOP.replace('Status=1', 'Status=203'),
    said: [
      'J iam-apiserver.service: Failed to locate executable /opt/iam/bin/iam-apiserver: No such file or directory',
    ],
    code: 'daemon-not-executable',
    params: { file: '/opt/iam/bin/iam-apiserver' },
  },
  'configuration missing': {
    said: [
      'J Error: failed to read configuration file(/etc/iam/iam-apiserver.yaml): open /etc/iam/iam-apiserver.yaml: no such file or directory',
    ],
    code: 'daemon-config-missing',
    params: { file: '/etc/iam/iam-apiserver.yaml' },
  },
  'configuration unreadable': {
    said: [
      'J Error: failed to read configuration file(/etc/iam/iam-apiserver.yaml): open /etc/iam/iam-apiserver.yaml: permission denied',
    ],
    code: 'daemon-config-unreadable',
  },
  'bad YAML': {
    said: [
      'J Error: failed to read configuration file(/etc/iam/iam-apiserver.yaml): While parsing config: yaml: line 52: did not find expected key',
    ],
    code: 'daemon-config-bad-yaml',
    params: { line: 52 },
  },
  'wrong type': {
    said: [
      'J Error: 1 error(s) decoding:',
      'J ',
      `J * cannot parse 'insecure.bind-port' as int: strconv.ParseInt: parsing "abc": invalid syntax`,
    ],
    code: 'daemon-config-wrong-type',
    params: { key: 'insecure.bind-port', type: 'int' },
  },
  'the length of the JWT key': {
    said: ['K 3'],
    code: 'daemon-jwt-key-length',
    params: { length: 3 },
  },
  'a word on standard output, which nobody keeps': {
    said: ['K 32'],
    code: 'daemon-settings-refused',
  },
  'log not writable': {
    state: LOOP.replace('Status=1', 'Status=2'),
    said: [
      'J panic: couldn\'t open sink "/var/log/iam/iam-apiserver.log": open /var/log/iam/iam-apiserver.log: permission denied',
      'J goroutine 1 [running]:',
    ],
    code: 'daemon-log-unwritable',
    params: { file: '/var/log/iam/iam-apiserver.log' },
  },
  'malformed mongo_url': {
    daemon: 'iam-pump',
    state: LOOP.replace('Status=1', 'Status=2'),
    said: [F('PANIC\tpump\tpumps/mongo.go:404\tMongo URL is invalid: failed to parse mongo url')],
    code: 'pump-mongo-url-bad',
  },
  'MongoDB unreachable': {
    daemon: 'iam-pump',
    state: RUNS,
    said: [
      F(
        'ERROR\tpump\tpumps/mongo.go:411\tMongo connection failed. Retrying.\t{"error": "no reachable servers"}',
      ),
    ],
    code: 'pump-mongo-unreachable',
    passing: true,
  },
};

for (const [name, one] of Object.entries(CASES)) {
  test(`the cause is named: ${name}`, (t) => {
    const daemon = one.daemon ?? 'iam-apiserver';
    const output = ['talk 7', one.state ?? LOOP, ...one.said, 'end', ''].join('\n');
    const evidence = readEvidence(output);
    const found = evidence && diagnose(evidence, { ...here, daemon, dataNode });
    t.is(found?.problem.code, one.code);
    t.is(found?.problem.node, one.node ?? 'iam-2');
    t.is(found?.lasting, !one.passing);
    t.like(found?.problem.params, { daemon, ...one.params });
    for (const language of ['en', 'zh'] as const) {
      const text = found ? renderProblem(found.problem, language) : undefined;
      t.false(
        /\{[a-z]+\}/i.test(JSON.stringify([text?.title, text?.cause, text?.nextSteps])),
        `${language} ${JSON.stringify(text)}`,
      );
    }
  });
}

test('what nothing explains stays unexplained: stopped by hand, hanging, or an access line that looks like an error', (t) => {
  const of = (text: string) => {
    const evidence = readEvidence(text);
    return evidence && diagnose(evidence, { ...here, daemon: 'iam-apiserver', dataNode });
  };
  t.is(of(''), undefined);
  t.is(
    of('S ActiveState=inactive\nS Result=success\nS NRestarts=0\nS ExecMainStatus=0\n'),
    undefined,
  );
  t.is(of(`${RUNS}\n${F('WARN\tx\tsomething else')}\n`), undefined);
});

test('a daemon that does not answer says why, in the same measurement; a good answer asks nothing', (t) => {
  const place = { name: here.node, address: here.address };
  const check = serviceHealthCheck(place, 'iam-apiserver', [], dataNode);
  const refused = 'bash: connect: Connection refused\n\ntalk 7\n';
  const said = `${refused}${LOOP}\nJ Error: failed to read configuration file(/etc/iam/iam-apiserver.yaml): open x: permission denied\n`;
  const verdict = check.judge([printed(said)]);
  t.is(verdict.state, 'failed');
  t.is(verdict.problem?.code, 'daemon-config-unreadable');
  t.is(check.judge([printed(refused)]).problem?.code, 'service-no-answer');
});

test('what is read on the node is a command that bash can parse, for each daemon', (t) => {
  for (const daemon of ['iam-apiserver', 'iam-authz-server', 'iam-pump'] as const) {
    t.true(evidenceScript(daemon).includes(`journalctl -q -u ${daemon} `));
  }
});

/** How often the script asks systemd, which shows these states one after the other, and what it tells then. */
function looksAt(states: readonly string[]): { readonly looks: number; readonly last?: string } {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-evidence-'));
  const shown = states.map((state) => `'${state}\nExecMainStartTimestamp='"$(date)"`);
  const world = `cd ${folder}
systemctl() {
  local shown=(${shown.join(' ')})
  echo >>looks
  local look=$(wc -l <looks)
  printf '%s\\n' "\${shown[look > \${#shown[@]} ? \${#shown[@]} - 1 : look - 1]}"
}
journalctl() { :; }
ss() { :; }
sleep() { :; }
`;
  const script = `${world}${evidenceScript('iam-pump')}wc -l <looks`;
  const { stdout } = spawnSync('bash', { input: script, encoding: 'utf8' });
  rmSync(folder, { recursive: true });
  const last = readEvidence(stdout)?.state.SubState;
  return { looks: Number(stdout.trimEnd().split('\n').at(-1)), ...(last && { last }) };
}

test('a daemon that is met while it starts is looked at until that start has ended, and not for ever', (t) => {
  const of = (state: string, restarts: number) =>
    `ActiveState=x\nSubState=${state}\nNRestarts=${restarts}`;
  const ended = of('auto-restart', 4);
  for (const starting of ['start-pre', 'start-post', 'start', 'running'])
    t.deepEqual(looksAt([of(starting, 4), ended]), { looks: 2, last: 'auto-restart' }, starting);
  t.deepEqual(looksAt([of('start-post', 0), of('running', 0)]), { looks: 2, last: 'running' });
  t.deepEqual(looksAt([of('running', 0), ended]), { looks: 1, last: 'running' });
  t.deepEqual(looksAt([ended, of('running', 5)]), { looks: 1, last: 'auto-restart' });
  t.is(looksAt([of('start-post', 4)]).looks, 6);
});
