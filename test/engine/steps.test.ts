import test from 'ava';
import { isChange } from '../../source/engine/probe.ts';
import { lookAt, makeStage, proveStage, stillHolds } from '../../source/engine/steps.ts';
import { InterruptedError, OperatorError } from '../../source/model/index.ts';
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
  t.is((await proveStage(wanting, world.ports))[0]?.code, 'wrong-text');
  t.false(world.journal.some(({ type }) => type === 'stage-done'));
  t.true(world.events.some((event) => event.type === 'stage' && event.state === 'failed'));
  await makeStage(stage('other', [file(world, A, 'z', 'Z')]), world.ports);
  t.deepEqual(await proveStage(wanting, world.ports), []);
  t.true(world.journal.some(({ type }) => type === 'stage-done'));
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
