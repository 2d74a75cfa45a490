import test from 'ava';
import { type NodeName, revealContent, Secret } from '../../source/model/index.ts';
import { type OwnCommandOptions, ownCommand } from '../../source/resources/own-command.ts';
import { assertParses, canUnshare, World } from './world.ts';

const real = canUnshare() ? test : test.skip;

const OPTIONS: OwnCommandOptions = {
  step: 'note',
  node: 'iam-1' as NodeName,
  title: { en: 'Leave a note', zh: '留言' },
  run: 'printf "%s" "$IAM_HA_NODE" >>/srv/note',
  undo: 'rm /srv/note',
  environment: { values: { IAM_HA_NODE: "it's $(iam)" }, secrets: [] },
  seconds: 60,
  effect: 'none',
  where: (part) => ({ file: 'own.yaml', line: 7, field: `stages[1].command.${part}` }),
};

const command = (more: Partial<OwnCommandOptions> = {}) => ownCommand({ ...OPTIONS, ...more });

real('it runs once, is settled by its record, and is taken back without a trace', async (t) => {
  const world = new World();
  const before = world.manifest();
  const note = command();
  t.regex(note.id, /^command:note@[0-9a-f]{12}$/);
  const { change, result } = world.apply(note);
  t.is(result.exitCode, 0, result.stderr);
  t.is(world.read('srv/note'), "it's $(iam)");
  t.like(change.parts[0], { resource: note.id, diff: `+${OPTIONS.run}\n` });
  t.like(world.plan(note), { kind: 'settled', reason: { code: 'own-command-done' } });
  t.is(await world.undo(change), `undone ${note.id}\n`);
  t.deepEqual(
    world.manifest().filter((line) => !/^lib\/iam-ha-wizard \d/.test(line)),
    before,
  );
  t.is(world.plan(note).kind, 'change');
  world.remove();
});

real(
  'an undo runs once, however often the command was tried, and whoever else undoes',
  async (t) => {
    const world = new World();
    const failing = command({
      run: 'echo x >>/srv/note\ntest -e /srv/ready\necho late >>/srv/note',
    });
    const first = world.apply(failing);
    t.is(first.result.exitCode, 1);
    t.regex(first.result.stderr, /^@problem own-command-failed$/m);
    t.is(world.read('srv/note'), 'x\n', 'it stops at the first command that fails');
    t.is(world.plan(failing).kind, 'change', 'half a run is not done');
    world.write('srv/ready', '');
    const second = world.apply(failing);
    t.is(second.result.exitCode, 0);
    t.regex(await world.undo(second.change), /^undone/);
    t.regex(await world.undo(first.change), /^undone/, 'rm would fail the second time');
    world.remove();
  },
);

real('another command is another step: each undo takes back its own', async (t) => {
  const world = new World();
  const one = world.apply(command({ run: 'touch /srv/a', undo: 'rm /srv/a' })).change;
  const changed = command({ run: 'touch /srv/b', undo: 'rm /srv/b' });
  const two = world.apply(changed).change;
  t.is(world.plan(changed).kind, 'settled');
  const back = command({ run: 'touch /srv/a', undo: 'rm /srv/a' });
  t.is(world.plan(back).kind, 'change', 'the first one is no more what was done last');
  t.regex(await world.undo(two), /^undone/);
  t.regex(await world.undo(one), /^undone/);
  t.deepEqual(world.manifest('srv').length, 1);
  world.remove();
});

test('another value of the cluster makes it another command, if the command uses it', (t) => {
  const id = (run: string, vip: string, node = 'iam-1') => {
    const values = { IAM_HA_NODE: node, IAM_HA_VIP: vip };
    return command({ run, environment: { values, secrets: [] } }).id;
  };
  t.is(id('touch /srv/x', '10.0.4.99'), id('touch /srv/x', '10.0.4.98'));
  const uses = 'echo $IAM_HA_VIP $IAM_HA_NODE';
  t.not(id(uses, '10.0.4.99'), id(uses, '10.0.4.98'));
  t.is(id(uses, '10.0.4.99'), id(uses, '10.0.4.99', 'iam-2'), 'the same on every node');
});

real('a step of a name that begins like another’s leaves that one’s record alone', (t) => {
  const world = new World();
  const longer = command({ step: 'note-two', run: 'true' });
  world.apply(longer);
  world.apply(command());
  t.is(world.plan(longer).kind, 'settled');
  world.remove();
});

real('with a probe, the probe alone says whether it is right', async (t) => {
  const world = new World();
  const probed = command({ probe: 'test -e /srv/note' });
  const { change } = world.apply(probed);
  t.like(world.plan(probed), { kind: 'settled', reason: { code: 'own-command-right' } });
  world.run('rm /srv/note');
  t.like(world.plan(probed), {
    kind: 'change',
    change: { drift: { code: 'own-command-due', file: 'own.yaml', node: 'iam-1' } },
  });
  t.regex(await world.undo(change), /^left command:note@/, 'an undo that fails is said');
  const unmet = world.apply(command({ run: 'true', probe: 'test -e /srv/nothing' }));
  t.regex(unmet.result.stderr, /^@problem own-probe-unmet$/m);
  world.remove();
});

real('what stays by design is kept, and its record goes', async (t) => {
  const world = new World();
  const { change } = world.apply(command({ undo: null }));
  const said = await world.undo(change);
  t.regex(said, /^kept command:note@/m);
  t.notRegex(said, /^left/m);
  t.is(world.manifest('lib').filter((line) => line.includes('steps')).length, 0);
  world.remove();
});

real('what is not bash is refused before anything runs, with its line in the file', (t) => {
  const world = new World();
  for (const part of ['run', 'undo', 'probe'] as const) {
    const planned = world.plan(command({ [part]: 'touch /srv/no\nif true; then' }));
    t.like(planned, {
      kind: 'refused',
      problem: { code: 'own-script-syntax', file: 'own.yaml', field: `stages[1].command.${part}` },
    });
    t.regex(planned.kind === 'refused' ? (planned.problem.detail ?? '') : '', /line 3/);
  }
  t.deepEqual(world.manifest('srv').length, 1);
  world.remove();
});

real('what it does to the shell around it stays its own', (t) => {
  const world = new World();
  const rude = command({
    run: `exec 1>&- 2>&-; trap 'exit 9' EXIT; set +e; false; echo '"' "')" >/srv/note; trap - EXIT`,
  });
  t.is(world.apply(rude).result.exitCode, 0);
  t.is(world.read('srv/note'), '" \')\n');
  t.is(world.plan(rude).kind, 'settled');
  world.remove();
});

real('a command that does not end is ended, and said to hang', (t) => {
  const world = new World();
  const { result } = world.apply(command({ run: 'sleep 60', seconds: 1 }));
  t.is(result.exitCode, 124);
  t.regex(result.stderr, /^@problem own-command-hangs$/m);
  world.remove();
});

real('a secret is in its environment, and nowhere that is kept', (t) => {
  const world = new World();
  const secret = new Secret('TOKEN', "pa'ss $(word)");
  const environment = { ...OPTIONS.environment, secrets: [secret] };
  const secretive = command({
    environment,
    run: `printf %s "$TOKEN" >/srv/note; tr '\\0' ' ' </proc/$$/cmdline >/srv/words`,
  });
  const { change } = world.apply(secretive);
  t.is(world.read('srv/note'), secret.reveal());
  t.notRegex(world.read('srv/words'), /ss \$/);
  t.false(JSON.stringify(change).includes('ss $'));
  t.false(world.manifest('lib').some((line) => line.includes('TOKEN')));
  const long = () =>
    command({ environment, seconds: 601 }).plan({
      kind: 'exited',
      exitCode: 0,
      stdout: 'record none\nend\n',
      stderr: '',
    });
  t.throws(long, { message: /secret/ });
  world.remove();
});

test('a long one is a unit of its own on the node', (t) => {
  const planned = command({ seconds: 601, probe: 'true' }).plan({
    ...{ kind: 'exited', exitCode: 0, stdout: 'record none\nprobe 1\nend\n', stderr: '' },
  });
  t.is(planned.kind, 'change');
  if (planned.kind !== 'change') return;
  const [action] = planned.change.actions;
  t.like(action, { kind: 'long', name: 'step-note', timeoutMs: 631_000 });
  if (action?.kind === 'long') assertParses(action.script);
});

test('a probe that hangs, and one that said nothing, change nothing', (t) => {
  const plan = (stdout: string) =>
    command({ probe: 'sleep 99' }).plan({ kind: 'exited', exitCode: 0, stdout, stderr: '' });
  t.like(plan('record none\nprobe 124\nend\n'), { problem: { code: 'own-probe-hangs' } });
  t.like(plan('record none\n'), { problem: { code: 'probe-unreadable' } });
  assertParses(revealContent(command({ probe: "it's (" }).probe));
});
