import { readFileSync, writeFileSync } from 'node:fs';
import type { ExecutionContext } from 'ava';
import { parse, stringify } from 'yaml';
import { labPlaces } from '../../source/lab/index.ts';
import { MONGODB_SETTINGS, mongodbSettings } from '../../source/lab/mongo-machine.ts';
import { urlEscaped } from '../../source/model/index.ts';
import { watchArguments } from './_data.ts';
import { down, inRealLab, labName, onNode, until, upFresh, wizard } from './_lab.ts';
import { APPLY, NODES, run, told } from './_main-job.ts';

/** IAM's real daemons, whose pump writes to the stand-in for MongoDB on a machine of its own. */
const LAB = labName('mongo');
const MARK = 'Kt7vRx';
const PASSWORD = `m'o"n\\g$o;# :@%/?+&= é中文${MARK}`;
const VARIABLE = 'TEST_MONGODB';
const SERVER = '10.0.4.30';

/** What the server knows of the account from now on. */
function account(password: string, role: 'readWrite' | 'read' = 'readWrite'): void {
  const text = Buffer.from(mongodbSettings(password, role)).toString('base64');
  onNode(
    LAB,
    'mongo',
    `base64 -d <<<${text} >${MONGODB_SETTINGS}
systemctl restart mongo-stand-in
until (: </dev/tcp/127.0.0.1/27017) 2>/dev/null; do sleep 0.1; done`,
  );
}

function rewriteCluster(change: (cluster: Record<string, never>) => object): void {
  const { cluster } = labPlaces(LAB);
  writeFileSync(cluster, stringify(change(parse(readFileSync(cluster, 'utf8')))));
}

async function checked(args: readonly string[] = [], env = {}) {
  const { events } = await wizard(LAB, ['check', '--json', ...args], { env });
  return events.filter(({ type }) => type === 'check');
}

/** Every check that is not right and that no other explains, with its code. */
async function wrong(args: readonly string[] = [], env = {}): Promise<readonly string[]> {
  const bad = (await checked(args, env)).filter(
    ({ verdict, because }) => verdict !== 'passed' && !because,
  );
  return bad.map(({ id, code, node }) => `${id} ${code} ${node ?? ''}`.trim());
}

/** What a check says now. */
async function said(id: string): Promise<unknown> {
  return (await checked(['--stage', 'services'])).find((one) => one.id === id)?.code;
}

/** IAM's own work, which leaves some records; every one of them is somebody's. */
async function makeRecords(t: ExecutionContext): Promise<void> {
  await run(t, LAB, ['check', '--stage', 'acceptance', '--json'], 0);
}

const stored = () => {
  const file = '/var/lib/private/mongo-stand-in/iam_analytics.bson';
  return Number(onNode(LAB, 'mongo', `grep -ao conclusion ${file} 2>/dev/null | wc -l`));
};
const inFiles = () =>
  NODES.reduce((sum, node) => {
    const files = '/var/lib/iam/iam-pump/analytics-data/*.csv';
    return sum + Number(onNode(LAB, node, `cat ${files} 2>/dev/null | grep -c ^1 || true`));
  }, 0);
const waiting = () =>
  Number(
    onNode(
      LAB,
      'iam-1',
      `export REDISCLI_AUTH=$(sed -n 's/^requirepass "\\(.*\\)"/\\1/p' /etc/redis/iam-ha.conf)
redis-cli llen analytics-iam-system-analytics`,
    ),
  );
const drained = () => until('the pumps have taken the records', () => waiting() === 0, 60);

inRealLab.before('two nodes, and a third machine with the stand-in', async (t) => {
  t.timeout(600_000);
  process.env[VARIABLE] = PASSWORD;
  await upFresh(LAB, { mongodb: true });
  account(PASSWORD);
  rewriteCluster((cluster) => {
    const { mongodb, ...databases } = cluster.databases as unknown as { mongodb: object };
    const changed = { ...mongodb, password: `env:${VARIABLE}` };
    return { ...cluster, databases: { ...databases, mongodb: changed } };
  });
});

inRealLab(
  'the pair is made with a password of every awkward character, which no process shows',
  async (t) => {
    t.timeout(600_000);
    const patterns = [MARK, urlEscaped(PASSWORD)];
    const watches = [...NODES, 'mongo'].map((node) => watchArguments(LAB, node, patterns));
    const ran = await run(t, LAB, APPLY, 0);
    t.like(ran.result, { ok: true, checks: { failed: 0, unknown: 0 } }, told(ran));
    for (const watch of watches) t.deepEqual(watch.end().found, []);
    t.false(ran.stdout.includes(MARK));
    const logins = ran.events.filter(({ id }) => String(id).startsWith('mongodb-login/'));
    t.deepEqual(
      logins.map(({ code }) => code),
      ['mongodb-login-stand-in', 'mongodb-login-stand-in'],
    );
    const again = await run(t, LAB, APPLY, 0);
    t.is(again.result.changed, 0);
    for (const count of Object.values(again.result.roundTrips as object)) t.true(count <= 3);
    for (const node of NODES)
      t.is(onNode(LAB, node, `journalctl | grep -c ${MARK} || true`).trim(), '0');
  },
);

inRealLab(
  'the real pump’s records are read back from it, and a screen and the report say what it is',
  async (t) => {
    t.timeout(300_000);
    await makeRecords(t);
    await until('a record is read back', async () => {
      return (await said('audit-records/mongodb')) === 'audit-record-in-stand-in';
    });
    t.true(stored() > 0);
    const screen = await wizard(LAB, ['check', '--stage', 'database']);
    t.regex(screen.stdout, /STAND-IN for MongoDB/);
    const report = await wizard(LAB, ['report', '--output', '-']);
    t.regex(report.stdout, /> \*\*STAND-IN for MongoDB/);
    t.false(`${screen.stdout}${report.stdout}`.includes(MARK));
  },
);

inRealLab('another password, here or there, and too few rights are told apart', async (t) => {
  t.timeout(300_000);
  const database = ['--stage', 'database'];
  const env = { [VARIABLE]: 'another' };
  const denied = 'mongodb-login/iam-1 mongodb-wrong-password iam-1';
  t.deepEqual(await wrong(database, env), [denied]);
  account('changed on the server');
  t.deepEqual(await wrong(database), [denied]);
  account(PASSWORD, 'read');
  t.deepEqual(await wrong(database), ['mongodb-login/iam-1 mongodb-not-allowed iam-1']);
  account(PASSWORD);
  t.deepEqual(await wrong(database), []);
});

inRealLab('a node that is cut off from it is named', async (t) => {
  t.timeout(300_000);
  const rules = `add table ip cut_off
add chain ip cut_off output { type filter hook output priority 0; }
add rule ip cut_off output ip daddr ${SERVER} tcp dport 27017 drop`;
  onNode(LAB, 'iam-2', `nft -f - <<<'${rules}'`);
  t.teardown(() => onNode(LAB, 'iam-2', 'nft delete table ip cut_off 2>/dev/null || true'));
  t.deepEqual(await wrong(['--stage', 'database']), ['mongodb-server mongodb-blocked iam-2']);
  onNode(LAB, 'iam-2', 'nft delete table ip cut_off');
  t.deepEqual(await wrong(['--stage', 'database']), []);
});

inRealLab(
  'while it is away pumps at work lose to it what their files keep; they go on by themselves',
  async (t) => {
    t.timeout(400_000);
    await drained();
    onNode(LAB, 'mongo', 'systemctl stop mongo-stand-in');
    t.deepEqual(await wrong(), ['mongodb-server mongodb-not-listening iam-1']);
    const before = { stored: stored(), inFiles: inFiles() };
    await makeRecords(t);
    await drained();
    await until('a pump says that it could not store', async () =>
      (await wrong()).some((one) => /^audit-writes\/iam-\d audit-not-in-mongodb/.test(one)),
    );
    t.is(stored(), before.stored);
    t.true(inFiles() > before.inFiles);
    onNode(LAB, 'mongo', 'systemctl start mongo-stand-in');
    await until(
      'new records reach it',
      async () => {
        await makeRecords(t);
        return stored() > before.stored;
      },
      120,
    );
  },
);

inRealLab('pumps that begin while it is away wait, and so do the records', async (t) => {
  t.timeout(400_000);
  await drained();
  onNode(LAB, 'mongo', 'systemctl stop mongo-stand-in');
  for (const node of NODES) onNode(LAB, node, 'systemctl restart iam-pump');
  const before = stored();
  await makeRecords(t);
  await until('records wait', () => waiting() > 0);
  const count = waiting();
  t.deepEqual(await wrong(), ['mongodb-server mongodb-not-listening iam-1']);
  onNode(LAB, 'mongo', 'systemctl start mongo-stand-in');
  await drained();
  await until('every one has reached it', () => stored() >= before + count);
  await until('all is well again', async () => (await wrong()).length === 0, 90);
  t.pass();
});

inRealLab(
  'the files stay small, lose no record that a check needs, and are written on',
  async (t) => {
    t.timeout(300_000);
    const folder = '/var/lib/iam/iam-pump/analytics-data';
    const most = 1 << 30;
    const kept = inFiles();
    const busy =
      NODES.find((node) => onNode(LAB, node, `ls ${folder}`).includes('.csv')) ?? 'iam-1';
    // as much as a very busy day writes, then an hour that is not over
    onNode(
      LAB,
      busy,
      `cd ${folder} && newest=$(ls -t *.csv | head -n 1)
for hour in 1 2 3 4 5; do
  truncate -s 300M 2026-January-1-$hour.csv; touch -d "-$((9 - hour)) hours" 2026-January-1-$hour.csv
done
row=$(tail -n 1 $newest); yes "$row" | head -n 400000 >>$newest; chown iam:iam *.csv
systemctl start iam-ha-audit-files.service`,
    );
    const total = Number(onNode(LAB, busy, `cat ${folder}/*.csv | wc -c`));
    t.true(total <= most, String(total));
    t.is(
      onNode(LAB, busy, `ls ${folder}/2026-January-1-1.csv 2>&1 || true`).includes('cannot'),
      true,
    );
    t.true(inFiles() >= kept + 400_000);
    t.is(onNode(LAB, busy, 'systemctl is-active iam-ha-audit-files.timer').trim(), 'active');
    const now = inFiles();
    await makeRecords(t);
    await drained();
    await until('the pump has written on', () => inFiles() > now);
    t.deepEqual(await wrong(), []);
  },
);

inRealLab('IAM’s own pump stores empty records, and nobody calls that right', async (t) => {
  t.timeout(600_000);
  rewriteCluster((cluster) => {
    const iam = { ...(cluster.iam as unknown as object), pumpMend: false };
    return { ...cluster, iam };
  });
  const ran = await wizard(LAB, ['apply', '--yes', '--json', '--stage', 'services']);
  t.true((ran.result.changed as number) > 0, told(ran));
  await makeRecords(t);
  await until('an empty record is read back', async () =>
    (await wrong(['--stage', 'services'])).includes(
      'audit-records/mongodb audit-records-empty iam-1',
    ),
  );
  t.pass();
});

inRealLab.after.always('the lab goes', async () => {
  await down(LAB);
});
