import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ava from 'ava';
import { labPlaces } from '../../source/lab/index.ts';
import { misfits } from './_guide.ts';
import { asOperator, down, inRealLab, labName, upFresh } from './_lab.ts';
import { openTerminal } from './_tmux.ts';

const LAB = labName('guide-new');
const LAUNCHER = fileURLToPath(new URL('../../bin/iam-ha-wizard.js', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'iam-ha-new-'));

ava.before(() => upFresh(LAB));
ava.after.always(async () => {
  rmSync(folder, { recursive: true, force: true });
  await down(LAB);
});

/** Each question by what only its screen says, and what is typed before Enter. */
const ANSWERS: readonly (readonly [screen: RegExp, typed: string])[] = [
  [/A name for this deployment/, 'pair-new'],
  [/The servers/, '10.0.4.20 10.0.4.21'],
  [/The user to log in as/, ''],
  [/Is that the key of 10\.0\.4\.2\d/, 'y'],
  [/Private key file/, labPlaces(LAB).identity],
  [/The virtual IP/, ''],
  [/Where are the databases/, ''],
  [/The domain of IAM's API server/, ''],
  [/How quick should a failover be/, ''],
  [/write cluster\.yaml/, ''],
];
const PLAN = / a apply|⏎ check/;

inRealLab('New, from home on bare machines: questions, a file, and the first plan', async (t) => {
  const inside = ['iam-ha-wizard', '--lang', 'en'];
  const argv = [process.execPath, LAUNCHER, 'lab', 'run', '--name', LAB, '--', ...inside];
  // the developer's own keys are nobody's business here
  const env = { SSH_AUTH_SOCK: undefined, CI: undefined, NO_COLOR: undefined, LANG: 'C.UTF-8' };
  const terminal = openTerminal(argv, { cwd: folder, env });
  t.teardown(() => terminal.close());
  await terminal.until(/⏎ open/);
  while (!/▸ New/.test(terminal.text())) {
    const before = terminal.text();
    terminal.keys('Down');
    await terminal.until({ test: (text: string) => text !== before } as RegExp);
  }
  terminal.keys('Enter');
  const asked: string[] = [];
  const any = new RegExp(
    [...ANSWERS.map(([screen]) => screen), PLAN].map((one) => one.source).join('|'),
  );
  for (;;) {
    await terminal.until(any, 60);
    const text = terminal.text();
    t.deepEqual(misfits(terminal, 80), [], text);
    if (PLAN.test(text)) break;
    const [screen, typed] = ANSWERS.find(([one]) => one.test(text)) ?? [PLAN, ''];
    const question = screen.exec(text)?.[0] ?? '';
    asked.push(question);
    if (typed === 'y') terminal.keys('y');
    else {
      if (typed) terminal.type(typed);
      terminal.keys('Enter');
    }
    // taken at once: nothing of it is asked twice
    await terminal.until({ test: (now: string) => !now.includes(question) } as RegExp, 60);
  }
  t.is(new Set(asked).size, asked.length, asked.join('\n'));
  // what is due on the machines, as they are
  t.regex(terminal.text(), /pair-new/);
  t.regex(terminal.text(), /▸ preflight/);
  const written = readFileSync(join(folder, 'cluster.yaml'), 'utf8');
  t.regex(written, /name: pair-new/);
  t.regex(written, /address: 10\.0\.4\.99/);
  terminal.keys('q');
  t.is(await terminal.ended(), 0);
  const planned = asOperator(
    LAB,
    `cd '${folder}' && iam-ha-wizard plan --cluster cluster.yaml --json </dev/null`,
  );
  t.is(planned.code, 2, planned.stdout + planned.stderr);
});
