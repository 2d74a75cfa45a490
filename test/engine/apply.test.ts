import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { apply } from '../../source/engine/apply.ts';
import { check } from '../../source/engine/check-run.ts';
import { changesToUndo, undo } from '../../source/engine/undo.ts';
import {
  InterruptedError,
  OperatorError,
  problem,
  revealContent,
  type StagePlan,
} from '../../source/model/index.ts';
import { A, B, createWorld, file, holds, stage, type World } from './_world.ts';

const yes = async () => true;

function run(world: World, stages: readonly StagePlan[], confirm: () => Promise<boolean> = yes) {
  return apply({ stages, ports: world.ports, confirm, closing: { nodes: [], script: () => [] } });
}

function code(error: unknown): string {
  return error instanceof OperatorError ? error.problems[0].code : String(error);
}

test('changes are made once: the second run finds nothing, in two round trips a node', async (t) => {
  const world = createWorld();
  const stages = [
    stage('one', [file(world, A, 'x', '1'), file(world, B, 'x', '1')], {
      checks: [holds(world, A, 'x', '1')],
    }),
    stage('two', [file(world, A, 'y', '2')], { checks: [holds(world, B, 'x', '1')] }),
  ];
  const first = await run(world, stages);
  t.is(first.changed, 3);
  t.deepEqual(
    first.judged.map((one) => one.verdict.state),
    ['passed', 'passed'],
  );
  t.is(world.read(B, 'x'), '1');
  const before = { ...world.ports.nodes.roundTrips() };
  const second = await run(world, stages);
  t.deepEqual([second.changed, second.unchanged], [0, 3]);
  const after = world.ports.nodes.roundTrips();
  t.deepEqual([after[A]! - before[A]!, after[B]! - before[B]!], [2, 2]);
});

test('the intent is on the disk before anything happens, the outcome after', async (t) => {
  const world = createWorld();
  await run(world, [stage('one', [file(world, A, 'x', '1'), file(world, A, 'y', '2')])]);
  t.deepEqual(world.log, [
    'intent a file:x',
    'run a x',
    'outcome done',
    'intent a file:y',
    'run a y',
    'outcome done',
  ]);
});

test('a no changes nothing, and is said to be one', async (t) => {
  const world = createWorld();
  const error = await t.throwsAsync(
    run(world, [stage('one', [file(world, A, 'x', '1')])], async () => false),
  );
  t.is(code(error), 'not-confirmed');
  t.is(world.read(A, 'x'), undefined);
});

test('with one refusal, or one problem of the facts, nothing at all is touched', async (t) => {
  const world = createWorld();
  writeFileSync(world.path(B, 'y'), 'foreign');
  const stages = [
    stage('one', [file(world, A, 'x', '1')]),
    stage('two', [file(world, B, 'y', '2')]),
  ];
  t.is(code(await t.throwsAsync(run(world, stages))), 'foreign-configuration');
  const facts = [stages[0]!, stage('two', [], { problems: [problem('port-taken')] })];
  t.is(code(await t.throwsAsync(run(world, facts))), 'port-taken');
  t.is(world.read(A, 'x'), undefined);
  t.deepEqual(world.log, []);
});

test('a failed check before the first change stops the run', async (t) => {
  const world = createWorld();
  const stages = [
    stage('first', [], { checks: [holds(world, A, 'nothing', '?')] }),
    stage('one', [file(world, A, 'x', '1')]),
  ];
  t.is(code(await t.throwsAsync(run(world, stages))), 'wrong-text');
  t.is(world.read(A, 'x'), undefined);
});

test('a failed change stops its node and what comes after; the next run goes on', async (t) => {
  const world = createWorld();
  const broken = [
    stage('one', [file(world, A, 'x', '1'), file(world, A, 'y', '2', 'echo no room >&2; exit 4')]),
    stage('two', [file(world, A, 'z', '3')]),
  ];
  const error = await t.throwsAsync(run(world, broken), { instanceOf: OperatorError });
  t.like(error?.problems[0], {
    code: 'action-failed',
    node: 'a',
    detail: 'no room',
    params: { exitCode: 4 },
  });
  t.deepEqual(
    [world.read(A, 'x'), world.read(A, 'y'), world.read(A, 'z')],
    ['1', undefined, undefined],
  );
  const mended = [stage('one', [file(world, A, 'x', '1'), file(world, A, 'y', '2')]), broken[1]!];
  t.is((await run(world, mended)).changed, 2);
});

test('a step that met a full disk is told as one', async (t) => {
  const world = createWorld();
  const full = 'echo "printf: write error: No space left on device" >&2; exit 1';
  const stages = [stage('one', [file(world, A, 'x', '1', full)])];
  t.is(code(await t.throwsAsync(run(world, stages))), 'no-space-left');
});

test('a resource that does not settle is said', async (t) => {
  const world = createWorld();
  const stages = [stage('one', [file(world, A, 'x', '1', 'true')])];
  t.is(code(await t.throwsAsync(run(world, stages))), 'not-settled');
});

test('one by one: a node begins when the one before it is done; what disturbs nothing comes first', async (t) => {
  const world = createWorld();
  const quiet = (node: typeof A) => ({
    ...file(world, node, 'p', '0'),
    disturbsNothing: true as const,
  });
  const resources = [A, B].flatMap((node) => [
    quiet(node),
    file(world, node, 'x', '1'),
    file(world, node, 'y', '2'),
  ]);
  await run(world, [stage('one', resources, { order: 'one-by-one' })]);
  const ran = world.log.filter((line) => line.startsWith('run '));
  t.deepEqual(ran.slice(0, 2).toSorted(), ['run a p', 'run b p']);
  t.deepEqual(ran.slice(2), ['run a x', 'run a y', 'run b x', 'run b y']);
});

test('a lower turn is done on all nodes first, and the rest is planned anew in between', async (t) => {
  const world = createWorld();
  const turned = (node: typeof A, name: string, turn: number) => {
    const made = file(world, node, name, '1');
    const plan: typeof made.plan = (output) => {
      const planned = made.plan(output);
      return planned.kind === 'change'
        ? { ...planned, change: { ...planned.change, turn } }
        : planned;
    };
    return { ...made, plan };
  };
  // due only once b's first change is made, as a daemon is that another step has stopped
  const after = {
    ...turned(B, 'late', 2),
    probe: [`[ -e ${world.path(B, 'x')} ] || { echo there; printf 1; }`],
  };
  const late = {
    ...after,
    plan: (output: Parameters<typeof after.plan>[0]) =>
      world.read(B, 'late')
        ? { kind: 'settled' as const, reason: { code: 'x' } }
        : after.plan(output),
  };
  const resources = [
    turned(A, 'x', 2),
    file(world, A, 'quiet', '0'),
    turned(B, 'x', 1),
    turned(B, 'y', 3),
    late,
  ];
  await run(world, [stage('one', resources, { order: 'one-by-one' })]);
  t.deepEqual(
    world.log.filter((line) => line.startsWith('run ')),
    ['run a quiet', 'run b x', 'run a x', 'run b late', 'run b y'],
  );
});

test('asked to stop, it finishes the action in hand; the next run goes on from there', async (t) => {
  const world = createWorld();
  const stages = [
    stage(
      'one',
      ['x', 'y', 'z'].map((name) => file(world, A, name, name)),
    ),
  ];
  const { run: plainRun } = world.ports.nodes;
  const stopping: World = {
    ...world,
    ports: {
      ...world.ports,
      nodes: {
        ...world.ports.nodes,
        run: (node, script, options) => {
          if (revealContent(script).includes('\n# change y\n')) world.stop.requested = true;
          return plainRun(node, script, options);
        },
      },
    },
  };
  await t.throwsAsync(run(stopping, stages), { instanceOf: InterruptedError });
  t.deepEqual([world.read(A, 'y'), world.read(A, 'z')], ['y', undefined]);
  t.is(world.log.at(-1), 'outcome done');
  world.stop.requested = false;
  t.is((await run(world, stages)).changed, 1);
});

test('check names what is not as applied, and changes nothing', async (t) => {
  const world = createWorld();
  const stages = [
    stage('one', [file(world, A, 'x', '1')], { checks: [holds(world, A, 'x', '1')] }),
  ];
  await run(world, stages);
  writeFileSync(world.path(A, 'x'), 'edited');
  const judged = await check(stages, world.ports);
  t.deepEqual(
    judged.map(({ check: one, verdict }) => [one.id, verdict.state, verdict.reason.code]),
    [
      ['applied/a/file:x', 'failed', 'drift'],
      ['holds/a/x', 'failed', 'wrong-text'],
    ],
  );
  t.is(world.read(A, 'x'), 'edited');
});

test('undo walks back over several runs to what was there before the first', async (t) => {
  const world = createWorld();
  writeFileSync(world.path(A, 'x'), 'theirs');
  const version = (text: string) => [
    stage('one', [file(world, A, 'x', text), file(world, B, 'new', text)]),
  ];
  await run(world, version('1'));
  await run(world, version('2'));
  const options = { ports: world.ports, stages: [], removePackages: false };
  const outcome = await undo(options);
  t.deepEqual(outcome.left, []);
  t.deepEqual([world.read(A, 'x'), world.read(B, 'new')], ['theirs', undefined]);
  t.deepEqual((await undo(options)).undone, []);
});

test('a folder that goes with another change is left by none', async (t) => {
  const world = createWorld();
  const folder = world.path(A, 'folder');
  mkdirSync(folder);
  writeFileSync(join(folder, 'x'), '1');
  const intent = { type: 'intent', stage: 'one', node: 'a', resource: 'set', parts: [] } as const;
  const away = { kind: 'remove-directory', path: folder } as const;
  const written = createHash('sha256').update('1').digest('hex');
  const before = { kind: 'absent' } as const;
  const x = { kind: 'restore-file', path: join(folder, 'x'), written, before } as const;
  await world.ports.journal.append([
    { ...intent, change: 'older', undo: [x, away] },
    { ...intent, change: 'newer', undo: [away] },
  ]);
  const options = { ports: world.ports, stages: [], removePackages: false };
  t.deepEqual((await undo(options)).left, []);
  t.deepEqual(changesToUndo(world.journal, []), []);
});

test('undo of some stages leaves the others; what somebody edited stays and is left', async (t) => {
  const world = createWorld();
  await run(world, [
    stage('one', [file(world, A, 'x', '1')]),
    stage('two', [file(world, A, 'y', '2')]),
  ]);
  writeFileSync(world.path(A, 'y'), 'edited');
  const two = await undo({ ports: world.ports, stages: ['two'], removePackages: false });
  t.deepEqual(two.left, [`a:file:${world.path(A, 'y')}`]);
  t.deepEqual([world.read(A, 'x'), world.read(A, 'y')], ['1', 'edited']);
});
