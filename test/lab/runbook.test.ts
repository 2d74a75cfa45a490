import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { ExecutionContext } from 'ava';
import { operatorEntry } from '../../source/lab/index.ts';
import {
  asOperator,
  differences,
  down,
  inLab,
  labName,
  manifest,
  onNode,
  startWizard,
  until,
  upFresh,
  wizard,
} from './_lab.ts';
import { assertResultLast, told } from './_main-job.ts';

/** A runbook of one's own, on real machines: run, killed, resumed, checked, changed, and undone. */
const LAB = labName('runbook');
const NODES = ['iam-1', 'iam-2'] as const;
const ROOTS = ['/usr/local', '/opt', '/root', '/var/lib/iam-ha-wizard'];
const FOLDER = mkdtempSync(join(tmpdir(), 'iam-ha-runbook-lab-'));
const FILE = join(FOLDER, 'own.yaml');
const SHORTER = join(FOLDER, 'shorter.yaml');
const RECORDS = join(FOLDER, 'records');
const EXAMPLE = fileURLToPath(new URL('../../docs/runbook-example.yaml', import.meta.url));
const TOKEN = 'n0t-to-be-$een';
const NOTES = '/usr/local/share/notes';

const STEPS = `version: 1
id: with-steps
stages:
  - id: preflight
  - id: first
    title: { en: A folder, zh: 目录 }
    # so long that it is a unit of its own on the node
    command: { on: all, run: mkdir ${NOTES}, undo: rmdir ${NOTES}, probe: test -d ${NOTES}, timeout: 900 }
  - id: records
    title: Set the records
    manual:
      text: Set them.
      undo: Remove them.
      check: { from: here, run: test -e ${RECORDS}, within: 0, otherwise: Set the records. }
  - id: database
`;

const SLOW = `  - id: slow
    title: A note
    command:
      on: all
      run: |
        echo "the token is $STEP_TOKEN"
        sleep 4
        printf '%s %s %s\\n' "$IAM_HA_NODE" "$IAM_HA_VIP" "\${#STEP_TOKEN}" >>${NOTES}/note
      undo: rm ${NOTES}/note
      secrets: [env:STEP_TOKEN]
  - id: noted
    title: The note is there
    check: { from: all, run: cut -d ' ' -f 2- ${NOTES}/note, expect: { equals: 10.0.4.99 ${TOKEN.length} }, within: 0 }
  - id: virtual-ip
`;

const env = { STEP_TOKEN: TOKEN };
const APPLY = ['apply', '--yes', '--json'] as const;
const bare = new Map<string, ReadonlyMap<string, string>>();
const note = (node: string) => onNode(LAB, node, `cat ${NOTES}/note 2>/dev/null || true`);
const journal = () =>
  readFileSync(
    `${asOperator(LAB, 'echo -n "$XDG_STATE_HOME"').stdout}/iam-ha-wizard/${LAB}/journal.jsonl`,
    'utf8',
  );

inLab.before('two bare machines', async (t) => {
  t.timeout(300_000);
  await upFresh(LAB, {});
  for (const node of NODES) bare.set(node, manifest(LAB, node, ROOTS));
  writeFileSync(FILE, STEPS + SLOW);
  writeFileSync(SHORTER, STEPS);
});

inLab.after.always('the lab goes', async () => {
  rmSync(FOLDER, { recursive: true, force: true });
  await down(LAB);
});

async function run(t: ExecutionContext, args: readonly string[], code: number) {
  const ran = await wizard(LAB, args, { env });
  t.is(ran.code, code, told(ran));
  assertResultLast(t, ran);
  t.false((ran.stdout + ran.stderr).includes(TOKEN), 'a secret is never shown');
  return ran;
}

inLab('unattended, a step by hand is named before anything is changed', async (t) => {
  const { events } = await run(t, [...APPLY, '--runbook', FILE], 64);
  t.like(
    events.find(({ type }) => type === 'problem'),
    { code: 'by-hand-unconfirmed' },
  );
  for (const node of NODES)
    t.deepEqual(differences(bare.get(node) ?? new Map(), manifest(LAB, node, ROOTS)), [], node);
});

inLab('what was said to be done and does not hold stops the run there', async (t) => {
  const { events } = await run(t, [...APPLY, '--confirm', 'records'], 1);
  const problem = events.find(({ type }) => type === 'problem');
  t.like(problem, { code: 'own-check-fails-advised', field: 'stages[2].manual.check.run' });
  t.true(JSON.stringify(problem?.nextSteps).startsWith('["Set the records."'));
  t.is(
    onNode(LAB, 'iam-1', `test -d ${NOTES}; dpkg-query -W mariadb-server 2>/dev/null || true`),
    '',
  );
});

inLab('killed in the middle of a command, and resumed: it has run once', async (t) => {
  writeFileSync(RECORDS, '');
  const running = startWizard(LAB, [...APPLY, '--confirm', 'records'], { env });
  await running.event(
    ({ type, resource, state }) =>
      type === 'change' && state === 'started' && String(resource).startsWith('command:slow@'),
  );
  running.kill('SIGKILL');
  t.is((await running.ended).code, null);
  const resumed = await run(t, APPLY, 0);
  t.true(
    resumed.events.some(
      ({ type, stage, verdict }) => type === 'check' && stage === 'noted' && verdict === 'passed',
    ),
  );
  for (const node of NODES) t.is(note(node), `${node} 10.0.4.99 ${TOKEN.length}\n`);
});

inLab('a second apply asks nothing and changes nothing, in three round trips a node', async (t) => {
  const { result } = await run(t, APPLY, 0);
  t.like(result, { changed: 0, roundTrips: { 'iam-1': 3, 'iam-2': 3 } });
  t.regex(String((await wizard(LAB, ['sessions', 'show', LAB])).stdout), /runbook: with-steps/);
});

inLab('a secret is in no file of ours, here or there', (t) => {
  t.false(journal().includes(TOKEN));
  for (const node of NODES) {
    const found = `grep -rlF '${TOKEN}' /var/lib/iam-ha-wizard /run /etc /usr/local /tmp 2>/dev/null || true`;
    t.is(onNode(LAB, node, found), '', node);
  }
});

inLab('a command check that does not hold is named, with its node and its line', async (t) => {
  onNode(LAB, 'iam-2', `echo 'iam-2 elsewhere' >${NOTES}/note`);
  const { events } = await run(t, ['check', '--json'], 1);
  const bad = events.filter(({ type, verdict }) => type === 'check' && verdict !== 'passed');
  t.is(bad.length, 1, JSON.stringify(bad));
  t.like(bad[0], { id: 'own/noted/iam-2', node: 'iam-2', code: 'own-check-fails', stage: 'noted' });
  t.like(bad[0]?.problem, { field: 'stages[5].check.run', detail: 'elsewhere' });
  onNode(LAB, 'iam-2', `echo 'iam-2 10.0.4.99 ${TOKEN.length}' >${NOTES}/note`);
  await run(t, ['check', '--json', '--stage', 'noted'], 0);
});

inLab('a step that is taken out stays, is said, and can be undone by name', async (t) => {
  const { events, result } = await run(t, [...APPLY, '--runbook', SHORTER], 0);
  t.is(result.changed, 0);
  t.true(
    events.some(
      ({ code, text }) => code === 'step-left-over' && /undo --stage slow/.test(String(text)),
    ),
  );
  await run(t, ['check', '--json', '--stage', 'slow'], 64);
  const undone = await run(t, ['undo', '--yes', '--json', '--stage', 'slow'], 0);
  t.is((undone.result.undone as string[]).length, 2);
  for (const node of NODES) t.is(note(node), '');
});

inLab('undo takes the commands back, and says what to take back by hand', async (t) => {
  await run(t, [...APPLY, '--runbook', FILE], 0);
  for (const node of NODES) t.is(note(node), `${node} 10.0.4.99 ${TOKEN.length}\n`);
  const { events, result } = await run(t, ['undo', '--yes', '--json'], 0);
  t.deepEqual(result.left, []);
  t.true((result.kept as string[]).includes('manual:records'));
  t.true(
    events.some(({ code, text }) => code === 'by-hand-undo' && /Remove them\./.test(String(text))),
  );
  for (const node of NODES)
    t.deepEqual(differences(bare.get(node) ?? new Map(), manifest(LAB, node, ROOTS)), [], node);
});

inLab('at a terminal the step is asked for in its place, and Enter goes on', async (t) => {
  writeFileSync(RECORDS, '');
  const command = `iam-ha-wizard apply --plain --runbook ${FILE}`;
  const words = ['script', '-qfec', command, '/dev/null'];
  const entry = operatorEntry(LAB, words, { ...process.env, ...env, TERM: 'dumb', CI: '' });
  const [program = '', ...rest] = entry.argv;
  const child = spawn(program, rest, { env: entry.env, stdio: ['pipe', 'pipe', 'inherit'] });
  let said = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  const ended = new Promise<number | null>((resolve) => child.on('close', resolve));
  t.teardown(() => child.kill('SIGKILL'));
  await until('the plan is asked for', () => said.includes('[y/N]'), 240);
  child.stdin.write('y\n');
  const isAsked = () => said.includes('Press Enter when it is done');
  // the Redis that the undo left running is restarted: that asks for the node's name
  const isWarned = () => said.includes('To go on, type iam-1');
  await until('a question', () => isAsked() || isWarned(), 240);
  if (isWarned()) child.stdin.write('iam-1\n');
  await until('the step is asked for', isAsked, 240);
  t.regex(said, /by hand: Set the records\r?\n {2}Set them\./);
  t.is(note('iam-1'), '', 'what comes after it has not begun');
  t.is(onNode(LAB, 'iam-1', `test -d ${NOTES} && echo made`), 'made\n');
  child.stdin.write('\n');
  t.is(await ended, 0, said);
  t.is(note('iam-1'), `iam-1 10.0.4.99 ${TOKEN.length}\n`);
  await run(t, ['undo', '--yes', '--json'], 0);
});

inLab('the example does what it says', async (t) => {
  const only = ['--runbook', EXAMPLE, '--stage', 'owner', '--stage', 'disk-space'];
  await run(t, [...APPLY, ...only], 0);
  t.is(onNode(LAB, 'iam-2', 'cat /etc/iam-ha-owner'), `iam-2 belongs to ${LAB}; VIP 10.0.4.99\n`);
  t.is((await run(t, [...APPLY, ...only], 0)).result.changed, 0);
  await run(t, ['undo', '--yes', '--json'], 0);
  t.is(onNode(LAB, 'iam-2', 'ls /etc/iam-ha-owner 2>/dev/null || true'), '');
});
