import type { ExecutionContext } from 'ava';
import { isProberLate } from '../../source/model/index.ts';
import { down, inLab, type Line, labName, onNode, startWizard, until, wizard } from './_lab.ts';
import { type MoveLoad, serveSlowly, startMoveLoad } from './_moving.ts';
import { drillRun, pairUp, verifyWhole } from './_pair.ts';

/** The planned switch-over: nobody notices it, nothing of it stays, and it mends itself. */
const LAB = labName('move-vip');
const NODES = ['iam-1', 'iam-2'] as const;
type Node = (typeof NODES)[number];

const peer = (node: Node): Node => (node === 'iam-1' ? 'iam-2' : 'iam-1');
const has = (node: Node, nic: string) =>
  onNode(LAB, node, `ip -4 -o addr show dev ${nic}`).includes(' 10.0.4.99/');

function holders(): readonly Node[] {
  return NODES.filter((node) => has(node, 'eth0'));
}

function holder(): Node {
  const [first, ...rest] = holders();
  if (!first || rest.length > 0) throw new Error('not exactly one node has the VIP');
  return first;
}

const ARP = '/proc/sys/net/ipv4/conf/eth0/arp_ignore /proc/sys/net/ipv4/conf/eth0/arp_announce';

/** What a move adds to a node, and keepalived's state. The holder has the VIP on `lo`, too. */
function leftOn(node: Node): string {
  return onNode(
    LAB,
    node,
    `nft list tables | grep move
ip -4 -o addr show dev eth0 | grep -qF ' 10.0.4.99/' || ip -4 -o addr show dev lo | grep -v 127.0.0.1
systemctl list-units --all --no-legend 'iam-ha-drill*'; ls -d /run/iam-ha-move 2>/dev/null
systemctl is-active keepalived; cat ${ARP} | tr '\\n' ' '`,
  ).trim();
}

const NOTHING = 'active\n1 2';

function verifyNothingLeft(t: ExecutionContext): void {
  for (const node of NODES) t.is(leftOn(node), NOTHING, node);
}

const move = (to: Node) => wizard(LAB, ['move-vip', to, '--yes', '--json']);
const told = (events: readonly Line[]) =>
  events.filter(({ keep }) => keep === true).map(({ code }) => code);

async function moveThereAndBack(t: ExecutionContext, times: number): Promise<void> {
  const first = holder();
  for (const to of Array.from({ length: times }, () => [peer(first), first]).flat()) {
    const { code, result, events, stdout } = await move(to);
    t.is(code, 0, stdout);
    t.like(result, { ok: true, addresses: { vip: '10.0.4.99' } });
    t.deepEqual(told(events), ['move-vip-how-sent-back', 'move-vip-done-sent-back']);
    t.is(holder(), to);
  }
}

/** Under load; a busy computer makes the clients late, and then they have seen nothing: once more. */
async function loaded(t: ExecutionContext, does: () => Promise<void>): Promise<MoveLoad> {
  for (let time = 1; ; time += 1) {
    const load = await startMoveLoad(LAB);
    const seen = await does().then(load.end, async (error) => {
      await load.end();
      throw error;
    });
    const { fresh, slow, kept } = seen;
    t.log(`new: ${fresh.sent}, ${fresh.late} late, ${fresh.failed} failed, slowest ${Math.round(fresh.slowestMs)} ms, lag p99 ${fresh.jitterMs.toFixed(1)} ms
300 ms: ${slow.sent}, ${slow.lost.length} lost; kept alive: ${kept.asked} asked, ${kept.closed} closed, ${kept.lost.length} lost`);
    if (!isProberLate(fresh) || time === 3) return seen;
  }
}

inLab.before('a pair, and a site that answers slowly', async (t) => {
  await pairUp(t, LAB);
  for (const node of NODES) serveSlowly(LAB, node);
});

inLab(
  'ten moves under load: no new connection, no slow request is lost; nothing stays',
  async (t) => {
    t.timeout(300_000);
    const { fresh, slow } = await loaded(t, () => moveThereAndBack(t, 5));
    t.deepEqual(fresh.bad, []);
    t.deepEqual([fresh.late, fresh.failed], [0, 0]);
    t.true(fresh.sent > 1000);
    t.deepEqual(slow.lost, []);
    t.true(slow.fastestMs > 290, `${slow.fastestMs} ms: it was to take 300`);
    verifyNothingLeft(t);
  },
);

inLab('the drill comes out as it says', async (t) => {
  t.timeout(300_000);
  const before = holder();
  const args = ['switch-over', '--rate', '200', '--yes', '--json'];
  const { drills, code } = await drillRun<Line & { readonly outcome: string }>(t, LAB, args, 5);
  t.like(drills[0], {
    id: 'switch-over',
    outcome: 'passed',
    outageMs: 0,
    holderAfter: peer(before),
    notifyLines: { [before]: ['notify_stop', 'notify_backup'], [peer(before)]: ['notify_master'] },
  });
  t.is(code, 0);
  verifyNothingLeft(t);
});

inLab('settings of the kernel are put back to what they were, whatever that was', async (t) => {
  t.timeout(60_000);
  const from = holder();
  onNode(LAB, from, `for one in ${ARP}; do echo 0 >$one; done`);
  t.is((await move(peer(from))).code, 0);
  t.is(leftOn(from), 'active\n0 0');
  onNode(LAB, from, `set -- ${ARP}; echo 1 >$1; echo 2 >$2`);
});

inLab('without nft the VIP moves all the same, and that is said before and after', async (t) => {
  t.timeout(60_000);
  const to = peer(holder());
  onNode(LAB, to, 'mv /usr/sbin/nft /usr/sbin/nft.away');
  const { code, events, stdout } = await move(to);
  onNode(LAB, to, 'mv /usr/sbin/nft.away /usr/sbin/nft');
  t.is(code, 0, stdout);
  t.deepEqual(told(events), ['move-vip-how-no-nft', 'move-vip-done-kept']);
  t.is(holder(), to);
  verifyNothingLeft(t);
});

inLab('one who does not take it within 2 s does not get it: everything is put back', async (t) => {
  t.timeout(120_000);
  const [from, to] = [holder(), peer(holder())];
  // it runs, was a backup last, and does nothing
  onNode(LAB, to, 'systemctl kill -s STOP keepalived');
  const { fresh } = await loaded(t, async () => {
    const { code, events } = await move(to);
    t.is(code, 1);
    const problems = events.filter(({ type }) => type === 'problem').map(({ code: one }) => one);
    t.deepEqual(problems, ['move-vip-not-taken']);
    await until('the old holder has it again', () => has(from, 'eth0'), 10);
  });
  verifyNothingLeft(t);
  t.is(fresh.failed, 0);
  onNode(LAB, to, 'systemctl kill -s KILL keepalived');
  await until('it is back', () => /notify_backup\s*$/.test(log(to)) && isActive(to), 20);
  t.is(holder(), from);
  await verifyWhole(t, LAB);
});

const log = (node: Node) => onNode(LAB, node, 'tail -n 1 /var/log/keepalived.log');
const isActive = (node: Node) =>
  onNode(LAB, node, 'systemctl is-active keepalived || true').startsWith('active');

inLab('the pair mends itself when the wizard is killed in the middle', async (t) => {
  t.timeout(240_000);
  const from = holder();
  const running = startWizard(LAB, ['move-vip', peer(from), '--yes', '--json']);
  await until('keepalived stops, and the address is only on lo', () => !isActive(from), 60);
  running.kill('SIGKILL');
  const killedAt = Date.now();
  await running.ended;
  t.not(NODES.map(leftOn).join(), `${NOTHING},${NOTHING}`, 'something is left to mend');
  await until('nothing is left', () => NODES.every((node) => leftOn(node) === NOTHING), 110);
  await until('the VIP has one holder', () => holders().length === 1, 10);
  const { code, stdout } = await wizard(LAB, ['check', '--json']);
  t.is(code, 0, stdout);
  const seconds = Math.round((Date.now() - killedAt) / 1000);
  t.true(seconds <= 120, `whole after ${seconds} s`);
  t.log(`whole after ${seconds} s`);
});

inLab.after.always('the lab goes', async () => {
  await down(LAB);
});
