import test from 'ava';
import { apply } from '../../source/engine/apply.ts';
import { destroyCloud, planDestroy } from '../../source/engine/cloud/destroy.ts';
import { generationOf } from '../../source/engine/cloud/records.ts';
import {
  type CloudEnd,
  InterruptedError,
  type JournalBody,
  OperatorError,
  problem,
  type SecurityRule,
} from '../../source/model/index.ts';
import { addressSeen, bound, cloudWorld, haVipSeen, OWNER, vip } from './_cloud.ts';
import { stage } from './_world.ts';

const ids = { requestId: 'r', traceId: 't' };
const REFUSED: CloudEnd = { kind: 'failed', problem: problem('cloud-refused'), ...ids };
const LOST: CloudEnd = { kind: 'unknown', problem: problem('cloud-answer-lost'), ...ids };
const stages = [
  stage('virtual-ip', [], { cloud: [vip()] }),
  stage('public', [], { cloud: [bound()] }),
];
const NOTHING = { undone: [], left: [], kept: [], problems: [] };

/** A world in which everything of the stages is made. */
async function made(haVips = [] as Parameters<typeof haVipSeen>[0][]) {
  const world = cloudWorld();
  const { cloud, ports } = world;
  cloud.haVips = haVips.map(haVipSeen);
  cloud.onLook = () => {
    cloud.haVips = cloud.haVips.map((one) => ({ ...one, holder: 'ins-1' }));
  };
  const closing = { nodes: [], script: () => [] };
  await apply({ stages, ports, confirm: async () => true, closing });
  cloud.performed.length = 0;
  world.waits.length = 0;
  return { ...world, destroy: () => destroyCloud(ports, OWNER) };
}

const undoneRecords = (journal: readonly JournalBody[]) =>
  journal.filter((one) => one.type === 'cloud-undone');

test('everything of ours goes, in the order in which it can; a second destroy finds nothing', async (t) => {
  const { destroy, cloud, journal, events } = await made();
  const undone = ['eip-binding:havip-1', 'eip:eip-1', 'ha-vip:havip-1'];
  t.deepEqual(await destroy(), { ...NOTHING, undone });
  t.deepEqual(cloud.kinds(), ['unbind', 'remove-public-address', 'remove-ha-vip']);
  t.deepEqual([cloud.haVips, cloud.publicAddresses], [[], []]);
  t.deepEqual([generationOf(journal, 'havip'), generationOf(journal, 'eip')], [1, 1]);
  t.true(undoneRecords(journal).some((one) => 'requestId' in one && one.requestId === 'request-1'));
  const said = events.flatMap((one) =>
    one.type === 'change' && one.code === 'undo'
      ? [`${one.stage} ${one.resource} ${one.state}`]
      : [],
  );
  t.deepEqual(said.slice(0, 2), [
    'public eip-binding:havip-1 started',
    'public eip-binding:havip-1 done',
  ]);
  t.deepEqual(await destroy(), NOTHING);
});

test('what would go is said before, and nothing is done', async (t) => {
  const { ports, cloud, events } = await made();
  const { undone } = await planDestroy(ports, OWNER);
  t.deepEqual(undone, ['eip-binding:havip-1', 'eip:eip-1', 'ha-vip:havip-1']);
  t.deepEqual(cloud.kinds(), []);
  t.is(events.filter((one) => one.type === 'change' && one.code === 'undo').length, 3);
});

test('what was adopted stays, and is listed; what we bound to it is unbound', async (t) => {
  const { destroy, cloud } = await made([{ id: 'havip-9' }]);
  const { undone, kept, left } = await destroy();
  t.deepEqual(undone, ['eip-binding:havip-9', 'eip:eip-1']);
  t.deepEqual([kept, left], [['ha-vip:10.0.4.99'], []]);
  t.like(cloud.haVips, [{ id: 'havip-9', publicAddress: null }]);
});

test('our binding of two things that were there is undone; one that somebody made instead stays', async (t) => {
  const bind = async (now: string) => {
    const world = cloudWorld();
    world.cloud.haVips = [haVipSeen({ id: 'havip-9', publicAddress: now })];
    world.cloud.publicAddresses = [
      addressSeen({ address: '203.0.113.7', boundTo: 'havip-9' }),
      addressSeen({ id: 'eip-y', address: '203.0.113.8' }),
    ];
    await world.ports.journal.append([
      {
        ...{ type: 'cloud-intent', change: 'c', stage: 's', resource: 'r', owned: true },
        summary: { code: 'eip-bind' },
        actions: [{ kind: 'bind', haVip: 'havip-9', address: '203.0.113.7' }],
        undo: [{ kind: 'unbind', haVip: 'havip-9' }],
      },
    ]);
    return (await destroyCloud(world.ports, OWNER)).undone;
  };
  t.deepEqual(await bind('203.0.113.7'), ['eip-binding:havip-9']);
  t.deepEqual(await bind('203.0.113.8'), []);
});

test('one that will not go does not keep the others, but for what cannot go before it', async (t) => {
  const { destroy, cloud, journal } = await made();
  cloud.ends.set('remove-public-address', { end: REFUSED });
  const first = await destroy();
  t.deepEqual(first.undone, ['eip-binding:havip-1', 'ha-vip:havip-1']);
  t.deepEqual([first.left, first.problems[0]?.code], [['eip:eip-1'], 'cloud-refused']);
  t.is(generationOf(journal, 'eip'), 0);
  t.deepEqual((await destroy()).undone, ['eip:eip-1']);
  const stuck = await made();
  stuck.cloud.ends.set('unbind', { end: REFUSED });
  t.is((await stuck.destroy()).left.length, 3);
  t.deepEqual(stuck.cloud.kinds(), ['unbind'], 'the others would be refused');
  const lost = await made();
  lost.cloud.ends.set('unbind', { end: LOST, after: true });
  t.is((await lost.destroy()).undone.length, 3, 'it was only the answer that was lost');
});

test('what the cloud shows counts, not what a call said', async (t) => {
  const { destroy, cloud } = await made();
  cloud.ends.set('remove-ha-vip', { end: LOST, after: true });
  const lost = await destroy();
  t.deepEqual([lost.left, lost.undone.at(-1)], [[], 'ha-vip:havip-1']);
  const lying = await made();
  lying.cloud.ends.set('remove-ha-vip', {
    end: { ...ids, kind: 'done', outputs: {}, isNew: true },
  });
  t.deepEqual((await lying.destroy()).left, ['ha-vip:havip-1']);
  t.is(lying.waits.length, 15, 'it had time to go');
});

test('a run that died around its call: what may have been made is looked for, and goes', async (t) => {
  const { destroy, cloud, waits, journal } = await made();
  const killed = journal.filter(({ type }) => type === 'cloud-intent');
  journal.length = 0;
  journal.push(...killed);
  cloud.stale = 5;
  t.is((await destroy()).undone.length, 3);
  t.is(waits.length, 5);
  t.deepEqual([cloud.haVips, cloud.publicAddresses], [[], []]);
});

test('an intent whose call was never made is done with, after a while of looking', async (t) => {
  const { destroy, cloud, waits, journal } = await made();
  const killed = journal.filter(({ type }) => type === 'cloud-intent');
  journal.length = 0;
  journal.push(...killed);
  cloud.haVips = [];
  cloud.publicAddresses = [];
  t.deepEqual(await destroy(), NOTHING);
  t.is(waits.length, 15);
  t.is(undoneRecords(journal).length, 2);
  t.deepEqual(await destroy(), NOTHING);
  t.is(waits.length, 15, 'and not looked for again');
});

test('what has our mark, or our name and no mark, goes without the journal, too; nothing else does', async (t) => {
  const { ports, cloud } = cloudWorld();
  const { session, name } = OWNER;
  cloud.haVips = [
    haVipSeen({ id: 'havip-1', session, publicAddress: '203.0.113.7' }),
    haVipSeen({ id: 'havip-2', name }),
    haVipSeen({ id: 'havip-3', name, session: 'ba9876543210' }),
    haVipSeen({ id: 'havip-4' }),
  ];
  cloud.publicAddresses = [addressSeen({ address: '203.0.113.7' })];
  const undone = ['eip-binding:havip-1', 'ha-vip:havip-1', 'ha-vip:havip-2'];
  t.deepEqual(await destroyCloud(ports, OWNER), { ...NOTHING, undone });
  t.deepEqual(
    cloud.haVips.map(({ id }) => id),
    ['havip-3', 'havip-4'],
  );
  t.is(cloud.publicAddresses.length, 1);
});

/** A rule of ours, and one of somebody else's, in a group. */
async function ruled() {
  const world = cloudWorld();
  const description = `iamha ${OWNER.session} http`;
  const rule = (text: string): SecurityRule => ({
    ...{ direction: 'in', protocol: 'tcp', ports: '80', peer: '0.0.0.0/0', peerGroup: null },
    ...{ verdict: 'accept', description: text },
  });
  const rules = [rule(description), rule('theirs')];
  world.cloud.securityGroups = [{ id: 'sg-1', name: 'sg', rules }];
  const undo = {
    kind: 'remove-security-rule',
    group: 'sg-1',
    direction: 'in',
    description,
  } as const;
  await world.ports.journal.append([
    {
      ...{ type: 'cloud-intent', change: 'c', stage: 's', resource: 'r', owned: true },
      ...{ summary: { code: 'x' }, undo: [undo] },
      actions: [{ kind: 'add-security-rule', group: 'sg-1', rule: rule(description) }],
    },
  ]);
  return { ...world, name: `security-rule:sg-1/in/${description}` };
}

test('rules of ours go from the groups that the journal names; other people’s stay', async (t) => {
  const { ports, cloud, name } = await ruled();
  t.deepEqual((await destroyCloud(ports, OWNER)).undone, [name]);
  t.deepEqual(
    cloud.securityGroups[0]?.rules.map((one) => one.description),
    ['theirs'],
  );
});

test('a group that is not told keeps nothing else; its rule is tried, and is left if it will not go', async (t) => {
  const gone = await ruled();
  gone.cloud.hidesGroups = true;
  gone.cloud.publicAddresses = [addressSeen({ id: 'eip-1', session: OWNER.session })];
  const undone = ['eip:eip-1', gone.name];
  t.deepEqual(await destroyCloud(gone.ports, OWNER), { ...NOTHING, undone });
  const stuck = await ruled();
  stuck.cloud.hidesGroups = true;
  stuck.cloud.ends.set('remove-security-rule', { end: REFUSED });
  t.deepEqual((await destroyCloud(stuck.ports, OWNER)).left, [stuck.name]);
});

test('a cloud that does not say is told, and nothing is taken for gone', async (t) => {
  const { destroy, cloud, journal } = await made();
  cloud.blind = true;
  await t.throwsAsync(destroy(), { instanceOf: OperatorError });
  t.is(undoneRecords(journal).length, 0);
});

test('a stop ends between two removals; the next destroy goes on', async (t) => {
  const { destroy, cloud, stop } = await made();
  cloud.onPerform = () => {
    stop.requested = true;
  };
  await t.throwsAsync(destroy(), { instanceOf: InterruptedError });
  t.deepEqual(cloud.kinds(), ['unbind']);
  stop.requested = false;
  cloud.onPerform = () => {};
  t.deepEqual((await destroy()).undone, ['eip:eip-1', 'ha-vip:havip-1']);
});
