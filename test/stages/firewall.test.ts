import test from 'ava';
import { type Resource, revealContent } from '../../source/model/index.ts';
import { database } from '../../source/stages/database.ts';
import { guardChecks } from '../../source/stages/firewall/checks.ts';
import { guardResources } from '../../source/stages/firewall/guard.ts';
import { type GuardedStage, guardedPorts } from '../../source/stages/firewall/ports.ts';
import { preflight } from '../../source/stages/preflight.ts';
import { stageInput, type Variation } from './_proxy-input.ts';

const STAGES: readonly GuardedStage[] = ['database', 'services', 'reverse-proxy', 'keepalived'];
const nodesOnly = (text: string) => text.replace('firewall: none', 'firewall: nodes-only');

function inputOf(firewall: 'none' | 'firewalld' | 'ufw', more: Variation = {}) {
  return stageInput({
    yaml: (text) => (more.yaml ?? ((same) => same))(nodesOnly(text)),
    facts: (facts) => ({
      ...(more.facts ?? ((same) => same))(facts),
      firewall: { firewalld: firewall === 'firewalld', ufw: firewall === 'ufw' },
    }),
  });
}

function resources(input: ReturnType<typeof inputOf>, stage: GuardedStage, at = 0) {
  const node = input.cluster.nodes[at]!;
  return guardResources(input, { node, facts: input.facts.get(node.name)! }, stage);
}

const ids = (all: readonly Resource[]) => all.map((one) => one.id);

/** What is in the file, from the plan for a machine that has none. */
function tableOf(input: ReturnType<typeof inputOf>, at = 0): string {
  const [set] = resources(input, 'database', at);
  const stdout = ['/etc/iam-ha/firewall.nft', '/etc/systemd/system/iam-ha-firewall.service']
    .map((path) => `absent ${path}\n`)
    .join('');
  const planned = set!.plan({ kind: 'exited', exitCode: 0, stdout: `${stdout}end\n`, stderr: '' });
  if (planned.kind !== 'change') throw new Error(planned.kind);
  return planned.change.parts[0].diff ?? '';
}

test('firewall: none leaves everything alone', (t) => {
  const input = stageInput();
  for (const stage of STAGES) {
    t.deepEqual(resources(input, stage), []);
    t.deepEqual(
      guardChecks(
        input,
        input.cluster.nodes.map((node) => ({ node })),
        stage,
      ),
      [],
    );
  }
  t.false(ids(database(input).resources).some((id) => id.includes('firewall')));
});

test('without a manager: one table, in the first stage that changes anything, before its daemons', (t) => {
  const input = inputOf('none');
  t.deepEqual(ids(resources(input, 'database')), ['config:firewall', 'unit:iam-ha-firewall']);
  for (const stage of STAGES.slice(1)) t.deepEqual(resources(input, stage), []);
  const plan = ids(database(input).resources.filter((one) => one.node === 'iam-1'));
  t.deepEqual(plan.slice(0, 5), [
    'packages:database',
    'config:firewall',
    'unit:iam-ha-firewall',
    'dump:iam',
    'config:mariadb',
  ]);
  const packages = database(input).resources[0]!;
  t.true(revealContent(packages.probe).includes("'nftables'"));
});

test('the table: a node has the ports that it serves; SSH and 80 are in none', (t) => {
  const input = inputOf('none');
  const data = tableOf(input);
  t.regex(data, /\+\t\telements = \{ 10\.0\.4\.20, 10\.0\.4\.21 \}\n/);
  t.regex(data, /\+\t\ttcp dport \{ 3306, 6379, 7070, 8080, 8081, 8443, 9090, 9443 \} tcp flags/);
  t.regex(data, /\+\t\tip protocol 112 counter drop\n/);
  t.regex(tableOf(input, 1), /tcp dport \{ 7070, 8080, 8081, 8443, 9090, 9443 \}/);
  for (const text of [data, tableOf(input, 1)]) t.notRegex(text, /dport [^}]*\b(22|80|443)\b/);
});

test('a backend without keepalived keeps no VRRP out', (t) => {
  const third = '  - { name: iam-3, address: 10.0.4.22, roles: [backend] }\ndomains:';
  const input = inputOf('none', { yaml: (text) => text.replace('domains:', third) });
  t.notRegex(tableOf(input, 2), /protocol 112/);
  t.regex(tableOf(input, 0), /10\.0\.4\.22/);
});

for (const manager of ['ufw', 'firewalld'] as const) {
  test(`${manager}: each stage adds its own rules`, (t) => {
    const input = inputOf(manager);
    t.deepEqual(
      STAGES.map((stage) => ids(resources(input, stage))),
      STAGES.map((stage) => [`${manager}:${stage}`]),
    );
    // No databases there: nothing to let in.
    t.deepEqual(ids(resources(input, 'database', 1)), []);
    t.false(ids(database(input).resources).includes('config:firewall'));
  });
}

test('our own table goes on being right when a manager is switched on later', (t) => {
  const units = [{ name: 'iam-ha-firewall', load: 'loaded', active: 'active', enabled: 'enabled' }];
  const later = inputOf('ufw', { facts: (facts) => ({ ...facts, units }) });
  t.deepEqual(ids(resources(later, 'database')), [
    'config:firewall',
    'unit:iam-ha-firewall',
    'ufw:database',
  ]);
  const left = stageInput({ facts: (facts) => ({ ...facts, units }) });
  const guard = preflight(left).checks.find(({ id }) => id === 'guard/iam-1');
  t.is(guard?.judge([]).problem?.params?.what, 'iam-ha-firewall');
});

test('an enforcing SELinux: the booleans of nginx and keepalived', (t) => {
  const enforcing = inputOf('firewalld', {
    facts: (facts) => ({ ...facts, selinux: 'enforcing' }),
  });
  t.deepEqual(ids(resources(enforcing, 'reverse-proxy')), [
    'firewalld:reverse-proxy',
    'selinux:httpd_can_network_connect',
  ]);
  t.deepEqual(ids(resources(enforcing, 'keepalived')), [
    'firewalld:keepalived',
    'selinux:keepalived_connect_any',
  ]);
  const alone = inputOf('none', { facts: (facts) => ({ ...facts, selinux: 'enforcing' }) });
  t.deepEqual(ids(resources(alone, 'keepalived')), ['selinux:keepalived_connect_any']);
});

test('without a firewall of ours SELinux still has to let nginx and keepalived work', (t) => {
  const left = stageInput({ facts: (facts) => ({ ...facts, selinux: 'enforcing' }) });
  t.deepEqual(ids(resources(left, 'reverse-proxy')), ['selinux:httpd_can_network_connect']);
  t.deepEqual(ids(resources(left, 'keepalived')), ['selinux:keepalived_connect_any']);
  t.deepEqual(ids(resources(left, 'database')), []);
});

test('databases elsewhere are not ours to guard; a local one that is adopted is, on its port', (t) => {
  const existing = (host: string) =>
    inputOf('none', {
      yaml: (text) =>
        text.replace(
          'mariadb: install',
          `mariadb: { host: ${host}, port: 3307, adminUser: root, adminPassword: env:P }`,
        ),
    });
  const portsFor = (host: string) => {
    const { cluster } = existing(host);
    return guardedPorts(cluster, cluster.nodes[0]!, 'database');
  };
  t.deepEqual(portsFor('10.0.4.40'), [6379]);
  t.deepEqual(portsFor('10.0.4.20'), [3307, 6379]);
});

test('preflight: what the stages will open is no reason to stop', (t) => {
  const verdicts = (input: ReturnType<typeof inputOf>) => {
    const { checks } = preflight(input);
    const heard = (stdout: string) =>
      ({ kind: 'exited', exitCode: 0, stdout, stderr: '' }) as const;
    const vrrp = checks.find(({ id }) => id === 'vrrp')!;
    const guard = checks.find(({ id }) => id === 'guard/iam-1')!;
    return [
      vrrp.judge([heard(''), heard('heard 10.0.4.20\n')]).reason.code,
      guard.judge([]).reason.code,
    ];
  };
  t.deepEqual(verdicts(inputOf('ufw')), ['vrrp-not-admitted-yet', 'guard-handled']);
  t.deepEqual(verdicts(inputOf('none')), ['vrrp-blocked', 'no-guard']);
  const alone = stageInput({
    facts: (facts) => ({ ...facts, firewall: { firewalld: false, ufw: true } }),
  });
  t.deepEqual(verdicts(alone), ['vrrp-blocked', 'guard-active']);
});
