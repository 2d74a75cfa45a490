import { readFileSync, writeFileSync } from 'node:fs';
import type { ExecutionContext } from 'ava';
import { parse, stringify } from 'yaml';
import { labPlaces } from '../../source/lab/index.ts';
import { discardReason } from '../../source/model/index.ts';
import { type Load, startLoad } from './_clients.ts';
import { down, inLab, type Line, labName, onNode, startWizard, wizard } from './_lab.ts';
import { APPLY, NODES } from './_main-job.ts';
import { drillRun, pairUp, verifyWhole } from './_pair.ts';
import { watchVip } from './_vip-watch.ts';

/** The three profiles of a pair that is in use, changed into each other, and what an interruption leaves. */
const LAB = labName('profiles');
type Profile = 'lecture' | 'balanced' | 'fast';

/** Every one of the six transitions once; it begins and ends with balanced. */
const ROUND: readonly Profile[] = ['fast', 'lecture', 'fast', 'balanced', 'lecture', 'balanced'];

interface DrillLine extends Line {
  readonly outcome: string;
  readonly outageMs: number;
  readonly predictedMs: readonly [number, number];
}

function write(profile: Profile): void {
  const file = labPlaces(LAB).cluster;
  const cluster = parse(readFileSync(file, 'utf8'));
  cluster.vip.profile = profile;
  writeFileSync(file, stringify(cluster));
}

function holders(): readonly string[] {
  return NODES.filter((node) =>
    onNode(LAB, node, 'ip -4 -o addr show dev eth0').includes(' 10.0.4.99/'),
  );
}

const isActive = (node: string, unit: string) =>
  onNode(LAB, node, `systemctl is-active ${unit} || true`).trim() === 'active';

/** Nothing of the witness is there where the profile does without it, and all of it elsewhere. */
function verifyWitness(t: ExecutionContext, profile: Profile): void {
  const there = `ls -d /run/iam-ha /etc/tmpfiles.d/iam-ha.conf \
/etc/keepalived/nginx_stopping.sh /etc/systemd/system/*iam-ha-nginx-witness.service \
/etc/systemd/system/nginx.service.wants/iam-ha-nginx-witness.service 2>/dev/null | wc -l
cat /proc/sys/net/ipv4/conf/eth0/arp_ignore`;
  for (const node of NODES) {
    const isWatched = profile !== 'lecture';
    t.is(onNode(LAB, node, there), isWatched ? '5\n1\n' : '0\n1\n', `${node} ${profile}`);
    t.is(isActive(node, 'iam-ha-nginx-witness'), isWatched, `${node} ${profile}`);
  }
}

/** As the wizard's own rule for drills: a computer that stood still says nothing about the pair. */
const isThrownAway = ({ seen }: Load) => seen.some((one) => discardReason(one) !== undefined);
const TRIES = 3;

/** An apply under load, and what was seen of it by clients and on the nodes. */
async function measured(to: Profile) {
  const before = holders();
  write(to);
  const watch = watchVip(LAB, NODES);
  const load = await startLoad(LAB);
  const ran = await wizard(LAB, APPLY);
  return { before, ran, load: await load.end(), vip: watch.end(), after: holders() };
}

type Change = Awaited<ReturnType<typeof measured>>;

/** An apply under load loses nothing and moves nothing. */
async function change(t: ExecutionContext, from: Profile, to: Profile): Promise<void> {
  let found = await measured(to);
  for (let time = 1; isThrownAway(found.load) && time < TRIES; time += 1) {
    t.log(`${from} -> ${to}: run ${time} was thrown away: the prober was late`);
    write(from);
    await wizard(LAB, APPLY);
    found = await measured(to);
  }
  verifyChange(t, `${from} -> ${to}`, found);
  verifyWitness(t, to);
}

function verifyChange(t: ExecutionContext, what: string, found: Change): void {
  const { before, ran, load, vip, after } = found;
  t.is(ran.code, 0, ran.stdout);
  for (const { domain, sent, ok, late, failed, slowestMs, bad } of load.seen) {
    const figures = `${ok} of ${sent} ok, ${late} late, ${failed} failed`;
    t.log(`${what}: ${domain}: ${figures}, slowest ${Math.round(slowestMs)} ms`);
    t.true(sent > 500, what);
    t.deepEqual(bad, [], `${what}: ${domain}`);
  }
  t.deepEqual(load.logins.failures, [], what);
  const places = Object.entries(vip.looks);
  t.log(`${what}: ${places.map(([node, one]) => `${node} ${one.held} of ${one.all}`).join(', ')}`);
  t.deepEqual(vip.doubles, [], what);
  for (const [node, { all, held }] of places) t.is(held, before.includes(node) ? all : 0, what);
  t.deepEqual(after, before, what);
}

inLab.before('a pair with the profile balanced', (t) => pairUp(t, LAB));

inLab(
  'each of the six changes loses no request, moves nothing, and is whole afterwards',
  async (t) => {
    t.timeout(600_000);
    let from: Profile = 'balanced';
    for (const to of ROUND) {
      await change(t, from, to);
      await verifyWhole(t, LAB);
      from = to;
    }
    const { result } = await wizard(LAB, APPLY);
    t.is(result.changed, 0);
  },
);

inLab(
  'killed between the two nodes, the standby is named, and the next apply finishes it',
  async (t) => {
    t.timeout(300_000);
    const [holder] = holders();
    const standby = NODES.find((node) => node !== holder) ?? '';
    write('fast');
    const watch = watchVip(LAB, NODES);
    const first = startWizard(LAB, APPLY);
    await first.event((event) => event.code === 'vrrp-settings-aside' && event.state === 'done');
    first.kill('SIGKILL');
    await first.ended;
    t.false(isActive(standby, 'keepalived'));
    const { events } = await wizard(LAB, ['check', '--json']);
    const failed = events.filter((one) => one.type === 'check' && one.verdict === 'failed');
    t.true(
      failed.some((one) => one.id === `standby-aside/${standby}`),
      JSON.stringify(failed),
    );
    const { code, stdout } = await wizard(LAB, APPLY);
    t.is(code, 0, stdout);
    t.deepEqual(watch.end().doubles, []);
    t.deepEqual(holders(), [holder]);
    t.is(onNode(LAB, standby, 'ls -d /run/iam-ha-standby 2>/dev/null; true'), '');
    await verifyWhole(t, LAB);
  },
);

inLab('after a change to fast a drill comes within what fast predicts', async (t) => {
  t.timeout(300_000);
  const args = ['keepalived-stopped', '--rate', '200', '--yes', '--json'];
  const { drills, stdout } = await drillRun<DrillLine>(t, LAB, args, 5);
  const [drill] = drills;
  t.is(drill?.outcome, 'passed', stdout);
  t.log(
    `keepalived-stopped with fast: ${drill?.outageMs} ms of ${drill?.predictedMs.join('-')} ms`,
  );
});

inLab.after.always('nothing stays', () => down(LAB));
