import test, { type ExecutionContext } from 'ava';
import { CloudHalf } from '../../../source/cli/cloud/cloud-half.ts';
import { undoNodes } from '../../../source/cli/cloud/nodes-half.ts';
import { tencentPort } from '../../../source/drivers/tencent/index.ts';
import { changesToUndo } from '../../../source/engine/undo.ts';
import type { Cloud } from '../../../source/lab/cloud/server.ts';
import {
  type EventBody,
  IDLE_YUAN_PER_HOUR,
  type JournalBody,
  type JournalRecord,
  type NodeName,
  type Ports,
} from '../../../source/model/index.ts';
import { drive, virtualClock } from '../../drivers/tencent/_driver.ts';
import { clients, HAVIP, startCloud } from '../../lab-room/cloud/_cloud.ts';

const MARK = '0123456789ab';
const OWNER = { session: MARK, name: `iamha-lab-${MARK}` };

/** All that a half needs, with a journal in memory. */
function portsOf(cloud: Ports['cloud'], clock: Ports['clock'], ...bodies: readonly JournalBody[]) {
  const records: JournalRecord[] = [];
  const events: EventBody[] = [];
  const append = async (all: readonly JournalBody[]) => {
    for (const body of all)
      records.push({ ...body, n: records.length + 1, at: '2026-11-22T12:00:00Z', hash: '' });
  };
  void append(bodies);
  const ports = {
    ...{ cloud, clock, stop: { requested: false, signal: new AbortController().signal } },
    journal: { records: () => records, append },
    emit: (event: EventBody) => void events.push(event),
    nonce: () => 'n',
  } as unknown as Ports;
  return { ports, records, events };
}

/** A HAVIP of this session that iam-1 holds, with a public address bound to it. */
async function make(t: ExecutionContext, cloud: Cloud) {
  const { vpc } = clients(t, cloud);
  const Tags = [{ Key: 'iam-ha-session', Value: MARK }];
  const { HaVip } = await vpc.CreateHaVip({ ...HAVIP, Tags });
  const { AddressSet = [] } = await vpc.AllocateAddresses({ Tags });
  cloud.standing.advance(1000);
  const { AddressSet: seen } = await vpc.DescribeAddresses({ AddressIds: AddressSet });
  await vpc.HaVipAssociateAddressIp({
    HaVipId: HaVip?.HaVipId ?? '',
    AddressIp: seen?.[0]?.AddressIp ?? '',
  });
  cloud.standing.advance(1000);
}

async function half(t: ExecutionContext) {
  const cloud = await startCloud(t);
  await make(t, cloud);
  const clock = virtualClock(cloud);
  const all = portsOf(tencentPort(drive(t, cloud)), clock);
  return { cloud, ...all, half: new CloudHalf(all.ports, OWNER) };
}

test('the public address goes before the nodes let go, the HAVIP after; then the cloud is asked', async (t) => {
  const { cloud, half: one, events } = await half(t);
  await one.plan();
  t.is(one.planned, 3);
  t.like(cloud.standing.bill(), { openEips: 1, openHavips: 1 });
  await one.giveBackAddresses();
  t.like(cloud.standing.bill(), { openEips: 0, openHavips: 1 });
  await one.giveBackRest();
  t.like(cloud.standing.bill(), { openEips: 0, openHavips: 0 });
  t.deepEqual(one.left, []);
  t.deepEqual(
    one.undone.map((name) => name.replace(/:.*/, '')),
    ['eip-binding', 'eip', 'ha-vip'],
  );
  const said = events.flatMap((event) => (event.type === 'progress' ? [event.text] : []));
  t.deepEqual(said.at(-1), { code: 'cd-destroy-proven' });
});

test('what will not go is left, told, and keeps nothing else', async (t) => {
  const { cloud, half: one, events } = await half(t);
  cloud.standing.faults.add({
    ...{ action: 'ReleaseAddresses', kind: 'error', code: 'UnauthorizedOperation' },
    ...{ message: 'denied', times: 9 },
  });
  await one.giveBackAddresses();
  await one.giveBackRest();
  t.like(cloud.standing.bill(), { openEips: 1, openHavips: 0 });
  t.is(one.left.length, 1);
  t.regex(one.left[0] ?? '', /^eip:eip-/);
  const told = events.flatMap((event) => (event.type === 'problem' ? [event.problem] : []));
  t.deepEqual(told.at(-1), {
    code: 'cd-destroy-left',
    params: { what: one.left[0], yuan: IDLE_YUAN_PER_HOUR },
  });
  t.not(told[0]?.code, 'cd-destroy-left');
  t.false(
    events.some((event) => event.type === 'progress' && JSON.stringify(event).includes('proven')),
  );
});

test('of a cloud that does not answer nothing is said to be gone', async (t) => {
  const cloud = await startCloud(t);
  const port = tencentPort(drive(t, cloud));
  const intent: JournalBody = {
    ...{ type: 'cloud-intent', change: 'c', stage: 's', resource: 'eip:lab', owned: true },
    ...{ summary: { code: 'eip-make' }, actions: [], undo: [] },
  };
  const { ports } = portsOf(port, virtualClock(cloud), intent);
  cloud.standing.faults.add({
    ...{ action: '*', kind: 'error', code: 'AuthFailure.SignatureFailure' },
    ...{ message: 'wrong', times: 99 },
  });
  const one = new CloudHalf(ports, OWNER);
  await one.plan();
  await one.giveBackAddresses();
  await one.giveBackRest();
  t.deepEqual(one.left, ['eip:lab']);
});

test('nor where nothing is known of what may be there', async (t) => {
  const cloud = await startCloud(t);
  const { ports, events } = portsOf(tencentPort(drive(t, cloud)), virtualClock(cloud));
  cloud.standing.faults.add({
    ...{ action: '*', kind: 'error', code: 'AuthFailure.SignatureFailure' },
    ...{ message: 'wrong', times: 99 },
  });
  const one = new CloudHalf(ports, OWNER);
  await one.giveBackRest();
  t.deepEqual(one.left, ['cloud:*']);
  t.false(JSON.stringify(events).includes('cd-destroy-proven'));
});

const change = (node: string, n: number): JournalBody => ({
  ...{ type: 'intent', change: `s/${node}/${n}`, stage: 's', node, resource: `file:/${n}` },
  parts: [{ resource: `file:/${n}`, summary: { code: 'undo' }, effect: 'none' }],
  undo: [],
});

test('a node that breaks off is left; the others go on from where they were', async (t) => {
  const clock = { now: () => 0, sleep: async () => undefined };
  const bodies = [change('a', 1), change('b', 2), change('a', 3), change('b', 4)];
  const { ports, events } = portsOf(undefined, clock, ...bodies);
  let calls = 0;
  const nodes = {
    run: async (node: NodeName) => {
      calls += 1;
      // a's first change is taken back, its second is not
      if (node === 'a' && calls > 2)
        return { kind: 'disconnected', problem: { code: 'x', node: 'a' }, stdout: '', stderr: '' };
      const stdout = `undone file:/${{ 1: 4, 2: 3 }[calls] ?? 2}\n`;
      return { kind: 'exited', exitCode: 0, stdout, stderr: '' };
    },
  };
  const all = { ...ports, nodes } as unknown as Ports;
  const due = changesToUndo(ports.journal.records(), []);
  const { undone, left } = await undoNodes(all, due, false);
  t.deepEqual([...undone].sort(), ['a:file:/3', 'b:file:/2', 'b:file:/4']);
  t.deepEqual(left, ['a:*']);
  t.is(events.filter(({ type }) => type === 'problem').length, 1);
});
