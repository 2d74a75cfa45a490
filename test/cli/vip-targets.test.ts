import test from 'ava';
import { vipTargets } from '../../source/cli/commands/vip-targets.ts';
import type { Cluster } from '../../source/cluster/index.ts';
import type { NodeName, Vantage } from '../../source/model/index.ts';
import { clusterOf, SHORT } from '../cluster/_examples.ts';

const whole = clusterOf(SHORT);
const standing = (inside?: Vantage, outside?: Vantage): Cluster => ({
  ...whole,
  vantages: { ...(inside && { inside }), ...(outside && { outside }) },
});
const [one, two] = whole.nodes.map(({ name }) => name) as [NodeName, NodeName];
const seen = (cluster: Cluster, victim: NodeName, address?: string) =>
  vipTargets(cluster, victim, 20, address).map((target) => [
    target.vantage,
    target.address,
    target.outside ?? false,
  ]);
const ssh = { kind: 'ssh', host: '198.51.100.10' } as const;

test('without a public address nobody looks from outside', (t) => {
  t.deepEqual(
    seen(standing({ kind: 'here' }, ssh), one).map(([, , outside]) => outside),
    [false, false],
  );
});

test('both domains from inside, and both at the public address', (t) => {
  const vip = whole.vip.address;
  t.deepEqual(seen(standing({ kind: 'here' }, ssh), one, '203.0.113.8'), [
    [{ kind: 'here' }, vip, false],
    [{ kind: 'here' }, vip, false],
    [ssh, '203.0.113.8', true],
    [ssh, '203.0.113.8', true],
  ]);
});

test('nobody named: the operator is outside, a spared node inside', (t) => {
  const [inside, , outside] = seen(standing(), one, '203.0.113.8');
  t.deepEqual(inside?.[0], { kind: 'via', node: two });
  t.deepEqual(outside?.[0], { kind: 'here' });
});

test('nobody stands on the victim, outside either', (t) => {
  const via = { kind: 'via', node: one } as const;
  const vantages = seen(standing(via, via), one, '203.0.113.8').map(([vantage]) => vantage);
  t.false(vantages.some((vantage) => (vantage as typeof via).node === one));
});

test('through a third machine’s sshd, outside is asked at 50 a second at most, each domain', (t) => {
  const every = (rate: number) =>
    vipTargets(standing(), one, rate, '203.0.113.8').map((target) => target.everyBySshd);
  t.deepEqual(every(1000), [undefined, undefined, 20, 20]);
  t.deepEqual(every(200), [undefined, undefined, 4, 4]);
  t.deepEqual(every(50), [undefined, undefined, undefined, undefined]);
});

test('over TLS where the cluster file names a certificate: each request with its domain’s name', (t) => {
  const secured = { ...standing({ kind: 'here' }, ssh), tls: { certificate: '/c', key: '/k' } };
  t.deepEqual(
    vipTargets(secured, one, 20, '203.0.113.8').map(({ port, host, tls }) => [
      port,
      host === tls?.serverName,
    ]),
    Array(4).fill([443, true]),
  );
  const clear = vipTargets(whole, one, 20);
  t.deepEqual(
    clear.map(({ port, tls }) => [port, tls]),
    Array(2).fill([80, undefined]),
  );
});
