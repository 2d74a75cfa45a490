import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { labStatus, machineEntry } from '../../source/lab/index.ts';
import { machineInit } from '../../source/lab/machines.ts';
import { down, inLab, labName, onNode, until, upFresh } from './_lab.ts';

/** A command on a machine ends when the command ends, and when the machine does. */
const LAB = labName('exec');
const LAUNCHER = fileURLToPath(new URL('../../bin/iam-ha-wizard.js', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function started(argv: readonly string[], env: NodeJS.ProcessEnv): Promise<Ended> {
  const [program = '', ...rest] = argv;
  const child = spawn(program, rest, { env, stdio: ['ignore', 'pipe', 'pipe'] });
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (text: string) => {
      said[stream] += text;
    });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, ...said })));
}

/** As a person types it. */
const exec = (node: string, ...argv: readonly string[]) => {
  const words = ['lab', 'exec', '--name', LAB, node, '--', ...argv];
  return started([process.execPath, LAUNCHER, ...words], { ...process.env, LC_ALL: 'C' });
};

/** On the node, somewhere in a command line that is not that of the search. */
const isAt = (node: string, mark: string) =>
  onNode(LAB, node, `pgrep -f '[s]leep ${mark}' || true`) !== '';

inLab.before('machines', async (t) => {
  t.timeout(300_000);
  await upFresh(LAB);
});

inLab(
  'a command that is stopped for a moment goes on: whoever waits for it does, too',
  async (t) => {
    const script = 'echo $$ >/run/stopped; kill -STOP $$; echo goes on; exit 7';
    const { argv, env } = machineEntry(LAB, 'iam-1', ['sh', '-c', script], process.env);
    const ended = started(argv, env);
    const isStopped = () =>
      onNode(LAB, 'iam-1', 'ps -o stat= -p "$(cat /run/stopped 2>/dev/null)" || true')
        .trim()
        .startsWith('T');
    await until('it is stopped', isStopped);
    onNode(LAB, 'iam-1', 'kill -CONT $(cat /run/stopped)');
    t.like(await ended, { code: 7, stdout: 'goes on\n' });
  },
);

inLab('its exit code and its signal are the command’s own', async (t) => {
  t.is((await exec('iam-1', 'true')).code, 0);
  t.is((await exec('iam-1', 'sh', '-c', 'exit 9')).code, 9);
  t.is((await exec('iam-1', 'sh', '-c', 'kill -KILL $$')).code, 137);
});

for (const way of ['reboot', 'poweroff'] as const) {
  inLab(`${way}: commands on the machine end with 125 and say why`, async (t) => {
    t.timeout(180_000);
    const before = machineInit(LAB, 'iam-2');
    const marks = ['1001', '1002', '1003'];
    const all = Promise.all(marks.map((mark) => exec('iam-2', 'sleep', mark)));
    await until('they run', () => marks.every((mark) => isAt('iam-2', mark)), 60);
    await exec('iam-2', 'systemctl', '--no-block', way);
    for (const { code, stderr } of await all) {
      t.is(code, 125, stderr);
      t.regex(stderr, /"iam-2" of lab \S+ went down while the command ran/);
    }
    const stateOf = () => labStatus(LAB).nodes.find(({ name }) => name === 'iam-2')?.state;
    const isOver =
      way === 'poweroff'
        ? () => stateOf() === 'off'
        : () => stateOf() === 'running' && machineInit(LAB, 'iam-2') !== before;
    await until(`the machine’s ${way} is over`, isOver, 60);
  });
}

inLab('one that is off has none', async (t) => {
  const { code, stderr } = await exec('iam-2', 'true');
  t.is(code, 125);
  t.regex(stderr, /no running machine "iam-2"/);
});

inLab.after.always('the lab goes', () => down(LAB));
