import test from 'ava';
import { apply } from '../../source/engine/apply.ts';
import { doneByHand, openByHand, undoByHand } from '../../source/engine/by-hand.ts';
import { check } from '../../source/engine/check-run.ts';
import {
  type ByHand,
  type Check,
  failed,
  message,
  OperatorError,
  passed,
  problem,
  type StagePlan,
} from '../../source/model/index.ts';
import { A, createWorld, file, holds, stage, type World } from './_world.ts';

const BY_HAND: ByHand = {
  step: 'dns',
  title: { en: 'Set it', zh: '设置' },
  text: { en: 'Do it.', zh: '去做。' },
  undo: { en: 'Take it back.', zh: '撤回。' },
};

const manual = (checks: readonly Check[] = []) => stage('dns', [], { byHand: BY_HAND, checks });

function run(world: World, stages: readonly StagePlan[], byHand?: () => Promise<boolean>) {
  const closing = { nodes: [], script: () => [] };
  const confirm = async () => true;
  return apply({ stages, ports: world.ports, confirm, closing, ...(byHand && { byHand }) });
}

const code = (error: unknown) =>
  error instanceof OperatorError ? error.problems[0].code : String(error);

/** A claim of the operator's computer, true once `is` says so. */
function claim(is: () => boolean): Check {
  return {
    id: 'own/dns/here',
    node: null,
    title: message('own-words', { text: 'x' }),
    measurements: [],
    judge: () => (is() ? passed(message('fine')) : failed(problem('own-check-fails'))),
    explainedBy: ['by-hand/dns'],
    deadlineMs: 0,
  };
}

test('it is asked in its place, once; the second run asks nobody and changes nothing', async (t) => {
  const world = createWorld();
  const seen: (string | undefined)[] = [];
  const stages = [
    stage('one', [file(world, A, 'x', '1')]),
    manual(),
    stage('two', [file(world, A, 'y', '2')]),
  ];
  const ask = async () => {
    seen.push(world.read(A, 'x'), world.read(A, 'y'));
    return true;
  };
  t.is((await run(world, stages, ask)).changed, 3);
  t.deepEqual(seen, ['1', undefined]);
  t.is(world.read(A, 'y'), '2');
  const again = await run(world, stages, () => Promise.reject(new Error('asked again')));
  t.deepEqual([again.changed, again.unchanged], [0, 2]);
});

test('it is in the plan, and says where it stands: a change of no node', async (t) => {
  const world = createWorld();
  await run(world, [manual()], async () => true);
  const states = world.events.flatMap((event) =>
    event.type === 'change' && event.resource === 'manual:dns'
      ? [`${event.stage} ${event.node} ${event.state}`]
      : [],
  );
  t.deepEqual(states, ['dns null planned', 'dns null started', 'dns null done']);
});

test('a no stops there: what came before stays, what comes after is not begun', async (t) => {
  const world = createWorld();
  const stages = [
    stage('one', [file(world, A, 'x', '1')]),
    manual(),
    stage('two', [file(world, A, 'y', '2')]),
  ];
  const error = await t.throwsAsync(run(world, stages, async () => false));
  t.is(code(error), 'by-hand-not-done');
  t.deepEqual([world.read(A, 'x'), world.read(A, 'y')], ['1', undefined]);
  t.is(openByHand(stages, world.journal).length, 1);
});

test('where nobody can answer it is never passed over', async (t) => {
  const world = createWorld();
  t.is(code(await t.throwsAsync(run(world, [manual()]))), 'by-hand-not-done');
  t.deepEqual(doneByHand(world.journal), []);
});

test('it counts as done only when its check holds; then nobody is asked again', async (t) => {
  const world = createWorld();
  let isSet = false;
  const stages = [manual([claim(() => isSet)])];
  const error = await t.throwsAsync(run(world, stages, async () => true));
  t.is(code(error), 'own-check-fails');
  t.deepEqual(doneByHand(world.journal), []);
  isSet = true;
  t.is((await run(world, stages, async () => true)).changed, 1);
  t.is((await run(world, stages)).changed, 0);
});

test('check says that it is open, and that alone; done, it says when', async (t) => {
  const world = createWorld();
  const stages = [manual([claim(() => false)])];
  const open = await check(stages, world.ports);
  t.deepEqual(
    open.map(({ verdict }) => [verdict.state, verdict.because ?? verdict.problem?.code]),
    [
      ['failed', 'by-hand-open'],
      ['unknown', 'by-hand/dns'],
    ],
  );
  await run(world, [manual()], async () => true);
  const done = await check([manual()], world.ports);
  t.deepEqual(done[0]?.verdict, {
    state: 'passed',
    reason: message('by-hand-done', { at: 'now' }),
  });
});

test('an undo says what to take back by hand, once; a later apply asks again', async (t) => {
  const world = createWorld();
  await run(world, [manual()], async () => true);
  t.deepEqual(await undoByHand(doneByHand(world.journal), world.ports), ['manual:dns']);
  const said = world.events.findLast((event) => event.type === 'progress');
  t.like(said, { text: { code: 'by-hand-undo', params: { text: 'Take it back.' } }, keep: true });
  t.deepEqual(doneByHand(world.journal), []);
  t.is(openByHand([manual()], world.journal).length, 1);
});

test('a gate is measured in its place: what fails stops the run there', async (t) => {
  const world = createWorld();
  const gate = stage('gate', [], { checks: [holds(world, A, 'x', 'other')], gate: true });
  const stages = [
    stage('one', [file(world, A, 'x', '1')]),
    gate,
    stage('two', [file(world, A, 'y', '2')]),
  ];
  t.is(code(await t.throwsAsync(run(world, stages))), 'wrong-text');
  t.deepEqual([world.read(A, 'x'), world.read(A, 'y')], ['1', undefined]);
  const right = { ...gate, checks: [holds(world, A, 'x', '1')] };
  const { judged } = await run(world, [stages[0]!, right, stages[2]!]);
  t.is(judged.filter(({ stage: of }) => of === 'gate').length, 1, 'and once');
});

test('what a command that fails has printed is told, and stays out of the journal', async (t) => {
  const world = createWorld();
  const body = 'echo hunter2hunter2; echo hunter2hunter2 >&2; exit 3';
  const error = await t.throwsAsync(run(world, [stage('one', [file(world, A, 'x', '1', body)])]));
  t.regex((error as OperatorError).problems[0].detail ?? '', /hunter2/);
  t.like(world.journal.at(-1), { type: 'outcome', state: 'failed' });
  t.false(JSON.stringify(world.journal.at(-1)).includes('hunter2'));
});
