import { type Installed, packAndInstall, run as runHere } from '../package/_packed.ts';
import { down, inLab, type Line, labName } from './_lab.ts';

/** The package as a stranger has it, and nothing else of ours: it makes a lab and does its job there. */
const LAB = labName('package');
let installed: Installed;

/** Runs the installed program outside every checkout; its events with `--json`. */
function program(...args: readonly string[]) {
  const done = runHere([installed.command, ...args], { cwd: installed.folder });
  const events = done.stdout
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Line);
  const told = `${done.stdout.slice(-4000)}\n${done.stderr}`;
  return { ...done, events, result: events.findLast(({ type }) => type === 'result'), told };
}

/** The same where the lab's operator sits: that network leads to the lab alone. */
const inside = (...args: readonly string[]) =>
  program('lab', 'run', '--name', LAB, '--', 'iam-ha-wizard', ...args, '--json');

inLab.before(async () => {
  await down(LAB);
  installed = await packAndInstall();
});

inLab.after.always(async () => {
  await down(LAB);
  installed?.remove();
});

inLab('lab up makes machines, and the operator’s program is that of the package', (t) => {
  const up = program('lab', 'up', '--name', LAB);
  t.is(up.code, 0, up.told);
  const words = ['sh', '-c', 'echo "$IAM_HA_WIZARD_LAUNCHER"; cat "$(command -v iam-ha-wizard)"'];
  const { stdout } = program('lab', 'run', '--name', LAB, '--', ...words);
  t.true(stdout.startsWith(`${installed.folder}/node_modules/iam-ha-wizard/bin/`), stdout);
  t.false(stdout.includes(process.cwd()), stdout);
  t.is(program('lab', 'status', '--name', LAB).code, 0);
});

inLab('apply makes the pair, and a second one finds nothing to do', (t) => {
  const first = inside('apply', '--yes');
  t.is(first.code, 0, first.told);
  t.is(first.result?.ok, true);
  const checks = first.events.filter(({ type }) => type === 'check');
  t.true(checks.length > 40, `${checks.length} checks`);
  const again = inside('apply', '--yes');
  t.is(again.code, 0, again.told);
  t.deepEqual(
    again.events.filter(({ type, state }) => type === 'change' && state === 'done'),
    [],
  );
});

inLab('a drill measures, from the prober’s thread and from the machines', (t) => {
  const { code, events, told } = inside('drill', 'keepalived-stopped', '--yes');
  const drill = events.find(({ type }) => type === 'drill') as
    | (Line & { views: readonly { sent: number }[]; restored: boolean })
    | undefined;
  // how well the computer kept time is for the drills' own tests
  t.true(code === 0 || code === 1, told);
  t.is(drill?.restored, true, told);
  t.true((drill?.views.length ?? 0) > 0 && drill!.views.every(({ sent }) => sent > 100), told);
});

inLab('the report, the check and the undo', (t) => {
  const report = program(
    ...['lab', 'run', '--name', LAB, '--', 'iam-ha-wizard', 'report', '--output', '-'],
  );
  t.regex(report.stdout, /^# /m);
  const checked = inside('check');
  t.is(checked.code, 0, checked.told);
  const undone = inside('undo', '--yes');
  t.is(undone.code, 0, undone.told);
});
