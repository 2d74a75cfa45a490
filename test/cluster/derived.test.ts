import test from 'ava';
import {
  dataNode,
  frontendPeersOf,
  frontends,
  nodeNamed,
  peersOf,
  upstreamBackends,
  vipAddress,
  vrrpOrder,
  whereabouts,
} from '../../source/cluster/index.ts';
import { changed, clusterOf, FULL, SHORT } from './_examples.ts';

const cluster = clusterOf(FULL);
const namesOf = (nodes: readonly { readonly name: string }[]) => nodes.map((node) => node.name);

test('who does what', (t) => {
  t.is(dataNode(cluster)?.name as string, 'iam-1');
  t.deepEqual(namesOf(frontends(cluster)), ['iam-1', 'iam-2']);
  t.deepEqual(namesOf(vrrpOrder(cluster)), ['iam-2', 'iam-1']);
  const second = nodeNamed(cluster, 'iam-2');
  t.deepEqual(namesOf(peersOf(cluster, second)), ['iam-1', 'iam-3']);
  t.deepEqual(namesOf(frontendPeersOf(cluster, second)), ['iam-1']);
  t.throws(() => nodeNamed(cluster, 'iam-9'), { message: 'no-such-node' });
});

test('an upstream has the own service first, by 127.0.0.1, and every other node’s', (t) => {
  const backends = upstreamBackends(cluster, nodeNamed(cluster, 'iam-2'), 'authz');
  t.deepEqual(
    backends.map(({ node, address, port }) => `${node} ${address}:${port}`),
    ['iam-2 127.0.0.1:9090', 'iam-1 10.0.4.20:9090', 'iam-3 10.0.4.22:9090'],
  );
  const [own] = upstreamBackends(cluster, nodeNamed(cluster, 'iam-1'), 'api');
  t.is(own?.port, 8080);
});

test('the VIP, unless it is still to be found', (t) => {
  t.is(vipAddress(cluster) as string, '10.0.4.99');
  const auto = clusterOf(changed(SHORT, '10.0.4.99', 'auto'));
  t.throws(() => vipAddress(auto));
});

test('a place that is not in the file is told by what holds it', (t) => {
  t.deepEqual(whereabouts(cluster, 'nodes[1].ssh.host'), {
    file: '/work/cluster.yaml',
    line: 6,
    field: 'nodes[1].ssh.host',
  });
  t.is(whereabouts(clusterOf(SHORT), 'vip.vrid').line, 10);
  t.is(whereabouts(clusterOf(SHORT), 'tls.key').line, 1);
});
