import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Script } from 'node:vm';
import test from 'ava';
import { parse } from 'yaml';
import { maskContent, revealContent, Secret, type UnitFacts } from '../../source/model/index.ts';
import { database } from '../../source/stages/database.ts';
import { databasePlaces } from '../../source/stages/database-places.ts';
import { guardedPorts } from '../../source/stages/firewall/ports.ts';
import { preflightProblems } from '../../source/stages/preflight-problems.ts';
import { daemonFiles } from '../../source/stages/services/files.ts';
import { services } from '../../source/stages/services.ts';
import { AWKWARD, dataTierInput, running } from './helpers/data-tier.ts';

const PASSWORD = `${AWKWARD}中文@/?+ `;

const file = (mongodb: string) => `version: 1
name: iam-test
nodes:
  - { name: iam-1, address: 10.0.4.20, data: true }
  - { name: iam-2, address: 10.0.4.21 }
domains: { api: iam.api.example.com, authz: iam.authz.example.com }
iam: { source: { directory: ./dist } }
databases: { mariadb: install, redis: install, mongodb: ${mongodb} }
vip: { address: 10.0.4.99, vrid: 51, profile: balanced }
firewall: nodes-only
cloud: { provider: none }
`;

const EXISTING =
  '{ host: mongo.example, port: 27018, database: audit, user: pump, password: env:M }';

const BARE = { interfaces: [], listeners: [], routes: [], architecture: 'x86_64', marker: null };

const input = (mongodb = EXISTING, os: readonly [string, string] = ['debian', '12']) =>
  dataTierInput({
    cluster: file(mongodb),
    os,
    change: (one) => ({
      ...one,
      iam: { ...one.iam, standIn: false },
      facts: new Map(
        [...one.facts].map(([name, facts]) => [
          name,
          {
            ...facts,
            firewall: { firewalld: false, ufw: false },
            selinux: 'absent',
            ...BARE,
          } as never,
        ]),
      ),
      secrets: {
        ...one.secrets,
        mongodbPassword: new Secret('mongodb password', PASSWORD),
        mongodbAdminPassword: new Secret('mongodb administrator', `a${PASSWORD}`),
      },
    }),
  });

function pumpConfig(mongodb?: string): string {
  const given = input(mongodb);
  const files = daemonFiles(given, databasePlaces(given)!, 'iam-pump');
  const found = files.find(({ path }) => path === '/etc/iam/iam-pump.yaml');
  t0(maskContent(found?.content ?? []));
  return revealContent(found?.content ?? []);
}

/** No secret may be seen in what is shown. */
function t0(masked: string): void {
  for (const text of [PASSWORD, encodeURIComponent(PASSWORD)]) {
    if (masked.includes(text)) throw new Error('a password is shown');
  }
}

/** As IAM's driver takes a URL apart. */
function asDriver(url: string) {
  const found = /^mongodb:\/\/([^:@/?]+):([^:@/?]+)@([^/?]+)\/([^?]*)$/.exec(url);
  const [, user = '', password = '', address, base] = found ?? [];
  const plain = (text: string) => decodeURIComponent(text.replaceAll('+', ' '));
  return { user: plain(user), password: plain(password), address, base };
}

test('the pump gets MongoDB’s URL, in which every awkward character comes back; and its files', (t) => {
  const { pumps } = parse(pumpConfig());
  t.deepEqual(asDriver(pumps.mongo.meta.mongo_url), {
    user: 'pump',
    password: PASSWORD,
    address: 'mongo.example:27018',
    base: 'audit',
  });
  t.like(pumps.mongo, { type: 'mongo', meta: { collection_name: 'iam_analytics' } });
  t.is(pumps.csv.meta.csv_dir, '/var/lib/iam/iam-pump/analytics-data');
});

test('without MongoDB the files are all there is', (t) => {
  t.deepEqual(Object.keys(parse(pumpConfig('none')).pumps), ['csv']);
});

test('each node is asked for MongoDB, and the record is read back from there', (t) => {
  const ids = (stage: typeof database, given = input()) =>
    stage(given)
      .checks.map(({ id }) => id)
      .filter((id) => /mongo|audit/.test(id));
  t.deepEqual(ids(database), ['mongodb-server', 'mongodb-login/iam-1', 'mongodb-login/iam-2']);
  t.deepEqual(ids(services), [
    'audit-drain',
    'audit-records/mongodb',
    'audit-writes/iam-1',
    'audit-writes/iam-2',
  ]);
  t.deepEqual(ids(database, input('none')), []);
  t.deepEqual(ids(services, input('none')), [
    'audit-drain',
    'audit-records/iam-1',
    'audit-records/iam-2',
  ]);
});

test('MongoDB that is away explains pumps that wait and records that pile up', (t) => {
  const causes = (id: string) =>
    services(input()).checks.find((one) => one.id === id)?.explainedBy ?? [];
  for (const id of ['audit-drain', 'needs/iam-1', 'audit-records/mongodb', 'audit-writes/iam-1']) {
    t.true(causes(id).includes('mongodb-server'), id);
    t.true(causes(id).includes('mongodb-login/iam-1'), id);
  }
  t.true(causes('needs/iam-2').includes('mongodb-login/iam-2'));
});

test('install is refused where the distribution has none that the driver can speak to', (t) => {
  for (const os of [
    ['debian', '12'],
    ['debian', '13'],
    ['ubuntu', '22.04'],
    ['ubuntu', '24.04'],
    ['rocky', '9.4'],
    ['tencentos', '3.1'],
  ] as const) {
    const problems = preflightProblems(input('install', os)).filter(({ code }) =>
      /mongo/.test(code),
    );
    t.deepEqual(
      problems.map(({ code, node, field, line, params }) => [
        code,
        node,
        field,
        line,
        params?.platform,
      ]),
      [['mongodb-not-packaged', 'iam-1', 'databases.mongodb', 8, os.join(' ')]],
    );
  }
  const focal = preflightProblems(input('install', ['ubuntu', '20.04']));
  t.false(focal.some(({ code }) => /mongo/.test(code)));
  t.false(preflightProblems(input()).some(({ code }) => /mongo/.test(code)));
});

test('27017 is the nodes’ only where a node has it', (t) => {
  const ports = (mongodb: string) => {
    const { cluster } = input(mongodb);
    return cluster.nodes.map((node) => guardedPorts(cluster, node, 'database'));
  };
  t.deepEqual(ports('install'), [[3306, 6379, 27_017], []]);
  t.deepEqual(ports(EXISTING), [[3306, 6379], []]);
  t.deepEqual(ports('none'), [[3306, 6379], []]);
});

const focal = (mongodb = 'install') => input(mongodb, ['ubuntu', '20.04']);
const output = (stdout: string) => ({ kind: 'exited' as const, exitCode: 0, stdout, stderr: '' });
const accountOf = (given = focal()) => {
  const found = database(given).resources.find(({ id }) => id === 'mongodb-account');
  if (!found) throw new Error('no account');
  return found;
};

test('where it can be installed, its node gets the package, its files, its unit and the account', (t) => {
  const mongo = (node: string, given = focal()) =>
    database(given)
      .resources.filter((one) => one.node === node)
      .map(({ id }) => id)
      .filter((id) => id.includes('mongo'));
  t.deepEqual(mongo('iam-1'), ['config:mongodb', 'unit:mongodb', 'mongodb-account']);
  t.deepEqual(mongo('iam-2'), []);
  t.deepEqual(mongo('iam-1', focal(EXISTING)), []);
  t.deepEqual(mongo('iam-1', input('install')), []);
  const packages = database(focal()).resources.filter(({ id }) => id === 'packages:database');
  const texts = packages.map(({ probe }) => revealContent(probe));
  t.deepEqual(
    texts.map((text) => text.includes('mongodb-server') && text.includes('mongodb-clients')),
    [true, false],
  );
});

test('a MongoDB that ran before us is not taken over unasked', (t) => {
  const probe = (units: readonly UnitFacts[]) => {
    const given = focal();
    const facts = new Map([...given.facts].map(([name, one]) => [name, { ...one, units }]));
    const set = database({ ...given, facts }).resources.find(({ id }) => id === 'config:mongodb');
    return revealContent(set?.probe ?? []);
  };
  t.true(probe([running('mongodb')]).includes('a server that runs'));
  t.false(probe([]).includes('a server that runs'));
});

test('it listens on the private address, and lets nobody in without a password', (t) => {
  const set = database(focal()).resources.find(({ id }) => id === 'config:mongodb');
  const change = set?.plan(output(''));
  t.truthy(change);
  const files = revealContent(set?.probe ?? []);
  t.true(files.includes('/etc/systemd/system/mongodb.service.d/iam-ha.conf'));
  const asset = focal().asset('mongodb/iam-ha.conf');
  t.regex(asset, /bindIp: 127\.0\.0\.1,\{\{address\}\}/);
  t.regex(asset, /authorization: enabled/);
});

test('the account: there, or to be made; its passwords go on standard input alone', (t) => {
  const account = accountOf();
  t.is(account.plan(output('account in\n')).kind, 'settled');
  const planned = account.plan(output('account out\n'));
  if (planned.kind !== 'change') throw new Error(planned.kind);
  t.is(account.plan(output('')).kind, 'change');
  t.is(planned.change.drift?.code, 'mongodb-account-missing');
  t.deepEqual(planned.change.undo, [{ kind: 'keep', resource: 'mongodb:iam_audit' }]);
  const [action] = planned.change.actions;
  const script = action?.kind === 'script' ? action.script : [];
  for (const one of [script, account.probe]) t.false(maskContent(one).includes(AWKWARD));
  const text = revealContent(script);
  t.true(text.includes(JSON.stringify(PASSWORD)));
  const [before = '', inside = ''] = text.split("<<'IAMHA_JS'");
  t.false(before.includes(AWKWARD.slice(0, 4)));
  t.regex(inside, /^ 2>\/dev\/null \| grep -E '\^account '\n/);
});

test('the scripts are what bash reads, and say what the client says', (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'mongo-client-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const client = (answer: string) => {
    const text = `#!/bin/bash\ncat >${folder}/said\nprintf '%s\\n' 'Error: ' '${answer}'\n`;
    writeFileSync(join(folder, 'mongo'), text, { mode: 0o755 });
  };
  const run = (script: string) =>
    spawnSync('bash', ['-s'], {
      input: script.replace('{1..40}', '1'),
      env: { PATH: `${folder}:/usr/bin:/bin` },
      encoding: 'utf8',
    });
  const account = accountOf();
  client('account in');
  t.is(run(revealContent(account.probe)).stdout, 'account in\n');
  t.true(readFileSync(join(folder, 'said'), 'utf8').includes(JSON.stringify(PASSWORD)));
  const planned = account.plan(output('account out\n'));
  const [action] = planned.kind === 'change' ? planned.change.actions : [];
  const make = revealContent(action?.kind === 'script' ? action.script : []);
  client('account made');
  t.is(run(make).status, 0);
  t.notThrows(() => new Script(readFileSync(join(folder, 'said'), 'utf8')));
  client('account denied');
  t.regex(run(make).stderr, /@problem mongodb-account-denied/);
  client('');
  t.not(run(make).status, 0);
});
