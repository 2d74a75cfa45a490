import ava from 'ava';
import {
  differences,
  down,
  labName,
  onNode,
  type Ran,
  startWizard,
  inLab as test,
  until,
  upFresh,
  wizard,
} from './_lab.ts';
import {
  APPLY,
  assertResultLast,
  assertSameTrees,
  changesOf,
  copyState,
  healthz,
  isChange,
  journalOf,
  killedAfter,
  mtimesOf,
  NODES,
  packagesOf,
  pidsOf,
  place,
  randomFrom,
  run,
  type StateCopy,
  type Trees,
  told,
  treesOf,
} from './_main-job.ts';

// From bare machines to the pair and back, in labs of one name, one after another: the first is
// applied without a stop and undone; on the second apt alone installs; the third's apply is stopped
// by Ctrl-C, the fourth's killed. They start from copies of the first's session.

const LAB = labName('main');
const KILLS = 10;
const SERVED = '{"status":"ok"} 200';
const DOMAINS = [
  ['iam-apiserver', 'iam.api.marmotedu.com'],
  ['iam-authz-server', 'iam.authz.marmotedu.com'],
] as const;

/** The wizard's own notes on what it wrote, and what useradd keeps: the plan has the account itself. */
const UNSHOWN =
  /^\/var\/lib\/iam-ha-wizard\/sets\/|^\/var\/lib\/iam-ha-wizard\/sql\/|^\/etc\/(passwd|group|shadow|gshadow)$/;

let session: StateCopy;
let bare: Trees;
let planned: Ran;
let applied: Trees;
let undone: Trees;
let againMs = 0;
/** Packages of each node after the first apply. */
const installed = new Map<string, readonly string[]>();

ava.after.always(async () => {
  session?.remove();
  await down(LAB);
});

test('plan on bare machines shows what would change and changes nothing', async (t) => {
  await upFresh(LAB);
  bare = treesOf(LAB);
  const before = NODES.map((node) => mtimesOf(LAB, node));
  planned = await run(t, LAB, ['plan', '--json'], 2);
  t.true(Number(planned.result.changes) > 0);
  t.is(changesOf(planned, 'planned').length, Number(planned.result.changes));
  assertSameTrees(t, bare, treesOf(LAB));
  for (const [index, node] of NODES.entries()) t.is(mtimesOf(LAB, node), before[index] ?? '');
  session = copyState(LAB);
});

test('apply and undo without --yes are refused where nobody can answer', async (t) => {
  for (const command of ['apply', 'undo']) {
    await run(t, LAB, [command, '--json'], 64);
    await run(t, LAB, [command], 64);
  }
  assertSameTrees(t, bare, treesOf(LAB));
});

test('apply: both domains answer at the VIP', async (t) => {
  const ran = await run(t, LAB, APPLY, 0);
  t.log(`apply took ${ran.result.elapsedMs} ms`);
  t.true(Number(ran.result.changed) > 0);
  for (const [, domain] of DOMAINS) t.is(healthz(LAB, domain), SERVED);
  applied = treesOf(LAB);
  for (const node of NODES) installed.set(node, packagesOf(LAB, node));
});

test('applied again: nothing changes, in three round trips a node', async (t) => {
  const look = () => NODES.map((node) => [pidsOf(LAB, node), mtimesOf(LAB, node)]);
  const before = look();
  const { result, events } = await run(t, LAB, APPLY, 0);
  againMs = Number(result.elapsedMs);
  t.is(result.changed, 0);
  t.false(events.some((event) => event.type === 'change'));
  for (const [node, trips] of Object.entries(result.roundTrips as Record<string, number>))
    t.true(trips <= 3, `${node}: ${trips}`);
  t.deepEqual(look(), before);
});

for (const [unit, domain] of DOMAINS) {
  test(`without a backend of ${domain} the VIP does not say 200, with one it does`, async (t) => {
    for (const node of NODES) onNode(LAB, node, `systemctl stop ${unit}`);
    t.false(healthz(LAB, domain).endsWith(' 200'));
    for (const [, other] of DOMAINS) if (other !== domain) t.is(healthz(LAB, other), SERVED);
    onNode(LAB, 'iam-2', `systemctl start ${unit}`);
    await until('one backend serves', () => healthz(LAB, domain) === SERVED);
    onNode(LAB, 'iam-1', `systemctl start ${unit}`);
  });
}

test('a node locked by somebody else is left alone, and no lock stays behind', async (t) => {
  const lock = '/run/iam-ha-wizard/lock';
  const theirs = JSON.stringify({ session: 'other', host: 'far', user: 'eve', token: 'x' });
  onNode(LAB, 'iam-2', `mkdir -p /run/iam-ha-wizard; echo '${theirs}' > ${lock}`);
  await run(t, LAB, APPLY, 75);
  await run(t, LAB, ['undo', '--yes', '--json'], 75);
  t.is(onNode(LAB, 'iam-2', `cat ${lock}`), `${theirs}\n`);
  t.is(onNode(LAB, 'iam-1', `[ -e ${lock} ] || echo none`), 'none\n');
  t.is((await run(t, LAB, [...APPLY, '--break-lock', 'iam-2'], 0)).result.changed, 0);
  assertSameTrees(t, applied, treesOf(LAB));
});

test('undo leaves a file that somebody edited, and says so', async (t) => {
  const file = '/etc/iam/iam-pump.yaml';
  onNode(LAB, 'iam-2', `cp -a ${file} /root/kept; echo '# mine' >> ${file}`);
  const { result } = await run(t, LAB, ['undo', '--yes', '--json'], 1);
  t.deepEqual(result.left, [`iam-2:file:${file}`, 'iam-2:directory:/etc/iam']);
  t.regex(onNode(LAB, 'iam-2', `cat ${file}`), /\n# mine\n$/);
  onNode(LAB, 'iam-2', `mv /root/kept ${file}`);
});

test('undo takes the rest back once that edit is gone; then there is nothing to undo', async (t) => {
  const { result } = await run(t, LAB, ['undo', '--yes', '--json'], 0);
  t.deepEqual(result.left, []);
  undone = treesOf(LAB);
  const { result: again } = await run(t, LAB, ['undo', '--yes', '--json'], 0);
  t.deepEqual([again.undone, again.left], [[], []]);
});

test('the plan had shown each file that undo took back, as a diff', (t) => {
  for (const node of NODES) {
    const lines = differences(undone.get(node) ?? new Map(), applied.get(node) ?? new Map());
    const files = lines
      .filter((line) => /^\+ \S+: f/.test(line))
      .map((line) => line.split(/[ :]/)[1]);
    const shown = changesOf(planned, 'planned')
      .filter((event) => event.node === node && event.diff)
      .map((event) => event.resource);
    const hidden = files.filter((file) => !UNSHOWN.test(file ?? ''));
    t.deepEqual(
      hidden.filter((file) => !shown.includes(`file:${file}`)),
      [],
    );
  }
});

test('what stays after undo is what apt alone would have brought, byte for byte', async (t) => {
  await upFresh(LAB);
  for (const node of NODES) {
    const had = new Set(packagesOf(LAB, node));
    const fresh = (installed.get(node) ?? []).filter((name) => !had.has(name));
    const install = `apt-get install -y -q --no-install-recommends ${fresh.join(' ')}`;
    onNode(LAB, node, `apt-get update -q && DEBIAN_FRONTEND=noninteractive ${install} </dev/null`);
  }
  assertSameTrees(t, treesOf(LAB), undone);
});

test('Ctrl-C twice leaves the step running; the next run joins it', async (t) => {
  await upFresh(LAB);
  session.restore(LAB);
  const running = startWizard(LAB, APPLY, { viaLabRun: true });
  await running.event(({ type, node }) => type === 'progress' && node === 'iam-1');
  running.kill('SIGINT');
  // the second one insists only once the first is heard: two at once are one
  await running.event(({ type, code }) => type === 'progress' && code === 'stopping');
  running.kill('SIGINT');
  const ran = await running.ended;
  t.is(ran.code, 130, told(ran));
  assertResultLast(t, ran);
  t.true(journalOf(LAB).some((record) => record.type === 'step-left-running'));
  t.regex(onNode(LAB, 'iam-1', "systemctl list-units 'iam-ha-*'"), /iam-ha-packages-database/);
});

test('Ctrl-C in the middle of load-balancer: exit 130, once the action in hand is done', async (t) => {
  const running = startWizard(LAB, APPLY, { viaLabRun: true });
  await running.event(isChange('load-balancer', 'started'));
  running.kill('SIGINT');
  const ran = await running.ended;
  t.is(ran.code, 130, told(ran));
  assertResultLast(t, ran);
  t.regex(JSON.stringify(ran.events), /an earlier run left at work: iam-ha-packages-database/);
  const records = journalOf(LAB);
  const intents = records.filter((one) => one.type === 'intent' && one.stage === 'load-balancer');
  const changes = intents.map((one) => one.change);
  const ended = records.filter((one) => one.type === 'outcome' && changes.includes(one.change));
  t.true(changes.length > 0);
  t.is(ended.length, changes.length);
});

test('applied again it goes on from there, and ends like one that was never stopped', async (t) => {
  const running = startWizard(LAB, APPLY);
  await running.event(isChange('keepalived', 'started'));
  const [meanwhile, other] = await Promise.all([
    wizard(LAB, APPLY),
    wizard(LAB, [...APPLY, '--session', 'other']),
  ]);
  t.deepEqual([meanwhile.code, other.code], [75, 75], `${told(meanwhile)}\n${told(other)}`);
  const ran = await running.ended;
  t.is(ran.code, 0, told(ran));
  const stages = new Set(changesOf(ran, 'planned').map((event) => event.stage));
  for (const done of ['database', 'services', 'reverse-proxy']) t.false(stages.has(done), done);
  t.true(stages.has('keepalived'));
  assertSameTrees(t, applied, treesOf(LAB));
});

test('killed by -9 at ten random moments, apply still ends like one that was not', async (t) => {
  await upFresh(LAB);
  session.restore(LAB);
  const seed = Number(process.env.IAM_HA_TEST_SEED ?? Date.now() % 1_000_000);
  const random = randomFrom(seed);
  t.log(`IAM_HA_TEST_SEED=${seed}`);
  let whole = false;
  for (let kills = 0; kills < KILLS; ) {
    // Some before the first change; most after a tenth or two of the work, so that ten reach all of it.
    const share = whole || kills % 5 === 0 ? 0 : random() * Math.min(1, 2 / (KILLS - kills));
    const afterMs = Math.round(random() * (share === 0 ? againMs : random() * 5000));
    const ran = await killedAfter(LAB, share, afterMs);
    const moment = `${Math.round(share * 100)} % of its changes + ${afterMs} ms`;
    t.log(`${moment}: ${ran.code ?? 'killed'} ${place(ran)}`);
    if (ran.code === null) kills += 1;
    else t.is(ran.code, 0, told(ran));
    whole ||= ran.code === 0;
  }
  await run(t, LAB, APPLY, 0);
  assertSameTrees(t, applied, treesOf(LAB));
  for (const [, domain] of DOMAINS) t.is(healthz(LAB, domain), SERVED);
  t.true(journalOf(LAB).some((record) => record.type === 'lock-taken-over'));
});

test('undo after all those kills brings back every file, too', async (t) => {
  const { result } = await run(t, LAB, ['undo', '--yes', '--json'], 0);
  t.deepEqual(result.left, []);
  assertSameTrees(t, undone, treesOf(LAB));
});
