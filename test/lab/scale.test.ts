import type { ExecutionContext } from 'ava';
import { DOMAINS, startLoad } from './_clients.ts';
import { down, inLab, labName, onNode, type Ran, upFresh, wizard } from './_lab.ts';
import { run } from './_main-job.ts';
import { ALL, writeNodes } from './_nodes.ts';

/** The lecture's first question: a third node joins a pair that is in use, and leaves it again. */
const LAB = labName('scale');
const DAEMONS = ['iam-apiserver', 'iam-authz-server'] as const;

/** While `work` goes on, no client loses a request. */
async function losesNothing(t: ExecutionContext, what: string, work: () => Promise<void>) {
  const load = await startLoad(LAB);
  await work();
  const { seen, logins } = await load.end();
  for (const { domain, sent, ok, late, failed, slowestMs, bad } of seen) {
    const figures = `${ok} of ${sent} ok, ${late} late, ${failed} failed`;
    t.log(`${what}: ${domain}: ${figures}, slowest ${Math.round(slowestMs)} ms`);
    t.true(sent > 500, what);
    t.deepEqual(bad, [], `${what}: ${domain}`);
  }
  t.log(`${what}: ${logins.answered} logins`);
  t.deepEqual(logins.failures, [], what);
}

function apply(t: ExecutionContext): Promise<Ran> {
  return run(t, LAB, ['apply', '--yes', '--json'], 0);
}

/** Everything passes, and there is nothing left to do, at the usual price. */
async function verifyWhole(t: ExecutionContext): Promise<void> {
  const { events } = await run(t, LAB, ['check', '--json'], 0);
  const bad = events.filter((event) => event.type === 'check' && event.verdict !== 'passed');
  t.deepEqual(bad, []);
  const { result } = await apply(t);
  t.is(result.changed, 0);
  const trips = Object.entries(result.roundTrips as Readonly<Record<string, number>>);
  for (const [node, count] of trips) t.is(count, 3, node);
}

/** Ten requests of ours to a front end's nginx, counted by who answered them. */
function spread(front: string, domain: string, log: string): readonly number[] {
  const mark = `scale-${Date.now()}`;
  const out = onNode(
    LAB,
    front,
    `for i in {1..10}; do
  exec 3<>/dev/tcp/127.0.0.1/80
  printf 'GET /healthz HTTP/1.0\\r\\nHost: ${domain}\\r\\nX-Request-ID: ${mark}\\r\\n\\r\\n' >&3
  cat <&3 >/dev/null; exec 3>&-
done
grep -F 'id=${mark} ' ${log} | grep -o ' upstream=[^ ]*' | sort | uniq -c | sort -rn`,
  );
  return out
    .split('\n')
    .filter(Boolean)
    .map((line) => Number(line.trim().split(' ')[0]));
}

function verifySpread(t: ExecutionContext, fronts: readonly string[], counts: readonly number[]) {
  for (const front of fronts) {
    for (const [index, domain] of DOMAINS.entries()) {
      const log = `/var/log/nginx/iam-${index === 0 ? 'api' : 'authz'}.access.log`;
      t.deepEqual(spread(front, domain, log), counts, `${front} ${domain}`);
    }
  }
}

/** As after a run that was killed between its files and their load: a restart is due. */
function makeRestartsDue(): void {
  const records = DAEMONS.map((daemon) => `/var/lib/iam-ha-wizard/sets/${daemon}`).join(' ');
  for (const node of ALL) onNode(LAB, node, `sed -i '/^loaded /d' ${records}`);
}

/** What of ours is on a node, and what of it runs. */
function traces(node: string): string {
  return onNode(
    LAB,
    node,
    `ls -d /etc/iam /opt/iam /etc/nginx/iam-ha /var/lib/iam-ha-wizard /run/iam-ha-wizard 2>/dev/null
grep -rl 'iam-ha' /etc/nginx /etc/keepalived /etc/systemd /etc/hosts 2>/dev/null
for unit in keepalived iam-apiserver iam-authz-server iam-pump iam-ha-nginx-witness; do
  systemctl is-active --quiet $unit && echo $unit
done
ip -4 -o addr show | grep -o '10[.]0[.]4[.]99'; true`,
  ).trim();
}

const accounts = () =>
  onNode(LAB, 'iam-1', `mariadb -N -e "SELECT Host FROM mysql.user WHERE User = 'iam' ORDER BY 1"`)
    .trim()
    .split('\n');

/** On whom a file names the third node. */
const namedBy = (path: string) =>
  ['iam-1', 'iam-2'].filter((node) => onNode(LAB, node, `grep -rlF 10.0.4.22 ${path} || true`));

inLab.before('a pair, and a third machine that is nobody yet', async (t) => {
  t.timeout(600_000);
  await upFresh(LAB, { nodes: 3 });
  writeNodes(LAB, 2);
  await apply(t);
});

inLab('a third node joins, IAM restarts, and it leaves again: no request is lost', async (t) => {
  t.timeout(600_000);
  verifySpread(t, ['iam-1', 'iam-2'], [5, 5]);
  writeNodes(LAB, 3);
  await losesNothing(t, 'joins', async () => {
    const { events } = await apply(t);
    const outages = events.filter((one) => one.type === 'change' && one.effect === 'outage');
    t.deepEqual(outages, []);
  });
  verifySpread(t, ALL, [4, 3, 3]);
  t.deepEqual(accounts(), ['10.0.4.20', '10.0.4.21', '10.0.4.22', '127.0.0.1']);
  await verifyWhole(t);

  makeRestartsDue();
  await losesNothing(t, 'restarts', async () => {
    t.is((await apply(t)).result.changed, 6);
  });

  writeNodes(LAB, 2);
  await losesNothing(t, 'leaves', async () => {
    await apply(t);
  });
  t.is(traces('iam-3'), '');
  t.deepEqual(accounts(), ['10.0.4.20', '10.0.4.21', '127.0.0.1']);
  t.deepEqual(namedBy('/etc/nginx /etc/keepalived'), []);
  verifySpread(t, ['iam-1', 'iam-2'], [5, 5]);
  await verifyWhole(t);
});

inLab('a backend only joins: the services, and nothing of a front end', async (t) => {
  t.timeout(600_000);
  writeNodes(LAB, 3, { roles: ['backend'] });
  await losesNothing(t, 'joins as a backend', async () => {
    await apply(t);
  });
  verifySpread(t, ['iam-1', 'iam-2'], [4, 3, 3]);
  const there = traces('iam-3').split('\n');
  t.deepEqual(
    there.filter((line) => /nginx|keepalived|hosts|10\.0\.4\.99/.test(line)),
    [],
  );
  t.true(there.includes('iam-apiserver'));
  t.deepEqual(namedBy('/etc/keepalived'), []);
  await verifyWhole(t);
  const { code } = await wizard(LAB, ['move-vip', 'iam-3', '--yes', '--json']);
  t.is(code, 64);
});

inLab('an undo takes back what was done on all three', async (t) => {
  t.timeout(300_000);
  writeNodes(LAB, 2);
  const { result } = await run(t, LAB, ['undo', '--yes', '--json'], 0);
  t.deepEqual(result.left, []);
  for (const node of ALL) t.is(traces(node), '', node);
});

inLab.after.always('nothing stays', () => down(LAB));
