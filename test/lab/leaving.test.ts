import type { ExecutionContext } from 'ava';
import { setCable } from '../../source/lab/index.ts';
import { forgetPumpLock } from './_data.ts';
import { down, inLab, type Line, labName, onNode, until, upFresh, wizard } from './_lab.ts';
import { APPLY, NODES, run } from './_main-job.ts';
import { writeNodes } from './_nodes.ts';

/** A node that is taken out of the cluster file while it does not answer: given up by an apply. */
const LAB = labName('leaving');
const GONE = 'iam-3';

const problemsOf = (events: readonly Line[]) =>
  events.filter(({ type }) => type === 'problem').map(({ code }) => code);
const said = (events: readonly Line[], code: string) =>
  events.filter((event) => event.type === 'progress' && event.code === code);

/** On whom files of ours name the third node. */
const namedOn = () =>
  NODES.filter((node) =>
    onNode(LAB, node, 'grep -rlF 10.0.4.22 /etc/nginx /etc/keepalived /etc/iam || true'),
  );

const accounts = () =>
  onNode(LAB, 'iam-1', `mariadb -N -e "SELECT Host FROM mysql.user WHERE User = 'iam' ORDER BY 1"`)
    .trim()
    .split('\n');

/**
 * For some time after it has gone silent, the others' kernels hold it for present: then it is not
 * given up. As the wizard says: wait a minute.
 */
async function forgotten(): Promise<void> {
  const entries = () =>
    NODES.map((node) => onNode(LAB, node, 'ip -4 neigh show 10.0.4.22')).join('');
  await until('its address has no answer any more', () => !/lladdr/.test(entries()), 120);
}

const hasVip = (node: string) =>
  onNode(LAB, node, 'ip -4 -o addr show dev eth0').includes(' 10.0.4.99/');

async function verifyWhole(t: ExecutionContext): Promise<void> {
  const { events } = await run(t, LAB, ['check', '--json'], 0);
  t.deepEqual(
    events.filter((event) => event.type === 'check' && event.verdict !== 'passed'),
    [],
  );
  t.is((await run(t, LAB, APPLY, 0)).result.changed, 0);
}

inLab.before('three nodes', async (t) => {
  t.timeout(600_000);
  await upFresh(LAB, { nodes: 3 });
  writeNodes(LAB, 3);
  await run(t, LAB, APPLY, 0);
});

inLab('one that cannot be logged in to, and still answers, is not given up', async (t) => {
  t.timeout(300_000);
  onNode(LAB, GONE, 'systemctl stop ssh.socket ssh 2>/dev/null; systemctl stop ssh');
  writeNodes(LAB, 2);
  try {
    const { events } = await run(t, LAB, APPLY, 1);
    t.true(problemsOf(events).includes('left-node-unreachable'), problemsOf(events).join(' '));
    t.deepEqual(
      events.filter(({ type, state }) => type === 'change' && state !== 'planned'),
      [],
    );
    t.deepEqual(namedOn(), [...NODES], 'nobody has forgotten it');
  } finally {
    onNode(LAB, GONE, 'systemctl start ssh');
  }
});

inLab('one that is silent is given up by an apply, once, with a warning', async (t) => {
  t.timeout(300_000);
  setCable(LAB, GONE, false);
  await forgotten();
  forgetPumpLock(LAB);
  const planned = await run(t, LAB, ['plan', '--json'], 2);
  t.is(said(planned.events, 'left-is-silent').length, 1, 'a plan says so, too');
  t.deepEqual(namedOn(), [...NODES]);

  const { events, result } = await run(t, LAB, APPLY, 0);
  const [warning, ...again] = said(events, 'left-is-silent');
  t.like(warning, { node: GONE });
  t.deepEqual(again, []);
  t.true(Number(result.changed) > 0);
  t.deepEqual(namedOn(), []);
  t.deepEqual(accounts(), ['10.0.4.20', '10.0.4.21', '127.0.0.1']);

  const after = await run(t, LAB, APPLY, 0);
  t.is(after.result.changed, 0);
  t.deepEqual(said(after.events, 'left-is-silent'), [], 'it is done with');
  await verifyWhole(t);
});

inLab(
  'what was warned of comes true when it is switched on again, and a check says so',
  async (t) => {
    t.timeout(300_000);
    setCable(LAB, GONE, true);
    await until('it takes the VIP', () => hasVip(GONE), 60);
    const { code, events } = await wizard(LAB, ['check', '--json']);
    t.is(code, 1);
    const failed = events.filter(({ type, verdict }) => type === 'check' && verdict === 'failed');
    t.log(failed.map(({ id, code: what }) => `${id} ${what}`));
    t.true(failed.some(({ id }) => String(id).startsWith('vip-')));
  },
);

inLab('back in the file it is a node like before', async (t) => {
  t.timeout(300_000);
  forgetPumpLock(LAB);
  writeNodes(LAB, 3);
  await run(t, LAB, APPLY, 0);
  t.deepEqual(namedOn(), [...NODES]);
  await verifyWhole(t);
});

inLab.after.always('the lab goes', () => down(LAB));
