import test from 'ava';
import type { Cluster } from '../../source/cluster/index.ts';
import type { JournalBody, JournalRecord } from '../../source/model/index.ts';
import { publicAddressOf } from '../../source/stages/public-address.ts';

const tencent = { cloud: { provider: 'tencent', securityGroups: 'leave' } } as Cluster;
const journal = (...bodies: readonly JournalBody[]) =>
  bodies.map((body, n) => ({ ...body, n: n + 1, at: '', hash: '' })) as readonly JournalRecord[];

const made = (change: string, resource: string, address: string): readonly JournalBody[] => [
  {
    type: 'cloud-intent',
    change,
    stage: 'public-access',
    resource,
    summary: { code: 'x' },
    owned: true,
    actions: [],
    undo: [],
  },
  {
    type: 'cloud-outcome',
    change,
    state: 'done',
    outputs: { id: 'eip-1', address },
    requestId: '',
    traceId: '',
  },
];
const taken = (change: string): JournalBody => ({
  type: 'cloud-undone',
  change,
  left: [],
  kept: [],
  requestId: '',
});

test('what the session was given last and has not given back', (t) => {
  const havip = made('h', 'ha-vip:10.0.4.99', '10.0.4.99');
  const first = made('a', 'eip:iam-prod', '203.0.113.8');
  const second = made('b', 'eip:iam-prod', '203.0.113.9');
  t.is(publicAddressOf(journal(...havip), tencent), undefined);
  t.is(publicAddressOf(journal(...havip, ...first), tencent), '203.0.113.8');
  t.is(publicAddressOf(journal(...first, taken('a')), tencent), undefined);
  t.is(publicAddressOf(journal(...first, taken('a'), ...second), tencent), '203.0.113.9');
  t.is(publicAddressOf(journal(...first, taken('h')), tencent), '203.0.113.8');
});

test('what was begun and not done is none', (t) => {
  const [intent] = made('a', 'eip:iam-prod', '203.0.113.8');
  t.is(publicAddressOf(journal(intent!), tencent), undefined);
});

test('the operator’s own, whatever the journal says; without a cloud none', (t) => {
  const eip = { kind: 'existing', address: '106.52.252.139' };
  const records = journal(...made('a', 'eip:iam-prod', '203.0.113.8'));
  for (const provider of ['tencent', 'console'])
    t.is(publicAddressOf(records, { cloud: { provider, eip } } as Cluster), '106.52.252.139');
  t.is(publicAddressOf(records, { cloud: { provider: 'none' } } as Cluster), undefined);
});
