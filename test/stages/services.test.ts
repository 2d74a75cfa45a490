import test from 'ava';
import { parse } from 'yaml';
import { type Daemon, daemons } from '../../source/checks/service-daemons.ts';
import { revealContent, Secret, type StagePlan } from '../../source/model/index.ts';
import { databasePlaces } from '../../source/stages/database-places.ts';
import { daemonFiles } from '../../source/stages/services/files.ts';
import { yamlString } from '../../source/stages/services/yaml-string.ts';
import { services } from '../../source/stages/services.ts';
import type { StageInput } from '../../source/stages/stage-input.ts';
import { AWKWARD, dataTierInput, running } from './helpers/data-tier.ts';

function files(input: StageInput, daemon: Daemon): ReadonlyMap<string, string> {
  const data = databasePlaces(input);
  if (!data) throw new Error('no data node');
  const made = daemonFiles(input, data, daemon);
  return new Map(made.map(({ path, content }) => [path, revealContent(content)]));
}

const ids = (plan: StagePlan, node: string) =>
  plan.resources.filter((one) => one.node === node).map((one) => one.id);

test('every node gets the same: a user, folders, and three daemons in their order; the first the password', (t) => {
  const plan = services(dataTierInput());
  const expected = [
    'system-user:iam',
    'directory:/opt/iam/bin',
    'directory:/etc/iam',
    'directory:/etc/iam/cert',
    'config:iam-logrotate',
    'unit:iam-ha-audit-files.timer',
    'config:policy-notice',
    ...daemons.flatMap((daemon) => [
      `file:/opt/iam/bin/${daemon}`,
      `config:${daemon}`,
      `unit:${daemon}`,
    ]),
  ];
  t.deepEqual(ids(plan, 'iam-1'), [...expected, 'admin-password']);
  t.deepEqual(ids(plan, 'iam-2'), expected);
});

test('where SELinux is enforcing the binaries’ types come before anything runs them', (t) => {
  const enforcing = dataTierInput({
    change: (input) => ({
      ...input,
      facts: new Map(
        [...input.facts].map(([name, one]) => [name, { ...one, selinux: 'enforcing' }]),
      ),
    }),
  });
  t.is(ids(services(enforcing), 'iam-2')[0], 'selinux-types:/opt/iam');
});

test('each daemon is asked from every node, and each node’s token is tried on all', (t) => {
  const { checks } = services(dataTierInput());
  t.deepEqual(
    checks.map((check) => check.id).filter((id) => !/^(healthz|settings)\/iam-2/.test(id)),
    [
      'healthz/iam-1/iam-apiserver',
      'healthz/iam-1/iam-authz-server',
      'healthz/iam-1/iam-pump',
      'token-key/iam-1',
      'token-key/iam-2',
      'token/iam-1',
      'token/iam-2',
      'settings/iam-1/iam-apiserver',
      'settings/iam-1/iam-authz-server',
      'settings/iam-1/iam-pump',
      'api-database/iam-1',
      'api-database/iam-2',
      'needs/iam-1',
      'needs/iam-2',
      'audit-drain',
      'admin-password',
    ],
  );
  const health = checks.find((check) => check.id === 'healthz/iam-1/iam-pump');
  t.deepEqual(
    health?.measurements.map((one) => (one.kind === 'script' ? one.node : '')),
    ['iam-1', 'iam-2'] as never,
  );
});

test('what the stand-in does not do is not claimed of it; of the real daemons it is', (t) => {
  const real = dataTierInput({
    change: (input) => ({ ...input, iam: { ...input.iam, standIn: false } }),
  });
  const more = (input: StageInput) => services(input).checks.map((check) => check.id);
  t.deepEqual(
    more(real).filter((id) => !more(dataTierInput()).includes(id)),
    ['policy-reload/iam-1', 'policy-reload/iam-2', 'audit-records/iam-1', 'audit-records/iam-2'],
  );
});

test('audit records do not fill the disk for ever', (t) => {
  const plan = services(dataTierInput());
  const set = plan.resources.find((one) => one.id === 'config:iam-logrotate');
  t.true(revealContent(set?.probe ?? []).includes('/etc/tmpfiles.d/iam-audit.conf'));
});

test('nodes take turns as soon as a daemon is in use anywhere', (t) => {
  t.is(services(dataTierInput()).order, 'side-by-side');
  t.is(services(dataTierInput({ units: [running('iam-pump')] })).order, 'one-by-one');
});

test('the configurations are YAML with the values as they are', (t) => {
  const input = dataTierInput();
  const api = parse(files(input, 'iam-apiserver').get('/etc/iam/iam-apiserver.yaml') ?? '');
  t.is(api.mysql.password, AWKWARD);
  t.is(api.mysql.host, '10.0.4.20:3306');
  t.is(api.redis.password, `r${AWKWARD}`);
  t.is(api.jwt.key, 'k'.repeat(32));
  t.is(api.grpc['bind-address'], '127.0.0.1');
  t.is(api.insecure['bind-address'], '0.0.0.0');
  const authz = parse(files(input, 'iam-authz-server').get('/etc/iam/iam-authz-server.yaml') ?? '');
  t.is(authz.insecure['bind-port'], 9090);
  t.true(authz.analytics.enable);
  t.is(authz.rpcserver, '127.0.0.1:8081');
  const pump = parse(files(input, 'iam-pump').get('/etc/iam/iam-pump.yaml') ?? '');
  t.is(pump.redis.host, '10.0.4.20');
  t.is(pump.redis.database, 0);
});

test('a password that YAML would take for something else stays text', (t) => {
  for (const text of [
    '0123',
    'no',
    '1e3',
    '*x',
    'a: b',
    ' x ',
    '{{.x}}',
    '\u0085\u2028\t',
    '中文',
  ]) {
    t.is(parse(`key: ${yamlString(text)}\n`).key, text);
    // The stand-in reads JSON strings.
    t.is(JSON.parse(yamlString(text)), text);
  }
  t.is(String(yamlString(new Secret('p', 'x'))), '••••••');
});

test('only root and the daemons may read passwords and keys', (t) => {
  const input = dataTierInput();
  const data = databasePlaces(input);
  for (const file of daemons.flatMap((daemon) => (data ? daemonFiles(input, data, daemon) : []))) {
    const secret = file.content.some((part) => part instanceof Secret);
    t.is(`${file.mode} ${file.owner}`, secret ? '0640 root:iam' : '0644 root:root', file.path);
  }
});

test('the CA’s certificate goes along, its key nowhere', (t) => {
  const made = files(dataTierInput(), 'iam-authz-server');
  t.is(made.get('/etc/iam/cert/ca.pem'), 'CA\n');
  t.deepEqual(
    [...made.keys()].filter((path) => path.includes('ca-key')),
    [],
  );
  t.false(files(dataTierInput(), 'iam-pump').has('/etc/iam/cert/ca.pem'));
});

test('a real binary may run nothing but itself; the stand-in needs its interpreter', (t) => {
  const unit = (input: StageInput) =>
    files(input, 'iam-apiserver').get('/etc/systemd/system/iam-apiserver.service') ?? '';
  const real = dataTierInput({
    change: (input) => ({ ...input, iam: { ...input.iam, standIn: false } }),
  });
  t.regex(unit(real), /^NoExecPaths=\/\nExecPaths=\/opt\/iam\/bin\/iam-apiserver$/m);
  t.false(unit(dataTierInput()).includes('ExecPaths'));
  t.regex(unit(real), /^After=network-online.target mariadb.service redis-server.service$/m);
  t.regex(unit(real), /^Restart=always$/m);
  t.false(/\n{3}/.test(unit(real)));
});

test('the files explain themselves in the operator’s language', (t) => {
  const chinese = dataTierInput({ change: (input) => ({ ...input, language: 'zh' }) });
  const text = files(chinese, 'iam-apiserver').get('/etc/iam/iam-apiserver.yaml') ?? '';
  t.regex(text, /^# 由 iam-ha-wizard 管理/);
  t.true(text.includes('# 所有节点用同一个数据库。'));
  for (const daemon of daemons) {
    for (const [path, content] of files(chinese, daemon)) t.false(content.includes('#|'), path);
  }
});

test('an undo names the data that stays', (t) => {
  const plan = services(dataTierInput());
  const user = plan.resources.find((one) => one.id === 'system-user:iam');
  const planned = user?.plan({ kind: 'exited', exitCode: 0, stdout: 'end\n', stderr: '' });
  if (planned?.kind !== 'change') throw new Error('nothing to do');
  const kept = planned.change.undo.flatMap((step) => (step.kind === 'keep' ? step.resource : []));
  t.deepEqual(kept, ['directory:/var/lib/iam', 'directory:/var/log/iam']);
});

test('a firewall lets a node that joins in before its own turn: it gets the daemons from the others', (t) => {
  const input = dataTierInput({
    change: (given) => ({
      ...given,
      cluster: { ...given.cluster, firewall: 'nodes-only' },
      facts: new Map(
        [...given.facts].map(([node, facts]) => {
          return [node, { ...facts, firewall: { firewalld: false, ufw: true } }];
        }),
      ),
    }),
  });
  const rules = services(input).resources.filter(({ id }) => id === 'ufw:services');
  t.is(rules.length, 2);
  t.true(rules.every(({ disturbsNothing }) => disturbsNothing));
});
