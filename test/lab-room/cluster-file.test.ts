import test from 'ava';
import { parse } from 'yaml';
import { parseCluster } from '../../source/cluster/index.ts';
import { clusterFile } from '../../source/lab/cluster-file.ts';
import { labSpec } from '../../source/lab/options.ts';
import { labPlaces } from '../../source/lab/places.ts';

const STAND_IN = { kind: 'directory', path: '/checkout/assets/stand-in' } as const;

test('the cluster file is complete, and its paths are absolute', (t) => {
  const text = clusterFile(labSpec({}), labPlaces('demo'), STAND_IN);
  t.deepEqual(parse(text), {
    version: 1,
    name: 'demo',
    ssh: {
      user: 'root',
      identityFile: '/var/lib/iam-ha-wizard-lab/demo/ssh/operator',
      knownHosts: '/var/lib/iam-ha-wizard-lab/demo/ssh/known_hosts',
    },
    nodes: [
      { name: 'iam-1', address: '10.0.4.20', data: true },
      { name: 'iam-2', address: '10.0.4.21' },
    ],
    domains: { api: 'iam.api.marmotedu.com', authz: 'iam.authz.marmotedu.com' },
    iam: { source: { directory: '/checkout/assets/stand-in' } },
    databases: { mariadb: 'install', redis: 'install', mongodb: 'none' },
    vip: { address: '10.0.4.99', vrid: 51, profile: 'balanced' },
    firewall: 'nodes-only',
    cloud: { provider: 'tencent', eip: { bandwidth: 5 } },
    vantages: { inside: 'here', outside: 'ssh:198.51.100.10' },
  });
});

test('IAM that was built is named by its version', (t) => {
  const { iam } = parse(
    clusterFile(labSpec({}), labPlaces('demo'), { kind: 'go', version: 'v1.6.2' }),
  );
  t.deepEqual(iam, { source: { go: 'v1.6.2' } });
});

test('a user with a sudo password is named, the password is not', (t) => {
  const spec = labSpec({ user: 'admin', sudoPassword: 'env:PASSWORD' });
  const { ssh } = parse(clusterFile(spec, labPlaces('demo'), STAND_IN));
  t.is(ssh.user, 'admin');
  t.is(ssh.sudoPassword, 'env:PASSWORD');
});

for (const nodes of [2, 3]) {
  test(`the wizard understands the file of ${nodes} nodes`, (t) => {
    const text = clusterFile(labSpec({ nodes }), labPlaces('demo'), STAND_IN);
    const parsed = parseCluster(text, 'cluster.yaml');
    t.true(parsed.ok);
  });
}

for (const [cloud, entry] of [
  ['tencent', { provider: 'tencent', eip: { bandwidth: 5 } }],
  ['console', { provider: 'console', eip: { bandwidth: 5 } }],
  ['none', { provider: 'none' }],
] as const) {
  test(`--cloud ${cloud} is what the file says, and the wizard understands it`, (t) => {
    const text = clusterFile(labSpec({ cloud }), labPlaces('demo'), STAND_IN);
    t.deepEqual(parse(text).cloud, entry);
    t.true(parseCluster(text, 'cluster.yaml').ok);
  });
}

test('a stand-in for MongoDB is an existing server, whose password is in the environment', (t) => {
  const spec = labSpec({ mongodb: true });
  const { databases, nodes } = parse(clusterFile(spec, labPlaces('demo'), STAND_IN));
  t.is(nodes.length, 2);
  t.deepEqual(databases.mongodb, {
    host: '10.0.4.30',
    database: 'iam_audit',
    user: 'iam',
    password: 'env:LAB_MONGODB_PASSWORD',
  });
  t.true(parseCluster(clusterFile(spec, labPlaces('demo'), STAND_IN), 'cluster.yaml').ok);
});
