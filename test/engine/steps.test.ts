import test from 'ava';
import { isChange } from '../../source/engine/probe.ts';
import { lookAt, makeStage, proveStage, stillHolds } from '../../source/engine/steps.ts';
import { type Check, InterruptedError, OperatorError } from '../../source/model/index.ts';
import { A, B, createWorld, file, holds, stage, type World } from './_world.ts';

function two(world: World) {
  return [
    stage('one', [file(world, A, 'x', 'X')], { checks: [holds(world, A, 'x', 'X')] }),
    stage('two', [file(world, B, 'y', 'Y')], { checks: [holds(world, B, 'y', 'Y')] }),
  ] as const;
}

test('a stage at a time: only it is changed, and only it is journalled as done', async (t) => {
  const world = createWorld();
  const [one, second] = two(world);
  const plan = await lookAt([one, second], world.ports);
  t.is(plan.filter(isChange).length, 2);
  t.is(await makeStage(one, world.ports), 1);
  t.deepEqual(await proveStage(one, world.ports), []);
  t.is(world.read(A, 'x'), 'X');
  t.is(world.read(B, 'y'), undefined);
  const done = world.journal.flatMap((record) =>
    record.type === 'stage-done' ? [record.stage] : [],
  );
  t.deepEqual(done, ['one']);
  t.is((await lookAt([second], world.ports)).filter(isChange).length, 1);
});

test('a failed check is told, and the stage is not done; mended, it is', async (t) => {
  const world = createWorld();
  const wanting = stage('one', [file(world, A, 'x', 'X')], { checks: [holds(world, A, 'z', 'Z')] });
  await makeStage(wanting, world.ports);
  t.is((await proveStage(wanting, world.ports))[0]?.problem.code, 'wrong-text');
  t.false(world.journal.some(({ type }) => type === 'stage-done'));
  t.true(world.events.some((event) => event.type === 'stage' && event.state === 'failed'));
  await makeStage(stage('other', [file(world, A, 'z', 'Z')]), world.ports);
  t.deepEqual(await proveStage(wanting, world.ports), []);
  t.true(world.journal.some(({ type }) => type === 'stage-done'));
});

/** A check of the second stage that fails where the first one's does, and says so. */
function standing(world: World, isExplained = true) {
  const [one] = two(world);
  const upon: Check = {
    ...holds(world, A, 'x', 'X'),
    id: 'upon/x',
    ...(isExplained && { explainedBy: ['holds/a/*'] }),
  };
  return [one, stage('two', [], { checks: [upon] })] as const;
}

const saidOf = (world: World) =>
  world.events.flatMap((event) =>
    event.type === 'check' ? [[event.stage, event.verdict, event.because]] : [],
  );

test('a failure whose cause lies in an earlier stage is named there, and only there', async (t) => {
  const world = createWorld();
  const [one, second] = standing(world);
  const failures = await proveStage(second, world.ports, [one]);
  t.deepEqual(
    failures.map((each) => each.stage),
    ['one'],
  );
  t.deepEqual(saidOf(world), [
    ['one', 'failed', undefined],
    ['two', 'unknown', 'holds/a/x'],
  ]);
  t.false(world.journal.some(({ type }) => type === 'stage-done'));
});

test('a failure of its own stays its own, whatever holds before it', async (t) => {
  const world = createWorld();
  const [one] = two(world);
  await makeStage(one, world.ports);
  const wanting = stage('two', [], { checks: [holds(world, B, 'y', 'Y')] });
  const failures = await proveStage(wanting, world.ports, [one]);
  t.deepEqual(
    failures.map((each) => each.stage),
    ['two'],
  );
  t.deepEqual(saidOf(world), [
    ['one', 'passed', undefined],
    ['two', 'failed', undefined],
  ]);
});

test('two failures that do not explain one another are two', async (t) => {
  const world = createWorld();
  const [one, second] = standing(world, false);
  const failures = await proveStage(second, world.ports, [one]);
  t.deepEqual(
    failures.map((each) => each.stage),
    ['one', 'two'],
  );
});

test('where nothing fails, earlier stages are not measured', async (t) => {
  const world = createWorld();
  const [one, second] = two(world);
  await makeStage(second, world.ports);
  t.deepEqual(await proveStage(second, world.ports, [one]), []);
  t.deepEqual(saidOf(world), [['two', 'passed', undefined]]);
});

test('a change that fails is an OperatorError, and a second try makes what is left', async (t) => {
  const world = createWorld();
  const broken = stage('one', [
    file(world, A, 'x', 'X'),
    file(world, A, 'y', 'Y', 'echo no >&2; exit 3'),
  ]);
  await t.throwsAsync(() => makeStage(broken, world.ports), { instanceOf: OperatorError });
  const mended = stage('one', [file(world, A, 'x', 'X'), file(world, A, 'y', 'Y')]);
  t.is(await makeStage(mended, world.ports), 1);
});

test('asked to stop, nothing more is begun', async (t) => {
  const world = createWorld();
  const [one] = two(world);
  world.stop.requested = true;
  await t.throwsAsync(() => makeStage(one, world.ports), { instanceOf: InterruptedError });
  t.is(world.read(A, 'x'), undefined);
});

test('whether what was done still holds is asked, not remembered', async (t) => {
  const world = createWorld();
  const [one, second] = two(world);
  await makeStage(one, world.ports);
  const judged = await stillHolds([one, second], world.ports);
  t.deepEqual(
    judged.map(({ stage: id, verdict }) => [id, verdict.state]),
    [
      ['one', 'passed'],
      ['two', 'failed'],
    ],
  );
});
