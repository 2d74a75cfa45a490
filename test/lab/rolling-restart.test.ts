import { startLoad } from './_clients.ts';
import {
  differences,
  down,
  inLab,
  labName,
  manifest,
  onNode,
  startWizard,
  until,
  wizard,
} from './_lab.ts';
import { pairUp, verifyWhole } from './_pair.ts';

/** A restart of IAM's services on both nodes under load, and what is left when the wizard dies in one. */
const LAB = labName('rolling');
const NODES = ['iam-1', 'iam-2'] as const;
const DAEMONS = ['iam-apiserver', 'iam-authz-server'] as const;

/** As after a run that was killed between its files and their load: a restart is due. */
function makeRestartsDue(): void {
  const records = DAEMONS.map((daemon) => `/var/lib/iam-ha-wizard/sets/${daemon}`).join(' ');
  for (const node of NODES) onNode(LAB, node, `sed -i '/^loaded /d' ${records}`);
}

/** IAM ends without an answer to what it has begun. The stand-in is more polite: it is made to end so, too. */
function makeStopsRude(): void {
  const place = (daemon: string) => `/run/systemd/system/${daemon}.service.d`;
  const rude = DAEMONS.map(
    (daemon) =>
      `mkdir -p ${place(daemon)}; printf '[Service]\\nKillSignal=SIGKILL\\n' >${place(daemon)}/rude.conf`,
  );
  for (const node of NODES) onNode(LAB, node, [...rude, 'systemctl daemon-reload'].join('\n'));
}

function startTimes(node: string): readonly string[] {
  const show = (daemon: string) =>
    onNode(LAB, node, `systemctl show -p MainPID --value ${daemon}`).trim();
  return DAEMONS.map(show);
}

/** What a drain puts on a node: nothing of it may stay. */
function traces(node: string): string {
  return onNode(
    LAB,
    node,
    `grep -o ' /etc/nginx/[^ ]*' /proc/self/mountinfo; ls /run/iam-ha-wizard/restore 2>/dev/null
systemctl list-units --all --plain --no-legend 'iam-ha-drain*'; nginx -T 2>/dev/null | grep ' down;'; true`,
  );
}

inLab.before('a pair, and nothing wrong with it', async (t) => {
  await pairUp(t, LAB);
  makeStopsRude();
});

inLab('no request is lost while both services restart on both nodes', async (t) => {
  t.timeout(300_000);
  const files = NODES.map((node) => manifest(LAB, node));
  const before = NODES.map(startTimes);
  makeRestartsDue();
  const load = await startLoad(LAB, 3);
  const { code, result, stdout } = await wizard(LAB, ['apply', '--yes', '--json']);
  const { seen, logins } = await load.end();
  t.is(code, 0, stdout);
  t.is(result.changed, 4);
  for (const { domain, ok, failed, slowestMs, bad } of seen) {
    t.log(`${domain}: ${ok} ok, slowest ${Math.round(slowestMs)} ms`);
    t.is(failed, 0, JSON.stringify(bad));
    t.true(ok > 200, domain);
  }
  t.deepEqual(logins.failures, []);
  t.true(logins.answered > 2);
  for (const [index, node] of NODES.entries()) {
    const after = startTimes(node);
    for (const [at, pid] of before[index]?.entries() ?? []) t.not(after[at], pid);
    t.is(traces(node), '');
    t.deepEqual(differences(files[index] ?? new Map(), manifest(LAB, node)), []);
  }
  await verifyWhole(t, LAB);
});

inLab('killed while a backend is out: the node puts it back, or the next run does', async (t) => {
  t.timeout(300_000);
  const isOut = () => NODES.some((node) => traces(node).includes(' down;'));
  const killInTheMiddle = async () => {
    makeRestartsDue();
    const running = startWizard(LAB, ['apply', '--yes', '--json']);
    await until('a backend is out', isOut, 60);
    running.kill('SIGKILL');
    await running.ended;
  };
  await killInTheMiddle();
  t.true(isOut());
  await until('the nodes put it back', () => NODES.every((node) => traces(node) === ''), 120);
  await killInTheMiddle();
  const { code, stdout } = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(code, 0, stdout);
  for (const node of NODES) t.is(traces(node), '');
  await verifyWhole(t, LAB);
});

inLab.after.always('nothing stays', () => down(LAB));
