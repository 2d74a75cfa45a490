import type { ExecutionContext } from 'ava';
import { down, inLab, type Line, labName, onNode, startWizard, until, wizard } from './_lab.ts';
import { drillRun, pairUp, verifyWhole } from './_pair.ts';

/** The drills of a whole node on a real pair: what they come to, and what is left of the node's network. */
const LAB = labName('node');
const ADDRESSES = { 'iam-1': '10.0.4.20', 'iam-2': '10.0.4.21' } as const;
type Node = keyof typeof ADDRESSES;
const NODES = Object.keys(ADDRESSES) as readonly Node[];

function holder(): Node {
  const has = (node: Node) =>
    onNode(LAB, node, 'ip -4 -o addr show dev eth0').includes(' 10.0.4.99/');
  const [first, ...rest] = NODES.filter(has);
  if (!first || rest.length > 0) throw new Error('not exactly one node has the VIP');
  return first;
}

const peer = (node: Node): Node => (node === 'iam-1' ? 'iam-2' : 'iam-1');

interface DrillLine extends Line {
  readonly id: string;
  readonly outcome: string;
  readonly rate: number;
  readonly predictedMs: readonly [number, number];
  readonly outageMs: number;
  readonly lateAfter?: number;
  readonly holderBefore: Node;
  readonly holderAfter: Node;
  readonly restored: boolean;
  readonly notifyLines: Readonly<Record<string, readonly string[]>>;
}

async function drill(t: ExecutionContext, id: string): Promise<DrillLine> {
  const args = [id, '--rate', '200', '--yes', '--json'];
  const { drills, code, stdout } = await drillRun<DrillLine>(t, LAB, args, 4);
  const one = drills.at(-1)!;
  t.is(one.outcome, 'passed', stdout);
  t.is(code, 0);
  t.true(one.restored);
  t.is(one.holderAfter, peer(one.holderBefore));
  t.deepEqual(one.notifyLines[peer(one.holderBefore)], ['notify_master']);
  const [min, max] = one.predictedMs;
  t.true(one.outageMs >= min - 5 && one.outageMs <= max, `${one.outageMs} ms`);
  t.true((one.lateAfter ?? 99) <= 5, 'nobody waits for the backend that has gone');
  t.log(`${id}: ${one.outageMs} ms; predicted ${min}–${max} ms; ${one.lateAfter} late after it`);
  return one;
}

/** What a link that goes down takes with it; without what keepalived does. */
const NETWORK = `ip -o addr show dev eth0 | sed -E 's/ (nodad|tentative)//g; s/.  *valid_lft.*//' | grep -v ' 10.0.4.99/'
ip route show table all dev eth0 | grep -v ' table local '
ip -6 route show table all dev eth0 | grep -v ' table local '
ip rule; ip -6 rule; ip neigh show nud permanent`;

/** What no manager puts back, and no boot: so it is added before each drill that must keep it. */
function addForeign(node: Node): void {
  onNode(
    LAB,
    node,
    `ip route replace 203.0.113.0/24 via 10.0.4.1
ip route replace 198.18.0.0/15 via 10.0.4.1 metric 7 mtu 1300 src ${ADDRESSES[node]}
ip route replace default via 10.0.4.1 table 77
ip -6 addr replace 2001:db8:4::${ADDRESSES[node].slice(-2)}/64 dev eth0
ip -6 route replace 2001:db8:9::/48 via 2001:db8:4::1
ip neigh replace 10.0.4.77 lladdr 02:00:00:00:00:77 nud permanent dev eth0`,
  );
}

const networkOf = (node: Node) => onNode(LAB, node, NETWORK).split('\n').sort();

const isDown = (node: Node) => onNode(LAB, node, 'ip -o link show dev eth0').includes('state DOWN');

/** Nothing of a drill is left on the node. */
function verifyNothingLeft(t: ExecutionContext, node: Node): void {
  const left = onNode(
    LAB,
    node,
    `ls -d /run/iam-ha-drill* /var/tmp/iam-ha-drill /run/iam-ha-wizard/lock 2>/dev/null
systemctl list-units --all --plain --no-legend 'iam-ha-drill*'`,
  );
  t.is(left.trim(), '');
}

inLab.before('a pair, and nothing wrong with it', async (t) => {
  await pairUp(t, LAB);
});

inLab('unplugged: the VIP moves, and the node’s network comes back as it was', async (t) => {
  t.timeout(300_000);
  for (const node of NODES) addForeign(node);
  const before = new Map(NODES.map((node) => [node, networkOf(node)]));
  const one = await drill(t, 'node-unplugged');
  const victim = one.holderBefore;
  t.deepEqual(one.notifyLines[victim], ['notify_fault', 'notify_backup']);
  for (const node of NODES) t.deepEqual(networkOf(node), before.get(node)!, node);
  t.true(networkOf(victim).some((line) => line.includes('2001:db8:9::/48')));
  verifyNothingLeft(t, victim);
  await verifyWhole(t, LAB);
});

inLab('rebooted: the VIP moves, and everything that ran runs again', async (t) => {
  t.timeout(300_000);
  const one = await drill(t, 'node-rebooted');
  const lines = one.notifyLines[one.holderBefore] ?? [];
  t.true(lines.includes('notify_stop'));
  t.is(lines.at(-1), 'notify_backup');
  verifyNothingLeft(t, one.holderBefore);
  await verifyWhole(t, LAB);
});

/** Somebody else manages the network, or it is not one NIC alone. */
const REFUSED = {
  'unplug-dynamic': {
    make: 'ip addr add 10.0.4.201/24 dev eth0 valid_lft 900 preferred_lft 900',
    unmake: 'ip addr del 10.0.4.201/24 dev eth0',
  },
  'unplug-stacked': {
    make: 'ip link add other link eth0 type macvlan',
    unmake: 'ip link del other',
  },
  'unplug-manager': {
    make: 'systemd-run --unit=NetworkManager sleep 600',
    unmake: 'systemctl stop NetworkManager',
  },
} as const;

for (const [code, { make, unmake }] of Object.entries(REFUSED)) {
  inLab(`where it is not known that it comes back, nothing is broken: ${code}`, async (t) => {
    t.timeout(120_000);
    const victim = holder();
    onNode(LAB, victim, make);
    const ran = await wizard(LAB, ['drill', 'node-unplugged', '--yes', '--json']);
    onNode(LAB, victim, unmake);
    t.is(ran.code, 1);
    t.like(
      ran.events.find((event) => event.type === 'problem'),
      { code },
    );
    t.false(ran.events.some((event) => event.type === 'drill'));
    t.is(holder(), victim);
    verifyNothingLeft(t, victim);
  });
}

inLab('Ctrl-C while the node is unplugged: the run ends when it is back', async (t) => {
  t.timeout(180_000);
  const victim = holder();
  const running = startWizard(LAB, ['drill', 'node-unplugged', '--yes', '--json']);
  await until('the link is down', () => isDown(victim), 90);
  running.kill('SIGINT');
  const { code, events } = await running.ended;
  t.is(code, 130);
  t.deepEqual(
    events.filter((event) => event.type === 'drill'),
    [],
  );
  t.false(isDown(victim));
  verifyNothingLeft(t, victim);
  await verifyWhole(t, LAB);
});

inLab(
  'the wizard is killed while the node is unplugged: the node brings itself back',
  async (t) => {
    t.timeout(300_000);
    const victim = holder();
    addForeign(victim);
    const before = networkOf(victim);
    const running = startWizard(LAB, ['drill', 'node-unplugged', '--yes', '--json']);
    await until('the link is down', () => isDown(victim), 90);
    running.kill('SIGKILL');
    const killedAt = Date.now();
    await running.ended;
    t.true(isDown(victim), 'the wizard has not put it back');
    await until('it is back', () => !isDown(victim), 110);
    const isWhole = async () => {
      const { code } = await wizard(LAB, ['check', '--json']);
      return code === 0 && networkOf(victim).join() === before.join();
    };
    await until('the pair is whole', isWhole, 110);
    const seconds = Math.round((Date.now() - killedAt) / 1000);
    t.true(seconds <= 120, `whole after ${seconds} s`);
    t.log(`whole after ${seconds} s`);
    t.is(holder(), peer(victim));
  },
);

inLab('what a killed run has left does not stop the next one', async (t) => {
  t.timeout(300_000);
  await drill(t, 'node-unplugged');
  await verifyWhole(t, LAB);
});

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
