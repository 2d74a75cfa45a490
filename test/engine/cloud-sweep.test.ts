import test from 'ava';
import { thingsInUse } from '../../source/engine/cloud/own.ts';
import { orphansOf, removeOrphans } from '../../source/engine/cloud/sweep.ts';
import { type CloudEnd, type CloudSeen, OperatorError, problem } from '../../source/model/index.ts';
import { addressSeen, cloudWorld, haVipSeen, OWNER } from './_cloud.ts';

const LOST = 'lostlostlost';
const LIVING = { sessions: [OWNER.session], things: [] as string[] };
const told = { begun: () => {}, ended: async () => {} };

function world() {
  const made = cloudWorld();
  const { cloud, ports } = made;
  cloud.haVips = [
    haVipSeen({ id: 'havip-1', session: OWNER.session }),
    haVipSeen({ id: 'havip-2', session: LOST, publicAddress: '203.0.113.2', holder: 'ins-1' }),
    haVipSeen({ id: 'havip-3' }),
  ];
  cloud.publicAddresses = [
    addressSeen({ id: 'eip-2', address: '203.0.113.2', session: LOST, boundTo: 'havip-2' }),
    addressSeen({ id: 'eip-3', address: '203.0.113.3', session: LOST, madeAt: '2026-11-22' }),
    addressSeen({ id: 'eip-4' }),
  ];
  return { ...made, remover: { cloud, clock: ports.clock, stop: ports.stop } };
}

function seenIn({ haVips, publicAddresses }: ReturnType<typeof world>['cloud']): CloudSeen {
  return { haVips, publicAddresses, securityGroups: [] };
}

test('an orphan has a mark of ours and no session; whether it may be in use is told', (t) => {
  const { cloud } = world();
  const orphans = orphansOf(seenIn(cloud), LIVING);
  t.deepEqual(
    orphans.map(({ id, usedBy, since }) => [id, usedBy, since]),
    [
      ['havip-2', '203.0.113.2', null],
      ['eip-2', 'havip-2', null],
      ['eip-3', null, '2026-11-22'],
    ],
  );
});

test('what a living session took over is no orphan, nor what leads to it', async (t) => {
  const { cloud, ports } = world();
  await ports.journal.append([
    {
      ...{ type: 'cloud-intent', change: 'c', stage: 's', resource: 'ha-vip:x', owned: false },
      ...{ summary: { code: 'x' }, actions: [], undo: [{ kind: 'keep', what: 'ha-vip:x' }] },
    },
    {
      ...{ type: 'cloud-outcome', change: 'c', state: 'done', outputs: { id: 'havip-2' } },
      ...{ requestId: '', traceId: '' },
    },
  ]);
  const things = thingsInUse(ports.journal.records());
  const orphans = orphansOf(seenIn(cloud), { ...LIVING, things });
  t.deepEqual(
    orphans.map(({ id }) => id),
    ['eip-3'],
  );
});

test('it is looked for in the whole region; a cloud that says nothing ends it', async (t) => {
  const { cloud, remover } = world();
  await removeOrphans(remover, [], told);
  t.deepEqual(cloud.looks.at(-1), [
    { kind: 'ha-vips', network: null },
    { kind: 'public-addresses' },
  ]);
  cloud.blind = true;
  await t.throwsAsync(removeOrphans(remover, [], told), { instanceOf: OperatorError });
});

test('orphans are unbound, released and deleted; everything else stays', async (t) => {
  const { cloud, remover } = world();
  const swept = await removeOrphans(remover, orphansOf(seenIn(cloud), LIVING), told);
  const removed = ['eip-binding:havip-2', 'eip:eip-2', 'eip:eip-3', 'ha-vip:havip-2'];
  t.deepEqual(swept, { removed, left: [], problems: [] });
  t.deepEqual(
    [...cloud.haVips, ...cloud.publicAddresses].map(({ id }) => id),
    ['havip-1', 'havip-3', 'eip-4'],
  );
});

test('only what was confirmed goes; one that will not go is left, and keeps no other', async (t) => {
  const { cloud, remover } = world();
  const orphans = orphansOf(seenIn(cloud), LIVING);
  const ids = { requestId: 'r', traceId: 't' };
  const end: CloudEnd = { kind: 'failed', problem: problem('cloud-refused'), ...ids };
  cloud.ends.set('remove-public-address', { end });
  const swept = await removeOrphans(
    remover,
    orphans.filter(({ id }) => id !== 'havip-2'),
    told,
  );
  t.deepEqual(swept.removed, ['eip-binding:havip-2', 'eip:eip-3']);
  t.deepEqual([swept.left, swept.problems[0]?.code], [['eip:eip-2'], 'cloud-refused']);
  t.true(cloud.haVips.some(({ id }) => id === 'havip-2'));
});
