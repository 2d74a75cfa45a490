import test from 'ava';
import { apply } from '../../source/engine/apply.ts';
import { check } from '../../source/engine/check-run.ts';
import { adoptedId, generationOf, outputsOf } from '../../source/engine/cloud/records.ts';
import { partsOf } from '../../source/engine/probe.ts';
import { lookAt, makeStage } from '../../source/engine/steps.ts';
import {
  type Check,
  type CloudEnd,
  type CloudLook,
  failed,
  InterruptedError,
  message,
  OperatorError,
  passed,
  problem,
  type StagePlan,
} from '../../source/model/index.ts';
import { addressSeen, bound, cloudWorld, haVipSeen, vip } from './_cloud.ts';
import { A, file, stage, type World } from './_world.ts';

const ids = { requestId: 'r', traceId: 't' };
const LOST: CloudEnd = { kind: 'unknown', problem: problem('cloud-answer-lost'), ...ids };
const REFUSED: CloudEnd = {
  kind: 'failed',
  problem: problem('cloud-quota-full', {}, { detail: 'what a server said' }),
  ...ids,
};

function run(world: World, stages: readonly StagePlan[]) {
  const closing = { nodes: [], script: () => [] };
  return apply({ stages, ports: world.ports, confirm: async () => true, closing });
}

const code = (error: unknown) =>
  error instanceof OperatorError ? error.problems[0].code : String(error);

const two = [
  stage('virtual-ip', [], { cloud: [vip()] }),
  stage('public', [], { cloud: [bound()] }),
];

const hold = (cloud: { haVips: readonly object[] }) => {
  for (const one of cloud.haVips) Object.assign(one, { holder: 'ins-1' });
};

test('made once, in order, after the nodes; journalled; a second apply changes nothing', async (t) => {
  const world = cloudWorld();
  const { cloud, ports } = world;
  const mixed = stage('virtual-ip', [file(world, A, 'x', '1')], { cloud: [vip()] });
  cloud.onPerform = (action) => world.log.push(action.kind);
  cloud.onLook = () => hold(cloud);
  const first = await run(world, [mixed, two[1]!]);
  t.deepEqual([first.changed, first.unchanged], [3, 0]);
  const made = ['make-ha-vip', 'make-public-address', 'bind'];
  t.deepEqual(world.log, ['intent a file:x', 'run a x', 'outcome done', ...made]);
  const second = await run(world, [mixed, two[1]!]);
  t.deepEqual([second.changed, second.unchanged], [0, 3]);
  t.deepEqual(cloud.kinds(), made);
  const types = world.journal.flatMap(({ type }) => (type.startsWith('cloud') ? [type] : []));
  t.deepEqual(types, ['cloud-intent', 'cloud-outcome', 'cloud-intent', 'cloud-outcome']);
  t.like(outputsOf(ports.journal.records()), { 'ha-vip:10.0.4.99': { id: 'havip-1' } });
  const states = world.events.flatMap((one) =>
    one.type === 'change' && one.node === null ? [`${one.resource} ${one.code} ${one.state}`] : [],
  );
  t.deepEqual(states.slice(0, 4), [
    'ha-vip:10.0.4.99 ha-vip-make planned',
    'eip-binding:ha-vip:10.0.4.99 eip-bind planned',
    'ha-vip:10.0.4.99 ha-vip-make started',
    'ha-vip:10.0.4.99 ha-vip-make done',
  ]);
});

test('a plan looks once for all stages, at most once of each kind, and makes nothing', async (t) => {
  const world = cloudWorld();
  const other = { ...vip('ha-vip:other'), looks: [{ kind: 'ha-vips', network: 'vpc-2' }] as const };
  const plan = await lookAt([...two, stage('more', [], { cloud: [other] })], world.ports);
  t.deepEqual(world.cloud.looks, [
    [{ kind: 'ha-vips', network: null }, { kind: 'public-addresses' }],
  ] satisfies CloudLook[][]);
  t.deepEqual(
    partsOf(plan).map(({ node, resource }) => [node, resource]),
    [
      [null, 'ha-vip:10.0.4.99'],
      [null, 'eip-binding:ha-vip:10.0.4.99'],
      [null, 'ha-vip:other'],
    ],
  );
  t.deepEqual(world.cloud.performed, []);
});

test('the same address in another network is not taken for ours', async (t) => {
  const world = cloudWorld();
  world.cloud.haVips = [haVipSeen({ network: 'vpc-2' })];
  const [first] = await lookAt([two[0]!], world.ports);
  t.is(first?.planned.kind, 'change');
});

test('nothing is asked where no stage has anything in a cloud; without a cloud it is a bug', async (t) => {
  const world = cloudWorld();
  await run(world, [stage('one', [file(world, A, 'x', '1')])]);
  t.deepEqual(world.cloud.looks, []);
  const { cloud: _, ...ports } = world.ports;
  await t.throwsAsync(lookAt(two, ports), { instanceOf: Error, message: /no cloud/ });
});

test('a refusal forbids the whole run: no node is touched', async (t) => {
  const world = cloudWorld();
  const refused = problem('ha-vip-foreign');
  const foreign = { ...vip(), plan: () => ({ kind: 'refused', problem: refused }) as const };
  const stages = [
    stage('one', [file(world, A, 'x', '1')]),
    stage('virtual-ip', [], { cloud: [foreign] }),
  ];
  t.is(code(await t.throwsAsync(run(world, stages))), 'ha-vip-foreign');
  t.is(world.read(A, 'x'), undefined);
});

test('what has to wait is waited for in its stage, and made when it can be', async (t) => {
  const world = cloudWorld();
  let looks = 0;
  world.cloud.onLook = () => {
    looks += 1;
    if (looks === 20) hold(world.cloud);
  };
  const { changed } = await run(world, two);
  t.is(changed, 2);
  t.true(world.waits.length > 10 && world.waits.every((ms) => ms === 1000));
  t.is(world.cloud.haVips[0]?.publicAddress, '203.0.113.1');
});

test('what it waits for does not come: its problem after a minute, and nothing bought', async (t) => {
  const world = cloudWorld();
  t.is(code(await t.throwsAsync(run(world, two))), 'ha-vip-never-held');
  t.is(world.waits.length, 60);
  t.deepEqual(world.cloud.kinds(), ['make-ha-vip']);
});

test('a stage alone knows what earlier runs, or the stages before it, have made', async (t) => {
  const world = cloudWorld();
  await makeStage(two[0]!, world.ports);
  hold(world.cloud);
  t.is(await makeStage(two[1]!, world.ports), 1, 'from the journal');
  const other = cloudWorld();
  other.cloud.haVips = [haVipSeen({ id: 'havip-9', holder: 'ins-1' })];
  t.is(await makeStage(two[1]!, other.ports, [two[0]!]), 1, 'from the stage before it');
  t.like(other.cloud.performed.at(-1), { kind: 'bind', haVip: 'havip-9' });
});

test('a failure is journalled without a server’s words, told, and the next make has another token', async (t) => {
  const world = cloudWorld();
  world.cloud.ends.set('make-ha-vip', { end: REFUSED });
  t.is(code(await t.throwsAsync(run(world, [two[0]!]))), 'cloud-quota-full');
  const outcome = world.journal.find(({ type }) => type === 'cloud-outcome');
  t.like(outcome, { state: 'failed', requestId: 'r', problem: { code: 'cloud-quota-full' } });
  t.false(JSON.stringify(world.journal).includes('what a server said'));
  t.is(generationOf(world.journal, 'havip'), 1);
  t.is(generationOf(world.journal, 'eip'), 0);
  t.true(world.events.some((one) => one.type === 'change' && one.state === 'failed'));
  await run(world, [two[0]!]);
  t.is(generationOf(world.journal, 'havip'), 1);
});

test('an answer that was lost: the token stays; the next run finds it, and writes that down', async (t) => {
  const world = cloudWorld();
  world.cloud.ends.set('make-ha-vip', { end: LOST, after: true });
  t.is(code(await t.throwsAsync(run(world, [two[0]!]))), 'cloud-answer-lost');
  t.is(generationOf(world.journal, 'havip'), 0);
  t.is((await run(world, [two[0]!])).changed, 0);
  t.deepEqual(world.cloud.kinds(), ['make-ha-vip']);
  const last = world.journal.findLast(({ type }) => type === 'cloud-outcome');
  t.like(last, { state: 'done', outputs: { id: 'havip-1', address: '10.0.4.99' } });
});

test('whoever insists on a stop while an answer is open is not told of a failure', async (t) => {
  const world = cloudWorld();
  world.cloud.ends.set('make-ha-vip', { end: LOST });
  world.cloud.onPerform = () => {
    world.stop.requested = true;
  };
  await t.throwsAsync(run(world, [two[0]!]), { instanceOf: InterruptedError });
  t.like(
    world.journal.findLast(({ type }) => type === 'cloud-outcome'),
    { state: 'unknown' },
  );
});

test('what lags behind is waited for after a change; what never comes is said', async (t) => {
  const world = cloudWorld();
  world.cloud.onPerform = () => {
    world.cloud.stale = 5;
  };
  t.is((await run(world, [two[0]!])).changed, 1);
  const never = cloudWorld();
  never.cloud.onPerform = () => {
    never.cloud.stale = 1e9;
  };
  t.is(code(await t.throwsAsync(run(never, [two[0]!]))), 'cloud-not-settled');
  t.deepEqual(never.cloud.kinds(), ['make-ha-vip'], 'and it is not made twice');
});

test('a stop ends between two actions: the one in hand is finished and journalled', async (t) => {
  const world = cloudWorld();
  world.cloud.haVips = [haVipSeen({ holder: 'ins-1' })];
  world.cloud.onPerform = () => {
    world.stop.requested = true;
  };
  await t.throwsAsync(run(world, two), { instanceOf: InterruptedError });
  t.deepEqual(world.cloud.kinds(), ['make-public-address']);
  const outcome = world.journal.findLast(({ type }) => type === 'cloud-outcome');
  const halfway = { code: 'cloud-stopped-halfway' };
  t.like(outcome, { state: 'unknown', requestId: 'request-1', problem: halfway });
  t.is(generationOf(world.journal, 'eip'), 0);
});

test('a stop while something is waited for ends the waiting', async (t) => {
  const world = cloudWorld();
  await run(world, [two[0]!]);
  world.cloud.onLook = () => {
    if (world.waits.length > 3) world.stop.requested = true;
  };
  await t.throwsAsync(run(world, two), { instanceOf: InterruptedError });
  t.true(world.waits.length < 10);
});

test('what is somebody else’s is taken as it is, and written down once', async (t) => {
  const world = cloudWorld();
  world.cloud.haVips = [haVipSeen({})];
  for (const _ of [1, 2]) await run(world, [two[0]!]);
  const intents = world.journal.filter(({ type }) => type === 'cloud-intent');
  t.is(intents.length, 1);
  t.like(intents[0], { owned: false, undo: [{ kind: 'keep', what: 'ha-vip:10.0.4.99' }] });
  const records = world.ports.journal.records();
  t.is(adoptedId(records, 'ha-vip:10.0.4.99'), haVipSeen({}).id);
  t.is(adoptedId(records, 'eip:203.0.113.9'), undefined);
});

test('check claims what is in the cloud: as applied, drifted, or still to wait for', async (t) => {
  const world = cloudWorld();
  const verdicts = async () =>
    (await check(two, world.ports)).map((one) => [
      one.check.id,
      one.verdict.state,
      one.verdict.reason.code,
    ]);
  const binding = 'applied/cloud/eip-binding:ha-vip:10.0.4.99';
  t.deepEqual(await verdicts(), [
    ['applied/cloud/ha-vip:10.0.4.99', 'failed', 'cloud-drift'],
    [binding, 'unknown', 'explained'],
  ]);
  await run(world, [two[0]!]);
  t.deepEqual((await verdicts())[1], [binding, 'failed', 'ha-vip-never-held']);
  world.cloud.onLook = () => hold(world.cloud);
  await run(world, two);
  t.deepEqual(await verdicts(), [
    ['applied/cloud/ha-vip:10.0.4.99', 'passed', 'ha-vip-right'],
    [binding, 'passed', 'eip-bound'],
  ]);
  world.cloud.blind = true;
  t.deepEqual(await verdicts(), [
    ['cloud/look', 'failed', 'cloud-unreachable'],
    ['applied/cloud/ha-vip:10.0.4.99', 'unknown', 'explained'],
    [binding, 'unknown', 'explained'],
  ]);
});

function sees(id: string, looks: readonly CloudLook[]): Check {
  return {
    id,
    node: null,
    title: message('x'),
    measurements: [{ kind: 'cloud', looks }],
    judge: ([found]) => {
      if (found?.kind === 'cloud-unseen') return failed(found.problem);
      if (found?.kind !== 'cloud-seen') throw new Error('nobody expected this');
      const { haVips, publicAddresses } = found.seen;
      return passed(message('fine', { seen: haVips.length * 10 + publicAddresses.length }));
    },
    deadlineMs: 0,
  };
}

test('measurements of a round share one look, and each is given what it asked for', async (t) => {
  const world = cloudWorld();
  world.cloud.haVips = [haVipSeen({}), haVipSeen({ id: 'havip-y', network: 'vpc-2' })];
  world.cloud.publicAddresses = [addressSeen({})];
  const checks = [
    sees('one', [{ kind: 'ha-vips', network: 'vpc' }]),
    sees('two', [{ kind: 'ha-vips', network: 'vpc' }, { kind: 'public-addresses' }]),
  ];
  const stages = [stage('s', [], { checks })];
  const seen = async (ports: World['ports']) =>
    (await check(stages, ports)).map(({ verdict }) => verdict.reason.params?.seen ?? verdict);
  t.deepEqual(await seen(world.ports), [10, 11]);
  t.is(world.cloud.looks.length, 1);
  const { cloud: _, ...ports } = world.ports;
  t.like((await seen(ports))[0], { state: 'failed', problem: { code: 'cloud-not-opened' } });
});
