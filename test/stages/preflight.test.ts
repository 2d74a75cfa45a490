import test from 'ava';
import type {
  InterfaceName,
  Ipv4Address,
  ListenerFacts,
  NodeFacts,
} from '../../source/model/index.ts';
import { preflight } from '../../source/stages/preflight.ts';
import { stageInput, type Variation } from './_proxy-input.ts';

function codes(variation: Variation): readonly string[] {
  const { problems } = preflight(stageInput(variation));
  return problems.map((one) => `${one.code}${one.node ? ` ${one.node}` : ''}`);
}

const only = (node: string, change: (facts: NodeFacts) => NodeFacts): Variation => ({
  facts: (facts) => (facts.node === node ? change(facts) : facts),
});

function listening(port: number, process: string | null): ListenerFacts {
  return { protocol: 'tcp', address: '0.0.0.0', port, process };
}

test('two plain nodes: no problem, and nothing to change', (t) => {
  const plan = preflight(stageInput());
  t.deepEqual(plan.problems, []);
  t.deepEqual(plan.resources, []);
  t.deepEqual(
    plan.checks.slice(0, 3).map((one) => one.id),
    ['vrrp', 'peer-reachable/iam-1', 'peer-reachable/iam-2'],
  );
});

test('an unknown distribution, an unknown processor', (t) => {
  const arch = only('iam-2', (facts) => ({
    ...facts,
    os: { ...facts.os, id: 'arch', prettyName: 'Arch Linux' },
  }));
  t.deepEqual(codes(arch), ['unknown-distribution iam-2']);
  const mips = only('iam-1', (facts) => ({ ...facts, architecture: 'mips64' }));
  t.deepEqual(codes(mips), ['unknown-architecture iam-1']);
});

test('port 80 by something that is not nginx; ours are no problem', (t) => {
  const with80 = (process: string | null) =>
    codes(only('iam-1', (facts) => ({ ...facts, listeners: [listening(80, process)] })));
  t.deepEqual(with80('apache2'), ['port-taken iam-1']);
  t.deepEqual(with80('nginx'), []);
  t.deepEqual(with80(null), []);
  const cockpit = only('iam-2', (facts) => ({ ...facts, listeners: [listening(9090, 'systemd')] }));
  t.deepEqual(codes(cockpit), ['port-taken iam-2']);
});

test('a daemon of ours may have a cut name, or be a script', (t) => {
  const cut = only('iam-1', (facts) => ({
    ...facts,
    listeners: [listening(9090, 'iam-authz-serve')],
  }));
  t.deepEqual(codes(cut), []);
  const units = [{ name: 'iam-pump', load: 'loaded', active: 'active', enabled: 'enabled' }];
  const script = only('iam-1', (facts) => ({
    ...facts,
    units,
    listeners: [listening(7070, 'perl')],
  }));
  t.deepEqual(codes(script), []);
});

test('a VIP outside the subnet names the line of the file', (t) => {
  const { problems } = preflight(
    stageInput({ yaml: (text) => text.replace('10.0.4.99', '10.0.5.99') }),
  );
  t.is(problems.length, 1);
  t.like(problems[0], {
    code: 'vip-outside-subnet',
    file: '/cluster.yaml',
    line: 11,
    field: 'vip.address',
    params: { vip: '10.0.5.99', subnet: '10.0.4.0/24' },
  });
  const broadcast = stageInput({ yaml: (text) => text.replace('10.0.4.99', '10.0.4.255') });
  t.is(preflight(broadcast).problems[0]?.code, 'vip-outside-subnet');
});

test('an address that is on no interface', (t) => {
  const { problems } = preflight(stageInput(only('iam-2', (facts) => ({ ...facts, nic: null }))));
  t.like(problems[0], { code: 'address-not-on-node', node: 'iam-2', line: 5 });
  t.is(problems[0]?.field, 'nodes[1].address');
});

test('nodes with a router between them', (t) => {
  const routed = only('iam-1', (facts) => ({
    ...facts,
    routes: [
      {
        to: '10.0.4.21' as Ipv4Address,
        device: 'eth0' as InterfaceName,
        source: null,
        via: '10.0.4.1' as Ipv4Address,
      },
    ],
  }));
  t.deepEqual(codes(routed), ['not-one-subnet iam-1']);
});

test('the VIP on a node that nobody of ours set up; another session', (t) => {
  const vip = { address: '10.0.4.99' as Ipv4Address, prefixLength: 32 };
  const holding = (facts: NodeFacts): NodeFacts => ({
    ...facts,
    interfaces: facts.interfaces.map((one) => ({ ...one, addresses: [...one.addresses, vip] })),
  });
  const ours = { session: 'iam-test', id: 'session-1' };
  t.deepEqual(codes(only('iam-1', holding)), ['vip-held-already iam-1']);
  t.deepEqual(codes(only('iam-1', (facts) => ({ ...holding(facts), marker: ours }))), []);
  const theirs = only('iam-2', (facts) => ({ ...facts, marker: { session: 'old', id: 'other' } }));
  t.deepEqual(codes(theirs), ['other-session iam-2']);
  const adopt: Variation['input'] = (input) => ({
    ...input,
    consents: { ...input.consents, adopt: true },
  });
  t.deepEqual(codes({ ...theirs, input: adopt }), []);
});
