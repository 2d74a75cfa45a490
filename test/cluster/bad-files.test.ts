import test from 'ava';
import { parseCluster } from '../../source/cluster/index.ts';
import { cluster as catalogue } from '../../source/text/catalogue/cluster.ts';
import { changed, FULL, SHORT } from './_examples.ts';

/** One change to a good file, and the one problem that it makes. */
type Case = readonly [from: string, to: string, code: string, line: number, field: string | null];

const full: readonly Case[] = [
  ['version: 1', 'version: 2', 'unsupported-version', 1, 'version'],
  ['version: 1\n', '', 'missing-field', 1, 'version'],
  ['name: iam-prod', 'name: ../x', 'invalid-cluster-name', 2, 'name'],
  ['name: iam-prod', 'name: 7', 'invalid-cluster-name', 2, 'name'],
  ['name: iam-prod', 'name: a\nname: b', 'duplicate-key', 3, 'name'],
  ['address: 10.0.4.21', 'address: 10.0.4.256', 'invalid-address', 6, 'nodes[1].address'],
  ['address: 10.0.4.21', 'address: 10.0.4', 'invalid-address', 6, 'nodes[1].address'],
  ['address: 10.0.4.21', 'address: 10.4', 'invalid-address', 6, 'nodes[1].address'],
  ['address: 10.0.4.21', 'address: 010.0.4.21', 'invalid-address', 6, 'nodes[1].address'],
  ['address: 10.0.4.21', 'address: 10.0.4.21/24', 'invalid-address', 6, 'nodes[1].address'],
  ['address: 10.0.4.21', 'address: "::1"', 'invalid-address', 6, 'nodes[1].address'],
  ['address: 10.0.4.21', 'address: 127.0.0.1', 'unusable-address', 6, 'nodes[1].address'],
  ['address: 10.0.4.21', 'adress: 10.0.4.21', 'unknown-key', 6, 'nodes[1].adress'],
  ['address: 10.0.4.21', 'address: 10.0.4.20', 'same-address-twice', 6, 'nodes[1].address'],
  [', address: 10.0.4.21', '', 'missing-field', 6, 'nodes[1].address'],
  ['name: iam-3', 'name: iam-1', 'same-name-twice', 7, 'nodes[2].name'],
  ['name: iam-3', 'name: $(reboot)', 'invalid-node-name', 7, 'nodes[2].name'],
  ['name: iam-3', 'name: -rf', 'invalid-node-name', 7, 'nodes[2].name'],
  ['name: iam-3', 'name: localhost', 'reserved-node-name', 7, 'nodes[2].name'],
  ['roles: [backend]', 'roles: backend', 'expected-list', 7, 'nodes[2].roles'],
  ['roles: [backend]', 'roles: [frontend]', 'role-not-supported', 7, 'nodes[2].roles'],
  ['roles: [backend]', 'roles: [database]', 'unknown-choice', 7, 'nodes[2].roles[0]'],
  ['roles: [backend]', 'data: true', 'several-data-nodes', 7, 'nodes[2].data'],
  ['roles: [backend]', 'data: yes', 'expected-boolean', 7, 'nodes[2].data'],
  ['roles: [backend]', 'interface: "eth0;x"', 'invalid-interface', 7, 'nodes[2].interface'],
  [
    'roles: [backend]',
    'ssh: { host: 106.52.0.1, port: 2222 }',
    'same-ssh-host-twice',
    7,
    'nodes[2].ssh.host',
  ],
  ['data: true, ', '', 'no-data-node', 4, 'nodes'],
  ['host: 106.52.0.1', 'host: -oProxyCommand=x', 'invalid-host', 5, 'nodes[0].ssh.host'],
  ['port: 2222', 'port: 70000', 'invalid-port', 5, 'nodes[0].ssh.port'],
  ['user: root', 'user: "a b"', 'invalid-user', 3, 'ssh.user'],
  ['env:PW', 'hunter2', 'secret-literal', 3, 'ssh.password'],
  ['env:PW', '12345', 'secret-literal', 3, 'ssh.password'],
  ['env:PW', 'hunt,er2', 'secret-literal', 3, 'ssh.password'],
  ['env:PW', '[hunter2]', 'secret-literal', 3, 'ssh.password'],
  ['env:PW', 'env:hunter 2', 'invalid-secret-reference', 3, 'ssh.password'],
  ['env:PW', '*hunter2', 'yaml-alias', 3, 'ssh.password'],
  ['env:PW', ', *hunter2 : x', 'yaml-alias', 3, 'ssh.?'],
  ['env:PW', ', ? { a: *hunter2 }', 'yaml-alias', 3, 'ssh.?.a'],
  ['env:PW', '!hunter2', 'yaml-syntax', 3, null],
  ['env:PW', '"hunter2', 'yaml-syntax', 3, null],
  ['env:PW', '@hunter2', 'yaml-syntax', 3, null],
  ['adminPassword: generate', 'adminPassword: hunter2', 'secret-literal', 12, 'iam.adminPassword'],
  ['env:WECOM_URL', 'https://x/hunter2', 'secret-literal', 25, 'alerts[0].url'],
  ['env:REDIS_PW', 'hunter2', 'secret-literal', 17, 'databases.redis.password'],
  ['api: iam.api.marmotedu.com', 'api: iam api.com', 'invalid-domain', 8, 'domains.api'],
  ['api: iam.api.marmotedu.com', 'api: iam.api.com;', 'invalid-domain', 8, 'domains.api'],
  ['api: iam.api.marmotedu.com', 'api: IAM.api.com', 'invalid-domain', 8, 'domains.api'],
  [
    'authz: iam.authz.marmotedu.com',
    'authz: iam.api.marmotedu.com',
    'same-domain-twice',
    8,
    'domains.authz',
  ],
  ['{ go: v1.6.2 }', '{ go: latest }', 'invalid-go-version', 10, 'iam.source.go'],
  ['{ go: v1.6.2 }', '{ go: v1.6.2, directory: ./x }', 'iam-source-choice', 10, 'iam.source'],
  ['{ go: v1.6.2 }', '{ sha256: x }', 'iam-source-choice', 10, 'iam.source'],
  ['{ go: v1.6.2 }', '{ archive: x.tgz }', 'missing-field', 10, 'iam.source.sha256'],
  ['{ go: v1.6.2 }', '{ dir: ./x }', 'unknown-key', 10, 'iam.source.dir'],
  ['{ go: v1.6.2 }', '{ directory: "" }', 'invalid-path', 10, 'iam.source.directory'],
  ['{ go: v1.6.2 }', '{ go: v1.6.2, schema: ./iam.sql }', 'unknown-key', 10, 'iam.source.schema'],
  ['{ go: v1.6.2 }', '{ installed: false }', 'expected-true', 10, 'iam.source.installed'],
  ['{ go: v1.6.2 }', '{ archive: x, sha256: 1a }', 'invalid-sha256', 10, 'iam.source.sha256'],
  [
    'mongodb: none',
    'mongodb: { host: h, database: a b, user: u, password: env:M }',
    'invalid-database-name',
    18,
    'databases.mongodb.database',
  ],
  ['{ go: v1.6.2 }', 'go', 'expected-mapping', 10, 'iam.source'],
  ['maxBodySize: 5m', 'maxBodySize: 5 MB', 'invalid-body-size', 11, 'iam.maxBodySize'],
  ['maxBodySize: 5m', 'maxBodySize: 5', 'invalid-body-size', 11, 'iam.maxBodySize'],
  ['  maxBodySize: 5m', '\tmaxBodySize: 5m', 'yaml-syntax', 11, null],
  ['mariadb: install', 'mariadb: mysql', 'unknown-choice', 16, 'databases.mariadb'],
  ['vrid: 51', 'vrid: 0', 'invalid-vrid', 19, 'vip.vrid'],
  ['vrid: 51', 'vrid: 256', 'invalid-vrid', 19, 'vip.vrid'],
  ['vrid: 51', 'vrid: 5.5', 'invalid-vrid', 19, 'vip.vrid'],
  ['vrid: 51', 'vrid: "51"', 'invalid-vrid', 19, 'vip.vrid'],
  ['vrid: 51', 'vrid: 51, vird: 51', 'unknown-key', 19, 'vip.vird'],
  ['profile: balanced', 'profile: quick', 'unknown-choice', 19, 'vip.profile'],
  ['home: iam-2', 'home: iam-9', 'unknown-node', 19, 'vip.home'],
  ['home: iam-2', 'home: iam-3', 'home-without-keepalived', 19, 'vip.home'],
  ['address: 10.0.4.99', 'address: 10.0.4.21', 'vip-is-a-node', 19, 'vip.address'],
  ['address: 10.0.4.99', 'address: automatic', 'invalid-address', 19, 'vip.address'],
  ['address: 10.0.4.99', 'address: 224.0.0.18', 'unusable-address', 19, 'vip.address'],
  ['address: 10.0.4.99', 'address:', 'missing-field', 19, 'vip.address'],
  ['firewall: nodes-only', 'firewall: off', 'unknown-choice', 20, 'firewall'],
  ['provider: tencent', 'provider: aws', 'unknown-choice', 22, 'cloud.provider'],
  ['provider: tencent, region: ap-guangzhou', 'provider: none', 'unknown-key', 22, 'cloud.eip'],
  ['ap-guangzhou', 'Guangzhou', 'invalid-region', 22, 'cloud.region'],
  ['bandwidth: 5', 'bandwidth: 0', 'invalid-bandwidth', 22, 'cloud.eip.bandwidth'],
  ['inside: via:iam-2', 'inside: via:iam-9', 'unknown-node', 23, 'vantages.inside'],
  ['inside: via:iam-2', 'inside: there', 'invalid-vantage', 23, 'vantages.inside'],
  ['kind: wecom', 'kind: pager', 'unknown-choice', 25, 'alerts[0].kind'],
  ['to: b@example.com', 'to: [b]', 'invalid-mailbox', 26, 'alerts[1].to[0]'],
  ['vip:', 'vipp:', 'unknown-key', 19, 'vipp'],
];

const short: readonly Case[] = [
  ['  - name: iam-2\n    address: 10.0.4.21\n', '', 'too-few-nodes', 3, 'nodes'],
  [
    '    address: 10.0.4.21',
    '    address: 10.0.4.21\n    roles: [backend]',
    'too-few-frontends',
    3,
    'nodes',
  ],
  ['    address: 10.0.4.21', '    address: 10.0.4.300', 'invalid-address', 6, 'nodes[1].address'],
  [
    '    address: 10.0.4.21',
    '    address: 10.0.4.21\n    data: true',
    'several-data-nodes',
    7,
    'nodes[1].data',
  ],
];

function allParams(one: object & { readonly params?: object }): ReadonlySet<string> {
  return new Set([...Object.keys(one), ...Object.keys(one.params ?? {})]);
}

const tables = [
  { text: FULL, cases: full },
  { text: SHORT, cases: short },
];

for (const { text, cases } of tables) {
  for (const [from, to, code, line, field] of cases) {
    test(`${JSON.stringify(to)} in place of ${JSON.stringify(from)}: ${code}`, (t) => {
      const parsed = parseCluster(changed(text, from, to), 'c.yaml');
      const problems = parsed.ok ? [] : parsed.problems;
      const found = problems.map((one) => [one.code, one.file, one.line, one.field ?? null]);
      t.deepEqual(found, [[code, 'c.yaml', line, field]]);
      t.notRegex(JSON.stringify(problems), /hunt|er2/, 'a secret is never repeated');
    });

    test(`${JSON.stringify(to)} in place of ${JSON.stringify(from)}: its text has all it needs`, (t) => {
      const parsed = parseCluster(changed(text, from, to), 'c.yaml');
      const [one] = parsed.ok ? [] : parsed.problems;
      const words =
        one && Object.entries(catalogue.problems).find(([key]) => key === one.code)?.[1];
      const named = [...JSON.stringify(words ?? '{none}').matchAll(/\{([A-Za-z]+)\}/g)].map(
        ([, name]) => name,
      );
      const params = allParams(one ?? {});
      t.deepEqual(
        named.filter((name) => !params.has(name ?? '')),
        [],
      );
    });
  }
}

test('seventeen nodes are too many', (t) => {
  const more = Array.from(
    { length: 15 },
    (_, index) => `  - { name: n-${index}, address: 10.0.4.${100 + index} }\n`,
  );
  const parsed = parseCluster(changed(SHORT, 'domains:', `${more.join('')}domains:`), 'c.yaml');
  t.deepEqual(parsed.ok ? [] : parsed.problems.map((one) => [one.code, one.line, one.field]), [
    ['too-many-nodes', 3, 'nodes'],
  ]);
});

test('an unknown key is told with the nearest one that is known', (t) => {
  const parsed = parseCluster(changed(FULL, 'firewall:', 'fire_wall:'), 'c.yaml');
  t.like(parsed.ok ? undefined : parsed.problems[0]?.params, {
    key: 'fire_wall',
    suggestion: 'firewall',
  });
});

test('what is wrong in several places is told at once, in the file’s order', (t) => {
  const twice = changed(changed(FULL, 'vrid: 51', 'vrid: 0'), '10.0.4.21', '10.0.4.x');
  const parsed = parseCluster(twice, 'c.yaml');
  t.deepEqual(parsed.ok ? [] : parsed.problems.map((one) => one.code), [
    'invalid-address',
    'invalid-vrid',
  ]);
});

test('an empty file lacks everything; a list is no cluster file', (t) => {
  const empty = parseCluster('', 'c.yaml');
  t.deepEqual(empty.ok ? [] : empty.problems.map((one) => one.field), [
    'version',
    'name',
    'nodes',
    'domains',
    'vip',
  ]);
  const list = parseCluster('- a', 'c.yaml');
  t.is(list.ok ? undefined : list.problems[0]?.code, 'not-a-cluster-file');
});
