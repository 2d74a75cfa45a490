import type { ExecutionContext } from 'ava';
import { loadTable } from '../../source/resources/nft-table.ts';
import {
  asOperator,
  bootOverSsh,
  down,
  inLab,
  type Line,
  labName,
  onNode,
  until,
  upFresh,
  wizard,
} from './_lab.ts';

/**
 * The ports of the services and databases are for the nodes only, whoever keeps the firewall: nobody
 * (then a table of our own), ufw, firewalld. Asked by a machine in the subnet and by one outside,
 * neither of them a node; and taken back by undo.
 */
const LAB = labName('firewall');
const NODES = ['iam-1', 'iam-2'] as const;
const DATA = '10.0.4.20';
const OTHER = '10.0.4.21';
const SERVICES = [7070, 8080, 8081, 8443, 9090, 9443];
const NODES_ONLY = NODES.flatMap((node) =>
  ['database', 'services']
    .filter((stage) => node === 'iam-1' || stage === 'services')
    .map((stage) => `nodes-only/${node}/${stage}`),
);

/** Whether a connection stands within a second: asked where the operator sits, in the subnet. */
function opens(address: string, port: number): boolean {
  return asOperator(LAB, `timeout 1 bash -c ': </dev/tcp/${address}/${port}'`).code === 0;
}

const checksOf = (events: readonly Line[]) => events.filter(({ type }) => type === 'check');

function assertNodesOnly(t: ExecutionContext, events: readonly Line[]): void {
  const mine = checksOf(events).filter(({ id }) => String(id).startsWith('nodes-only/'));
  t.deepEqual(mine.map(({ id }) => id).sort(), [...NODES_ONLY].sort());
  for (const { id, code } of mine) t.is(code, 'nodes-only-held', String(id));
  for (const port of [3306, 6379, ...SERVICES]) t.false(opens(DATA, port), `${DATA}:${port}`);
  for (const port of SERVICES) t.false(opens(OTHER, port), `${OTHER}:${port}`);
  for (const address of [DATA, OTHER, '10.0.4.99'])
    for (const port of [22, 80]) t.true(opens(address, port), `${address}:${port}`);
}

async function applied(t: ExecutionContext): Promise<void> {
  const ran = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(ran.code, 0, ran.stdout);
  assertNodesOnly(t, ran.events);
  const again = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(again.result.changed, 0, again.stdout);
  for (const trips of Object.values(again.result.roundTrips as Record<string, number>))
    t.true(trips <= 3);
}

async function undone(t: ExecutionContext): Promise<void> {
  const ran = await wizard(LAB, ['undo', '--yes', '--json']);
  t.is(ran.code, 0, ran.stdout);
  t.deepEqual(ran.result.left, []);
}

inLab('no firewall manager: a table of our own', async (t) => {
  t.timeout(400_000);
  await upFresh(LAB);
  await applied(t);
  for (const node of NODES)
    t.is(onNode(LAB, node, 'systemctl is-enabled iam-ha-firewall'), 'enabled\n');
});

inLab('a table that somebody flushed is the one cause that is named, and mended', async (t) => {
  t.timeout(120_000);
  onNode(LAB, 'iam-2', 'nft flush ruleset');
  t.true(opens(OTHER, 8080), 'what keeps others out is our table');
  const { events, code } = await wizard(LAB, ['check', '--json']);
  t.is(code, 1);
  const failed = checksOf(events).filter(({ verdict }) => verdict === 'failed');
  t.deepEqual(
    failed.map(({ id, code: why }) => [id, why]),
    [['applied/iam-2/unit:iam-ha-firewall', 'firewall-table-missing']],
  );
  const open = checksOf(events).find(({ id }) => id === 'nodes-only/iam-2/services');
  t.is(open?.because, 'applied/iam-2/unit:iam-ha-firewall');
  const strays = checksOf(events).find(({ id }) => id === 'applied/iam-2/unit:iam-ha-strays');
  t.is(strays?.because, 'applied/iam-2/unit:iam-ha-firewall');
  const mended = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(mended.result.changed, 2, mended.stdout);
  assertNodesOnly(t, mended.events);
});

inLab('a node that has left is let in for some minutes still', (t) => {
  const file = '/etc/iam-ha/firewall.nft';
  const load = loadTable(file);
  const set = onNode(
    LAB,
    'iam-2',
    `cp -a ${file} /root/kept; sed -i 's/${DATA}, //' ${file}
bash -euo pipefail <<'LOAD'
${load}LOAD
nft list set inet iam_ha nodes; mv /root/kept ${file}; systemctl reload iam-ha-firewall`,
  );
  t.regex(set, /10\.0\.4\.20 timeout 10m/);
  t.regex(set, /10\.0\.4\.21[ ,]/);
  t.notRegex(onNode(LAB, 'iam-2', 'nft list set inet iam_ha nodes'), /timeout 10m/);
});

inLab('it is in force after a reboot, and after nftables was loaded anew', async (t) => {
  t.timeout(300_000);
  // The network of a machine of the lab outlives it: what is there afterwards was loaded at boot.
  const boot = () => bootOverSsh(LAB, '10.0.4.21');
  const before = boot();
  onNode(LAB, 'iam-2', 'nft delete table inet iam_ha; systemctl --no-block reboot');
  const isBack = () => {
    const now = boot();
    return now !== undefined && now !== before;
  };
  await until('iam-2 is back', isBack, 120);
  const passes = async () => (await wizard(LAB, ['check', '--json'])).code === 0;
  await until('check passes', passes, 120);
  t.false(opens(OTHER, 8080));
  // nftables.service flushes everything whenever it is loaded.
  onNode(LAB, 'iam-2', 'systemctl start nftables');
  t.is((await wizard(LAB, ['apply', '--yes', '--json'])).result.changed, 2);
  for (const verb of ['restart', 'reload', 'stop', 'start']) {
    onNode(LAB, 'iam-2', `systemctl ${verb} nftables`);
    // systemctl waits for nftables alone; the job that loads ours again follows it.
    const isClosed = () => !opens(OTHER, 8080);
    if (verb !== 'stop') await until(`closed again after ${verb}`, isClosed, 20);
    t.pass(verb);
  }
  const isLoaded = () => onNode(LAB, 'iam-2', 'nft list tables').includes('ip iam_ha_strays');
  await until('strays are sent again', isLoaded, 20);
  onNode(LAB, 'iam-2', 'systemctl stop nftables');
  const healed = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(healed.code, 0, healed.stdout);
});

inLab('undo takes table, unit and files away', async (t) => {
  t.timeout(120_000);
  await undone(t);
  for (const node of NODES) {
    t.is(onNode(LAB, node, 'nft list tables'), '', node);
    t.is(onNode(LAB, node, 'find /etc -path "*iam-ha*" -o -name "iam-ha*"'), '', node);
  }
});

inLab('ufw: rules for the peers, and exactly they go again', async (t) => {
  t.timeout(400_000);
  await upFresh(LAB);
  const install = `apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q ufw </dev/null
ufw allow 22/tcp && ufw --force enable && ufw allow from 10.0.4.10 to any port 1234 && ufw delete allow from 10.0.4.10 to any port 1234`;
  for (const node of NODES) onNode(LAB, node, install);
  const rules = () =>
    NODES.map((node) => onNode(LAB, node, 'ufw show added; cat /etc/ufw/*.rules'));
  const before = rules();
  await applied(t);
  t.is(onNode(LAB, 'iam-1', 'nft list tables | grep -c "inet iam_ha" || true'), '0\n');
  t.log(onNode(LAB, 'iam-1', 'ufw show added'));
  onNode(LAB, 'iam-1', 'ufw delete allow from 10.0.4.21 proto vrrp');
  const { events } = await wizard(LAB, ['check', '--json']);
  t.true(checksOf(events).some(({ code }) => code === 'firewall-rules-changed'));
  const mended = await wizard(LAB, ['apply', '--yes', '--json']);
  t.is(mended.result.changed, 1, mended.stdout);
  await undone(t);
  t.deepEqual(rules(), before);
});

inLab('firewalld: rich rules for now and for good, and exactly they go again', async (t) => {
  t.timeout(400_000);
  await upFresh(LAB);
  const install =
    'apt-get update -q && DEBIAN_FRONTEND=noninteractive apt-get install -y -q firewalld </dev/null; systemctl is-active firewalld';
  for (const node of NODES) onNode(LAB, node, install);
  const zones = () =>
    NODES.map((node) =>
      onNode(LAB, node, 'firewall-cmd --list-all-zones; firewall-cmd --permanent --list-all-zones'),
    );
  const before = zones();
  await applied(t);
  t.log(onNode(LAB, 'iam-1', 'firewall-cmd --list-all'));
  onNode(LAB, 'iam-1', 'firewall-cmd --reload');
  const { code, stdout } = await wizard(LAB, ['check', '--json']);
  t.is(code, 0, stdout);
  await undone(t);
  t.deepEqual(zones(), before);
});

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
