import test from 'ava';
import fc from 'fast-check';
import { parseCluster } from '../../source/cluster/index.ts';
import { changed, clusterOf, FULL, SHORT } from './_examples.ts';

test('a short file gets every default', (t) => {
  const cluster = clusterOf(SHORT);
  t.like(cluster, {
    version: 1,
    name: 'demo',
    file: '/work/cluster.yaml',
    ssh: {},
    iam: {
      source: { kind: 'directory', path: '/work/dist' },
      maxBodySize: '5m',
      pumpMend: true,
      openRegistration: true,
    },
    databases: {
      mariadb: { kind: 'install' },
      redis: { kind: 'install' },
      mongodb: { kind: 'none' },
    },
    firewall: 'nodes-only',
    cloud: { provider: 'none' },
    vantages: {},
  });
  t.deepEqual(cluster.vip, { address: '10.0.4.99', vrid: 51, profile: 'balanced' } as never);
  t.false('adminPassword' in cluster.iam);
  t.false('tls' in cluster);
});

test('a node is reached by its address; it has both roles and a place in the file', (t) => {
  const [, second] = clusterOf(SHORT).nodes;
  t.deepEqual(second, {
    name: 'iam-2',
    address: '10.0.4.21',
    data: false,
    roles: ['frontend', 'backend'],
    ssh: { host: '10.0.4.21' },
    position: { line: 5, field: 'nodes[1]' },
  } as never);
});

test('a full file: what a node says stands over the file’s ssh', (t) => {
  const cluster = clusterOf(FULL);
  t.deepEqual(cluster.nodes[0]?.ssh, {
    user: 'root',
    identityFile: '/home/op/.ssh/id',
    password: { kind: 'env', variable: 'PW' },
    host: '106.52.0.1',
    port: 2222,
  });
  t.like(cluster, {
    iam: { source: { kind: 'go', version: 'v1.6.2' }, adminPassword: { kind: 'generate' } },
    databases: { redis: { kind: 'existing', host: '10.0.0.1', port: 6380 } },
    tls: { certificate: '/work/fullchain.pem', key: '/etc/key.pem' },
    cloud: { provider: 'tencent', eip: { kind: 'new', bandwidthMbps: 5 } },
    vantages: {
      inside: { kind: 'via', node: 'iam-2' },
      outside: { kind: 'ssh', host: '198.51.100.10' },
    },
  });
  t.deepEqual(cluster.alerts[1], {
    kind: 'email',
    smtp: 'mail.example.com:25',
    from: 'a@example.com',
    to: ['b@example.com'],
  });
});

const forms: readonly (readonly [from: string, to: string])[] = [
  ['{ go: v1.6.2 }', `{ archive: ./iam.tar.gz, sha256: ${'ab'.repeat(32)} }`],
  ['{ go: v1.6.2 }', '{ installed: true }'],
  ['adminPassword: generate', 'adminPassword: env:ADMIN'],
  ['mariadb: install', 'mariadb: { host: db.local, adminUser: root, adminPassword: env:ROOT }'],
  ['mongodb: none', 'mongodb: { host: 10.0.0.2, database: iam, user: iam, password: env:M }'],
  ['{ bandwidth: 5 }', '{ existing: 106.52.252.139 }'],
  ['provider: tencent, region: ap-guangzhou, eip: { bandwidth: 5 }', 'provider: console'],
  ['address: 10.0.4.99', 'address: auto'],
  ['version: 1\n', '\uFEFF# comment\r\nversion: 1\r\n'],
];

for (const [from, to] of forms) {
  test(`accepted: ${JSON.stringify(to)}`, (t) => {
    t.true(parseCluster(changed(FULL, from, to), 'c.yaml').ok);
  });
}

test('relative paths count from the file’s folder, also where the file’s own path is relative', (t) => {
  const { iam } = clusterOf(SHORT, 'conf/cluster.yaml');
  t.deepEqual(iam.source, { kind: 'directory', path: 'conf/dist' });
});

test('arbitrary text never throws, and every problem has a file, a line and a code', (t) => {
  const pieces = fc.array(fc.constantFrom(...FULL.split(/(?<=[\s:{},[\]])/)), { maxLength: 80 });
  const mangled = pieces.map((words) => words.join(''));
  const cut = fc.tuple(fc.nat(FULL.length), fc.string()).map(([at, text]) => {
    return FULL.slice(0, at) + text + FULL.slice(at);
  });
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.string({ unit: 'binary' }), mangled, cut), (text) => {
      const parsed = parseCluster(text, 'c.yaml');
      const problems = parsed.ok ? [] : parsed.problems;
      return problems.every((one) => one.file === 'c.yaml' && (one.line ?? 0) >= 1 && one.code);
    }),
    { numRuns: 1500 },
  );
  t.pass();
});

test('a value of any kind in any place never throws', (t) => {
  const places = ['10.0.4.21', 'install', 'env:WECOM_URL', '{ go: v1.6.2 }', 'nodes-only', '5m'];
  const values = fc.oneof(
    fc.json(),
    fc.constantFrom('*a', '!x', '&a', '|', '? ', '<<', '__proto__'),
  );
  fc.assert(
    fc.property(fc.constantFrom(...places), values, (place, value) => {
      parseCluster(changed(FULL, place, value), 'c.yaml');
    }),
    { numRuns: 1000 },
  );
  t.pass();
});

test('hostile YAML ends quickly', (t) => {
  const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]'];
  for (let at = 0; at < 12; at += 1) bomb.push(`k${at}: &a${at} [*a,*a,*a,*a,*a,*a,*a,*a,*a]`);
  for (const text of [bomb.join('\n'), '['.repeat(50_000), 'a: &a [*a]', '__proto__: { x: 1 }']) {
    t.false(parseCluster(text, 'c.yaml').ok);
  }
});
