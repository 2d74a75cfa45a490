import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { labPlaces } from '../../source/lab/index.ts';
import { down, inLab, labName, wizard } from './_lab.ts';
import { APPLY, run, told } from './_main-job.ts';

/** A machine without Go: the whole demo with the stand-in, and wherever one looks it is named as one. */
const LAB = labName('standin');
const LAUNCHER = fileURLToPath(new URL('../../bin/iam-ha-wizard.js', import.meta.url));
const NOTE = /STAND-IN daemons: three small programs in the place of IAM/;

inLab('the demo runs with the stand-in, and its last lines say so', async (t) => {
  t.timeout(900_000);
  await down(LAB);
  const env = { ...process.env, IAM_HA_WIZARD_LAB_IAM: 'stand-in', LC_ALL: 'C.UTF-8', LANG: '' };
  // A busy computer makes the prober late, and then a drill is thrown away by rule.
  for (let time = 1; ; time += 1) {
    const words = [LAUNCHER, 'lab', 'demo', '--name', LAB];
    const { status, stdout, stderr } = spawnSync(process.execPath, words, {
      env,
      encoding: 'utf8',
      timeout: 400_000,
      killSignal: 'SIGKILL',
    });
    if (/thrown away|aborted/.test(stdout) && time < 3) continue;
    t.is(status, 0, `${stdout}\n${stderr}`);
    const summary = stdout.slice(stdout.lastIndexOf('STAND-IN daemons in the place of IAM'));
    t.regex(
      summary,
      /^STAND-IN daemons in the place of IAM, on 2 nodes +10\.0\.4\.20 {2}10\.0\.4\.21/,
    );
    t.regex(summary, /Acceptance: not measured\. The stand-in for IAM authorises\s+nobody\./);
    t.notRegex(stdout, /real daemons/);
    break;
  }
  const { iam } = parse(readFileSync(labPlaces(LAB).cluster, 'utf8'));
  t.regex(iam.source.directory, /assets\/stand-in$/);
});

inLab(
  'a second apply changes nothing at the usual price, and does not claim acceptance',
  async (t) => {
    t.timeout(300_000);
    const ran = await run(t, LAB, APPLY, 0);
    t.like(
      ran.result,
      { ok: true, standIn: true, changed: 0, checks: { failed: 0, unknown: 0 } },
      told(ran),
    );
    t.deepEqual(ran.result.roundTrips, { 'iam-1': 3, 'iam-2': 3 });
    t.true(ran.events.some(({ code }) => code === 'acceptance-not-measured'));
    t.false(ran.events.some(({ type, id }) => type === 'check' && id === 'acceptance'));
  },
);

inLab('a check and the report name it, too', async (t) => {
  t.timeout(120_000);
  const check = await wizard(LAB, ['check']);
  t.is(check.code, 0, check.stdout);
  t.regex(check.stdout, /STAND-IN/);
  const report = await wizard(LAB, ['report', '--output', '-']);
  t.is(report.code, 0, report.stderr);
  t.regex(report.stdout, NOTE);
  t.regex(report.stdout, /^- IAM itself: stand-in daemons answered in its place\.$/m);
});

inLab.after.always('the lab goes', () => down(LAB));
