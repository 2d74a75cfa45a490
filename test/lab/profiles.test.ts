import { readFileSync, writeFileSync } from 'node:fs';
import type { ExecutionContext } from 'ava';
import { parse, stringify } from 'yaml';
import { labPlaces } from '../../source/lab/index.ts';
import { startLoad } from './_clients.ts';
import {
  differences,
  down,
  inLab,
  type Line,
  labName,
  manifest,
  onNode,
  startWizard,
  until,
  wizard,
} from './_lab.ts';
import { APPLY, NODES } from './_main-job.ts';
import { drillRun, pairUp, verifyWhole } from './_pair.ts';
import { watchVip } from './_vip-watch.ts';

/** The three profiles of a pair that is in use, changed into each other, and what an interruption leaves. */
const LAB = labName('profiles');
type Profile = 'lecture' | 'balanced' | 'fast';

/** Every one of the six transitions once; it begins and ends with balanced. */
const ROUND: readonly Profile[] = ['fast', 'lecture', 'fast', 'balanced', 'lecture', 'balanced'];

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
  const there = `ls -d /run/iam-ha /etc/tmpfiles.d/iam-ha.conf /etc/sysctl.d/60-iam-ha.conf \
/etc/keepalived/nginx_stopping.sh /etc/systemd/system/*iam-ha-nginx-witness.service \
/etc/systemd/system/nginx.service.wants/iam-ha-nginx-witness.service 2>/dev/null | wc -l
cat /proc/sys/net/ipv4/conf/eth0/arp_ignore`;
  for (const node of NODES) {
    const isWatched = profile !== 'lecture';
    t.is(onNode(LAB, node, there), isWatched ? '6\n1\n' : '0\n0\n', `${node} ${profile}`);
    t.is(isActive(node, 'iam-ha-nginx-witness'), isWatched, `${node} ${profile}`);
  }
}

/** An apply under load loses nothing and moves nothing. */
async function change(t: ExecutionContext, from: Profile, to: Profile): Promise<void> {
  const what = `${from} -> ${to}`;
  const before = holders();
  write(to);
  const watch = watchVip(LAB, NODES);
  const load = await startLoad(LAB);
  const { code, events, result, stdout } = await wizard(LAB, APPLY);
  const { seen, logins } = await load.end();
  const { looks, doubles } = watch.end();
  t.is(code, 0, stdout);
  for (const { domain, sent, ok, late, failed, slowestMs, bad } of seen) {
    const figures = `${ok} of ${sent} ok, ${late} late, ${failed} failed`;
    t.log(`${what}: ${domain}: ${figures}, slowest ${Math.round(slowestMs)} ms`);
    t.deepEqual(bad, [], `${what}: ${domain}`);
  }
  t.deepEqual(logins.failures, [], what);
  const places = Object.entries(looks).map(([node, { all, held }]) => `${node} ${held} of ${all}`);
  t.log(`${what}: looks with the VIP: ${places.join(', ')}; two at once: ${doubles.length}`);
  t.log(`${what}: no failover for ${awaySeconds(events)} s; ${result.changed} changed`);
  t.deepEqual(doubles, [], what);
  for (const { all, held } of Object.values(looks)) t.true(held === 0 || held === all, what);
  t.deepEqual(holders(), before, what);
  verifyWitness(t, to);
}

/** From the standby's stop to its start, as the events say it; 0 where it only reloads. */
function awaySeconds(events: readonly Line[]): number {
  const at = (resource: string, state: string) => {
    const found = events.find(
      (event) => event.type === 'change' && event.resource === resource && event.state === state,
    );
    return found ? Date.parse(String(found.at)) : undefined;
  };
  const start = events.find(
    (event) =>
      event.type === 'change' && event.code === 'vrrp-settings-aside' && event.state === 'done',
  );
  const end = events.findLast(
    (event) => event.type === 'change' && event.code === 'unit-start' && event.state === 'done',
  );
  void at;
  if (!start || !end) return 0;
  return (Date.parse(String(end.at)) - Date.parse(String(start.at))) / 1000;
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

inLab.after.always('nothing stays', () => down(LAB));
void differences;
void manifest;
void startWizard;
void until;
void drillRun;
