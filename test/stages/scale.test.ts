import test from 'ava';
import type { NodeFacts } from '../../source/model/index.ts';
import { keepalived } from '../../source/stages/keepalived.ts';
import { loadBalancer } from '../../source/stages/load-balancer.ts';
import { preflight } from '../../source/stages/preflight.ts';
import { reverseProxy } from '../../source/stages/reverse-proxy.ts';
import { services } from '../../source/stages/services.ts';
import { virtualIp } from '../../source/stages/virtual-ip.ts';
import { stageInput } from './_proxy-input.ts';
import { running } from './helpers/data-tier.ts';

/** iam-3 stands first in the file: it would have the highest priority. */
const joined = (rest: string) => (text: string) =>
  text.replace('nodes:\n', `nodes:\n  - { name: iam-3, address: 10.0.4.22${rest} }\n`);
const inUse = (facts: NodeFacts): NodeFacts =>
  facts.node === 'iam-3'
    ? facts
    : { ...facts, units: ['keepalived', 'nginx', 'iam-apiserver'].map(running) };
const binaries = ['iam-apiserver', 'iam-authz-server', 'iam-pump'].map((name) => ({
  name,
  path: `/x/${name}`,
  sha256: 'a'.repeat(64),
  bytes: 1,
  architecture: null,
}));
const input = (rest = '') => {
  const made = stageInput({ yaml: joined(rest), facts: inUse });
  return { ...made, iam: { ...made.iam, binaries } };
};
const order = (resources: readonly { readonly node: string }[]) => [
  ...new Set(resources.map((one) => one.node)),
];

test('keepalived of one that joins starts last, whatever its priority: the others know it first', (t) => {
  t.deepEqual(order(keepalived(input()).resources), ['iam-1', 'iam-2', 'iam-3']);
  const bare = stageInput({ yaml: joined('') });
  t.deepEqual(order(keepalived(bare).resources), ['iam-3', 'iam-1', 'iam-2']);
});

test('services of one that joins come first, and node by node', (t) => {
  const plan = services(input());
  t.deepEqual(order(plan.resources), ['iam-3', 'iam-1', 'iam-2']);
  t.is(plan.order, 'one-by-one');
});

test('a backend only: in every upstream, without nginx, keepalived, or checks of them', (t) => {
  const given = input(', roles: [backend]');
  const front = [reverseProxy, loadBalancer, virtualIp, keepalived].map((stage) => stage(given));
  for (const { id, resources, checks } of front) {
    t.false(order(resources).includes('iam-3'), id);
    t.deepEqual(
      checks.filter(({ node }) => node === 'iam-3'),
      [],
    );
    const asked = checks.flatMap(({ measurements }) =>
      measurements.flatMap((one) => (one.kind === 'script' ? [one.node as string] : [])),
    );
    t.false(asked.includes('iam-3'), id);
  }
  const peers = loadBalancer(given).resources.map(({ probe }) => probe.join(''));
  for (const probe of peers) t.regex(probe, /api\.d\/iam-3\.conf/);
  t.true(order(services(given).resources).includes('iam-3'));
  const ids = preflight(given).checks.map(({ id }) => id);
  t.true(ids.includes('peer-reachable/iam-3'));
  t.false(ids.includes('vip-unused/iam-3'));
});
