import test from 'ava';
import type { Ipv4Address } from '../../source/model/index.ts';
import { placeNodes, vipCandidates } from '../../source/questions/index.ts';
import { machine } from './_journeys.ts';

const at = (address: string, prefixLength: number) => ({
  address: address as Ipv4Address,
  prefixLength,
});

test("the lecture's .99 first, then from the end down", (t) => {
  const found = vipCandidates(at('10.0.4.20', 24), []);
  t.deepEqual(found.slice(0, 4), ['10.0.4.99', '10.0.4.253', '10.0.4.252', '10.0.4.251'] as never);
  t.is(found.length, 8);
});

test('what is taken is not among them; nor network, broadcast, the first and the last host', (t) => {
  const found = vipCandidates(at('10.0.4.18', 29), ['10.0.4.18', '10.0.4.19'] as never);
  t.deepEqual(found, ['10.0.4.21', '10.0.4.20'] as never);
});

test('a subnet without room has none', (t) => {
  t.deepEqual(vipCandidates(at('10.0.4.1', 30), ['10.0.4.1', '10.0.4.2'] as never), []);
  t.deepEqual(vipCandidates(at('10.0.4.1', 31), []), []);
});

test('a large subnet: its own .99, not that of the machine', (t) => {
  const found = vipCandidates(at('172.31.7.4', 16), []);
  t.deepEqual(found.slice(0, 2), ['172.31.0.99', '172.31.255.253'] as never);
});

const reach = (host: string, hostname: string, ...interfaces: readonly string[]) => ({
  way: { host },
  facts: machine(hostname, ...interfaces),
});

test('names of machines that tell nothing apart are counted instead', (t) => {
  for (const [one, other, expected] of [
    ['web-a', 'web-b', ['web-a', 'web-b']],
    ['VM-4-20-tencentos', 'VM-4-21-tencentos', ['vm-4-20-tencentos', 'vm-4-21-tencentos']],
    ['localhost', 'web-b', ['iam-1', 'iam-2']],
    ['web.example.com', 'web.example.org', ['iam-1', 'iam-2']],
    ['i_n', 'web-b', ['iam-1', 'iam-2']],
  ] as const) {
    const placed = placeNodes([
      reach('a', one, 'eth0 10.0.4.20/24'),
      reach('b', other, 'eth0 10.0.4.21/24'),
    ]);
    t.deepEqual('code' in placed ? placed.code : placed.map(({ name }) => name), expected as never);
  }
});

test('of several shared subnets the one that was dialled', (t) => {
  const placed = placeNodes([
    reach('10.9.0.1', 'web-a', 'eth0 10.0.4.20/24', 'eth1 10.9.0.1/24'),
    reach('10.9.0.2', 'web-bb', 'eth0 10.0.4.21/24', 'eth1 10.9.0.2/24'),
  ]);
  t.deepEqual(
    'code' in placed ? placed.code : placed.map(({ address, nic }) => `${nic} ${address}`),
    ['eth1 10.9.0.1', 'eth1 10.9.0.2'],
  );
});

test('all machines in one subnet, however each was dialled', (t) => {
  const placed = placeNodes([
    reach('106.52.0.1', 'web-a', 'eth0 10.0.4.20/24', 'eth1 10.9.0.1/24'),
    reach('10.9.0.2', 'web-bb', 'eth0 10.0.4.21/24', 'eth1 10.9.0.2/24'),
  ]);
  t.deepEqual('code' in placed ? placed.code : placed.map(({ address }) => address), [
    '10.9.0.1',
    '10.9.0.2',
  ] as never);
});

test('the third machine counts too', (t) => {
  const placed = placeNodes([
    reach('a', 'web-a', 'eth0 10.0.4.20/24'),
    reach('b', 'web-bb', 'eth0 10.0.4.21/24'),
    reach('c', 'web-ccc', 'eth0 10.0.5.22/24'),
  ]);
  t.like(placed, { code: 'init-no-shared-subnet', params: { found: 'c', other: 'a' } });
});
