import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { labPlaces } from '../../source/lab/index.ts';
import { addRows, rowsOf, sql } from './_data.ts';
import { down, inLab, labName, onNode, upFresh } from './_lab.ts';
import { APPLY, run } from './_main-job.ts';

/** Nodes that another session set up: told, and taken over only on a yes; nothing in IAM is lost. */
const LAB = labName('adopt');
const OTHER = ['--session', 'other'] as const;

const secretsOf = (session: string) =>
  JSON.parse(
    readFileSync(join(labPlaces(LAB).state, 'iam-ha-wizard', session, 'secrets.json'), 'utf8'),
  );

const SHARED = ['databasePassword', 'redisPassword', 'jwtKey', 'vrrpPassword'] as const;

inLab.before('a pair with something in it', async (t) => {
  t.timeout(600_000);
  await upFresh(LAB);
  await run(t, LAB, APPLY, 0);
  addRows(LAB, 'alice');
});

inLab('another session on the same machines is told, and touches nothing', async (t) => {
  const before = rowsOf(LAB);
  const { events } = await run(t, LAB, [...APPLY, ...OTHER], 1);
  const codes = new Set(events.filter(({ type }) => type === 'problem').map(({ code }) => code));
  t.true(codes.has('other-session'));
  t.is(rowsOf(LAB), before);
});

inLab('an account whose password somebody changed is not given ours without a yes', async (t) => {
  t.timeout(300_000);
  const hash = "SELECT authentication_string FROM mysql.user WHERE Host = '10.0.4.21';";
  sql(LAB, "ALTER USER 'iam'@'10.0.4.21' IDENTIFIED BY 'theirs';");
  const theirs = sql(LAB, hash);
  const { events } = await run(t, LAB, APPLY, 1);
  t.deepEqual(
    events.filter(({ type }) => type === 'problem').map(({ code }) => code),
    ['database-account-password-differs'],
  );
  t.is(sql(LAB, hash), theirs);
  await run(t, LAB, [...APPLY, '--adopt'], 0);
  t.not(sql(LAB, hash), theirs);
});

inLab('a session that adopts reads back what it needs, and dumps before it changes', async (t) => {
  t.timeout(600_000);
  const before = rowsOf(LAB);
  const accounts = "SELECT Host, authentication_string FROM mysql.user WHERE User = 'iam';";
  const had = sql(LAB, accounts);
  const { result } = await run(t, LAB, [...APPLY, ...OTHER, '--adopt'], 0);
  t.like(result, { ok: true, checks: { failed: 0, unknown: 0 } });
  for (const name of SHARED) t.is(secretsOf('other')[name], secretsOf(LAB)[name], name);
  t.is(sql(LAB, accounts), had, 'no password was changed');
  t.is(rowsOf(LAB), before);
  t.is(onNode(LAB, 'iam-1', 'ls /var/backups/iam-ha-wizard | wc -l').trim(), '1');
  const { result: again } = await run(t, LAB, [...APPLY, ...OTHER], 0);
  t.is(again.changed, 0);
});

inLab('nor is anything lost with the first session’s folder', async (t) => {
  t.timeout(600_000);
  const before = rowsOf(LAB);
  rmSync(join(labPlaces(LAB).state, 'iam-ha-wizard'), { recursive: true });
  await run(t, LAB, APPLY, 1);
  await run(t, LAB, [...APPLY, '--adopt'], 0);
  t.is(rowsOf(LAB), before);
});

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
