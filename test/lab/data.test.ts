import { addRows, replaceSecrets, rowsOf, sql, type Watch, watchArguments } from './_data.ts';
import { down, inLab, type Line, labName, onNode, startWizard, upFresh } from './_lab.ts';
import { APPLY, changesOf, isChange, NODES, run } from './_main-job.ts';

/** What people put into IAM is never lost, and no secret is ever in a process list. */
const LAB = labName('data');
/** In every place where a secret is written it is written otherwise; this part is always the same. */
const MARK = 'Qz7kWx';
const AWKWARD = `pa'ss"w\\$x;# :@%é中文${MARK}`;

const codes = (events: readonly Line[], resource: string) =>
  events
    .filter(({ type, state }) => type === 'change' && state === 'planned')
    .flatMap((one) => (one.resource === resource ? [one.code] : []));

const problemsOf = (events: readonly Line[]) =>
  events.filter(({ type }) => type === 'problem').map(({ code }) => code);

inLab('awkward passwords do all the way, and are in no process’s arguments', async (t) => {
  t.timeout(600_000);
  await upFresh(LAB);
  await run(t, LAB, ['plan', '--json'], 2);
  const { jwtKey = '', vrrpPassword = '' } = replaceSecrets(LAB, LAB, {
    databasePassword: AWKWARD,
    redisPassword: `r${AWKWARD}`,
  });
  const watches: readonly Watch[] = NODES.map((node) =>
    watchArguments(LAB, node, [MARK, jwtKey, vrrpPassword, 'ALTER USER']),
  );
  const { result } = await run(t, LAB, APPLY, 0);
  t.like(result, { ok: true, checks: { failed: 0, unknown: 0 } });
  for (const watch of watches) {
    const { found, looks } = watch.end();
    t.deepEqual(found, []);
    t.true(looks > 50, `${looks} looks`);
  }
});

inLab('such a watch sees a secret where there is one', (t) => {
  const watch = watchArguments(LAB, 'iam-2', [MARK]);
  onNode(LAB, 'iam-2', `bash -c 'sleep 1; :' x-${MARK}-x`);
  t.regex(watch.end().found.join('\n'), new RegExp(`x-${MARK}-x`));
});

inLab('rows survive a second apply, which changes nothing', async (t) => {
  addRows(LAB, 'alice');
  const before = rowsOf(LAB);
  const { result } = await run(t, LAB, APPLY, 0);
  t.is(result.changed, 0);
  t.is(rowsOf(LAB), before);
});

inLab('a user goes with secrets and policies, deleted from the other node', (t) => {
  addRows(LAB, 'bob');
  const password = AWKWARD.replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  const options = `[client]\nuser=iam\npassword="${password}"`;
  const statement = "DELETE FROM user WHERE name = 'bob'";
  onNode(
    LAB,
    'iam-2',
    `mariadb --defaults-file=<(cat <<'O'\n${options}\nO\n) -h 10.0.4.20 iam -e "${statement}"`,
  );
  const left = "(SELECT COUNT(*) FROM iam.secret WHERE username = 'bob')";
  const kept = "(SELECT COUNT(*) FROM iam.policy_audit WHERE username = 'bob')";
  t.is(sql(LAB, `SELECT ${left}, ${kept};`).trim(), '0\t1');
});

inLab('rows survive an apply that is killed during `database`, and resumed', async (t) => {
  t.timeout(300_000);
  const before = rowsOf(LAB);
  for (const state of ['started', 'done']) {
    sql(LAB, "DROP USER 'iam'@'10.0.4.21';");
    const running = startWizard(LAB, APPLY);
    await running.event(isChange('database', state));
    running.kill('SIGKILL');
    await running.ended;
    t.is(rowsOf(LAB), before);
    await run(t, LAB, APPLY, 0);
    t.is(rowsOf(LAB), before);
  }
});

inLab('tables that somebody dropped are imported again by a change that says so', async (t) => {
  t.timeout(300_000);
  sql(LAB, 'DROP DATABASE iam;');
  const { events } = await run(t, LAB, ['plan', '--json', '--stage', 'database'], 2);
  t.deepEqual(codes(events, 'schema:iam'), ['schema-import-again']);
});

inLab('an import that the wizard does not live to see ends by itself, once', async (t) => {
  t.timeout(300_000);
  // A database that cannot be written to for a while: the import waits in its middle.
  const holds = `mariadb -e 'FLUSH TABLES WITH READ LOCK; SELECT SLEEP(6);'`;
  onNode(LAB, 'iam-1', `setsid ${holds} </dev/null >/dev/null 2>&1 & sleep 0.5`);
  const running = startWizard(LAB, APPLY);
  await running.event(
    (one) => isChange('database', 'started')(one) && one.resource === 'schema:iam',
  );
  onNode(LAB, 'iam-1', "until systemctl -q is-active 'iam-ha-schema-*'; do sleep 0.1; done");
  running.kill('SIGKILL');
  await running.ended;
  const resumed = await run(t, LAB, APPLY, 0);
  t.deepEqual(codes(resumed.events, 'schema:iam'), []);
  t.is(sql(LAB, 'SELECT COUNT(*) FROM iam.user;').trim(), '1');
});

inLab('a half import of empty tables is completed, with its triggers', async (t) => {
  t.timeout(300_000);
  const empty = 'DELETE FROM policy; DELETE FROM policy_audit;';
  sql(LAB, `SET foreign_key_checks = 0; USE iam; ${empty} DROP TABLE user; DROP TABLE secret;`);
  const { events } = await run(t, LAB, APPLY, 0);
  t.deepEqual(codes(events, 'schema:iam'), ['schema-complete']);
  const triggers = "SELECT COUNT(*) FROM information_schema.triggers WHERE trigger_schema = 'iam';";
  t.is(sql(LAB, triggers).trim(), '2');
});

inLab('a half import with a row in it is not touched, whatever the flags', async (t) => {
  t.timeout(300_000);
  addRows(LAB, 'carol');
  sql(LAB, 'SET foreign_key_checks = 0; RENAME TABLE iam.policy_audit TO iam.elsewhere;');
  const rows = () =>
    sql(LAB, "SELECT * FROM iam.user WHERE name <> 'admin'; SELECT * FROM iam.secret;");
  const before = rows();
  for (const flags of [
    [],
    ['--adopt'],
    ['--adopt', '--overwrite', '/etc/iam/iam-apiserver.yaml'],
  ]) {
    const { events } = await run(t, LAB, [...APPLY, ...flags], 1);
    t.deepEqual(problemsOf(events), ['schema-incomplete']);
    t.is(rows(), before);
  }
  sql(LAB, 'RENAME TABLE iam.elsewhere TO iam.policy_audit;');
});

inLab('undo leaves the rows alone, says so, and says how to drop them', async (t) => {
  t.timeout(300_000);
  const before = rowsOf(LAB);
  const { result, events } = await run(t, LAB, ['undo', '--yes', '--json'], 0);
  t.is(rowsOf(LAB), before);
  t.true((result.kept as string[]).includes('iam-1:schema:iam'));
  const hint = events.find(({ type, code }) => type === 'progress' && code === 'undo-data-kept');
  t.regex(String(hint?.text), /DROP DATABASE iam/);
});

inLab('what was there before an apply is dumped before anything touches it', async (t) => {
  t.timeout(600_000);
  const before = rowsOf(LAB);
  const ran = await run(t, LAB, APPLY, 0);
  const done = changesOf(ran, 'done').map(({ node, resource }) => `${node} ${resource}`);
  const dump = done.indexOf('iam-1 dump:iam');
  t.true(dump >= 0);
  const later = done.filter((one, index) => index > dump && /mariadb|sql-user|schema/.test(one));
  const sooner = done.filter((one, index) => index < dump && /mariadb|sql-user|schema/.test(one));
  t.true(later.length > 0);
  t.deepEqual(sooner, []);
  t.is(rowsOf(LAB), before);
  const files = onNode(LAB, 'iam-1', "stat -c '%a %U' /var/backups/iam-ha-wizard/iam-*.sql").trim();
  t.is(files, '600 root');
  // Read back into another database it is the same.
  onNode(
    LAB,
    'iam-1',
    `sed 's/\`iam\`/\`copy\`/' /var/backups/iam-ha-wizard/iam-*.sql | mariadb && mariadb-dump --skip-comments iam user secret policy >/run/a && mariadb-dump --skip-comments copy user secret policy >/run/b
diff <(grep INSERT /run/a) <(grep INSERT /run/b); mariadb -e 'DROP DATABASE copy'`,
  );
});

inLab('a second undo keeps the dump, and says where it is', async (t) => {
  t.timeout(300_000);
  const { result } = await run(t, LAB, ['undo', '--yes', '--json'], 0);
  const kept = (result.kept as string[]).join('\n');
  t.regex(kept, /iam-1:file:\/var\/backups\/iam-ha-wizard\/iam-\w+\.sql/);
  t.is(onNode(LAB, 'iam-1', 'ls /var/backups/iam-ha-wizard | wc -l').trim(), '1');
});

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
