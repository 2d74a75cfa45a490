import test, { type ExecutionContext } from 'ava';
import {
  bindAddress,
  type Cloud,
  type Done,
  makeAddress,
  makeHaVip,
  removeAddress,
  removeHaVip,
  unbindAddress,
} from '../../../source/drivers/tencent/index.ts';
import type { Fault } from '../../../source/lab/cloud/index.ts';
import { HAVIP, MAC, startCloud, WORLD } from '../../lab-room/cloud/_cloud.ts';
import { drive, virtualClock } from './_driver.ts';

const SID = '0123456789ab';
const NAME = `iamha-lab-${SID}`;
const Tags = [{ Key: 'iam-ha-session', Value: SID }];

function value<Seen>(done: Done<Seen>): Seen {
  if (done.kind !== 'done') throw new Error(JSON.stringify(done));
  return done.seen as Seen;
}

/** Everything that a session makes, from whatever is there. */
async function setUp(cloud: Cloud, announce: () => void) {
  const haVip = value(
    await makeHaVip(cloud, {
      ...HAVIP,
      HaVipName: NAME,
      Tags,
      ClientToken: `iamha-${SID}-havip-1`,
    }),
  );
  announce();
  const address = value(
    await makeAddress(cloud, { AddressName: NAME, Tags, ClientToken: `iamha-${SID}-eip-1` }),
  );
  const bound = value(await bindAddress(cloud, haVip.HaVipId!, address.AddressIp!));
  return { haVip: bound.HaVipId!, address: address.AddressId! };
}

/** And everything gone again. */
async function tearDown(cloud: Cloud, ids: { haVip: string; address: string }) {
  value(await unbindAddress(cloud, ids.haVip));
  value(await removeAddress(cloud, ids.address));
  value(await removeHaVip(cloud, ids.haVip));
}

const MAKING = ['CreateHaVip', 'AllocateAddresses', 'HaVipAssociateAddressIp'] as const;
const UNMAKING = ['HaVipDisassociateAddressIp', 'ReleaseAddresses', 'DeleteHaVip'] as const;
const FAULTS = [
  'drop-before',
  'drop-after',
  'hang-before',
  'hang-after',
  'partial-body',
  'html',
] as const;
const DEATHS = ['before', 'after'] as const;

class Killed extends Error {}

/** A client that dies just before, or just after, the action. */
function mortal(cloud: Cloud, action: string, when: (typeof DEATHS)[number]): Cloud {
  return {
    ...cloud,
    call: async (name, request, options) => {
      if (name === action && when === 'before') throw new Killed();
      const result = await cloud.call(name, request, options);
      if (name === action) throw new Killed();
      return result;
    },
  };
}

/** Only where an answer never comes is it waited for in real time. */
async function world(t: ExecutionContext, changeMs = 20_000) {
  const standIn = await startCloud(t);
  const { standing } = standIn;
  const cloud = drive(t, standIn, { timeoutMs: { read: 20_000, change: changeMs } });
  const announce = () => void standing.announce({ vip: HAVIP.Vip, mac: MAC.one });
  const count = () => {
    const { openEips, openHavips } = standing.bill();
    return { openEips, openHavips };
  };
  return { standing, cloud, announce, count };
}

const ONE_OF_EACH = { openEips: 1, openHavips: 1 };
const NONE = { openEips: 0, openHavips: 0 };

for (const action of [...MAKING, ...UNMAKING]) {
  for (const kind of FAULTS) {
    const isSilent = /^(hang|partial)/.test(kind);
    // one after the other: the time is for the answer, and not for the other tests
    const alone = isSilent ? test.serial : test;
    alone(`${action}, ${kind}: one of each, and then none`, async (t) => {
      const { standing, cloud, announce, count } = await world(t, isSilent ? 800 : undefined);
      standing.faults.add({ action, kind } as Fault);
      const ids = await setUp(cloud, announce);
      t.deepEqual(count(), ONE_OF_EACH);
      t.is(standing.context.state.eips[0]?.status, 'BIND');
      await tearDown(cloud, ids);
      t.deepEqual(count(), NONE);
    });
  }
  for (const when of DEATHS) {
    test(`${action}, killed just ${when}: one of each, and then none`, async (t) => {
      const { standing, cloud, announce, count } = await world(t);
      const dying = mortal(cloud, action, when);
      const run = async (mine: Cloud) => tearDown(mine, await setUp(mine, announce));
      await t.throwsAsync(run(dying), { instanceOf: Killed });
      if ((MAKING as readonly string[]).includes(action)) {
        const ids = await setUp(cloud, announce);
        t.deepEqual(count(), ONE_OF_EACH);
        await tearDown(cloud, ids);
      } else {
        // what the journal would name
        const made = standing.log.find(({ action: name }) => name === 'DeleteHaVip')?.body;
        const [haVip] = standing.context.state.havips;
        const [address] = standing.context.state.eips;
        await tearDown(cloud, {
          haVip: haVip?.id ?? (made as { HaVipId: string }).HaVipId,
          address: address?.id ?? 'eip-gone',
        });
      }
      t.deepEqual(count(), NONE);
    });
  }
}

test('a release that was lost is not believed by a read that lags behind', async (t) => {
  const { standing, cloud, announce, count } = await world(t);
  const ids = await setUp(cloud, announce);
  standing.faults.add({ action: 'ReleaseAddresses', kind: 'drop-before' });
  standing.faults.add({ action: 'DescribeAddresses', kind: 'stale-read', ms: 600_000, times: 3 });
  await tearDown(cloud, ids);
  t.deepEqual(count(), NONE);
});

test('lost, died, and the cloud has forgotten the token: still only one', async (t) => {
  const { standing, cloud, announce, count } = await world(t);
  const dying = mortal(cloud, 'AllocateAddresses', 'after');
  await t.throwsAsync(setUp(dying, announce), { instanceOf: Killed });
  standing.forgetTokens();
  await setUp(cloud, announce);
  t.deepEqual(count(), ONE_OF_EACH);
});

test('whoever insists on an end does not wait for a task; the next run goes on from there', async (t) => {
  const standIn = await startCloud(t);
  const stopping = new AbortController();
  const patient = virtualClock(standIn);
  const sleep = async (ms: number) => {
    stopping.abort();
    await patient.sleep(ms);
  };
  const hasty = drive(t, standIn, { clock: { ...patient, sleep }, signal: stopping.signal });
  const buy = { AddressName: NAME, ClientToken: 'e' };
  t.is((await makeAddress(hasty, buy)).kind, 'interrupted');
  t.like(await makeAddress(drive(t, standIn), buy), { kind: 'done', how: 'found' });
  t.is(standIn.standing.bill().openEips, 1);
});

test('answers lost three times: told, with nothing made twice', async (t) => {
  const { standing, cloud, count } = await world(t);
  standing.faults.add({ action: 'CreateHaVip', kind: 'drop-before', times: 3 });
  const request = { ...HAVIP, HaVipName: NAME, ClientToken: 'one' };
  t.is((await makeHaVip(cloud, request)).kind, 'ambiguous');
  t.deepEqual(count(), NONE);
  t.is((await makeHaVip(cloud, request)).kind, 'done');
});

test('a read that lags behind makes nothing twice, and hides nothing that costs money', async (t) => {
  const { standing, cloud, announce, count } = await world(t);
  for (const action of ['DescribeHaVips', 'DescribeAddresses']) {
    standing.faults.add({ action, kind: 'stale-read', ms: 60_000, times: 2 });
  }
  const ids = await setUp(cloud, announce);
  t.deepEqual(count(), ONE_OF_EACH);
  // after the address is bound, a read shows it as it was before it was there
  standing.faults.add({ action: 'DescribeAddresses', kind: 'stale-read', ms: 600_000 });
  await tearDown(cloud, ids);
  t.deepEqual(count(), NONE);
});

test('what is told of a change is the call that made it', async (t) => {
  const { standing, cloud } = await world(t);
  const bought = await makeAddress(cloud, { AddressName: NAME, ClientToken: 'e' });
  const made = standing.log.find(({ action }) => action === 'AllocateAddresses');
  t.like(bought, { action: 'AllocateAddresses', requestId: made?.requestId });
});

test('a run that finds everything there makes nothing', async (t) => {
  const { standing, cloud, announce } = await world(t);
  const first = await setUp(cloud, announce);
  const before = standing.log.length;
  t.deepEqual(await setUp(cloud, announce), first);
  const made = standing.log.slice(before).filter(({ action }) => !action.startsWith('Describe'));
  t.deepEqual(made, []);
});

test('a task that fails is told in the cloud’s words; the next try makes it', async (t) => {
  const { standing, cloud, announce, count } = await world(t);
  const request = { ...HAVIP, HaVipName: NAME, ClientToken: 'h' };
  const haVip = value(await makeHaVip(cloud, request)).HaVipId!;
  announce();
  const buy = { AddressName: NAME, ClientToken: 'e1' };
  standing.faults.add({ action: 'AllocateAddresses', kind: 'task-fail', output: '' });
  t.is((await makeAddress(cloud, buy)).kind, 'task-failed');
  const { AddressIp, AddressId } = value(await makeAddress(cloud, { ...buy, ClientToken: 'e2' }));
  const fail = {
    action: 'HaVipAssociateAddressIp',
    kind: 'task-fail',
    output: 'no route',
  } as const;
  standing.faults.add(fail);
  t.like(await bindAddress(cloud, haVip, AddressIp!), { kind: 'task-failed', detail: 'no route' });
  t.is((await bindAddress(cloud, haVip, AddressIp!)).kind, 'done');
  await tearDown(cloud, { haVip, address: AddressId! });
  t.deepEqual(count(), NONE);
});

test('a task that does not end is told at its deadline', async (t) => {
  const { standing, cloud } = await world(t);
  const fault = { action: 'AllocateAddresses', kind: 'task-stuck', ms: 3_600_000 } as const;
  standing.faults.add(fault);
  const bought = await makeAddress(cloud, { AddressName: NAME, ClientToken: 'e' });
  t.like(bought, { kind: 'deadline', action: 'AllocateAddresses' });
});

test('another address on the HAVIP is not taken from it', async (t) => {
  const { cloud, announce } = await world(t);
  const { haVip } = await setUp(cloud, announce);
  const other = value(await makeAddress(cloud, { AddressName: 'other', ClientToken: 'o' }));
  t.like(await bindAddress(cloud, haVip, other.AddressIp!), {
    kind: 'refused',
    code: 'UnsupportedOperation.BindEIP',
  });
});

test('denied in the middle: the rest is given back', async (t) => {
  const account = { ...WORLD.account, denied: ['HaVipAssociateAddressIp'] };
  const standIn = await startCloud(t, { world: { ...WORLD, account } });
  const cloud = drive(t, standIn);
  const request = { ...HAVIP, HaVipName: NAME, ClientToken: 'h' };
  const haVip = value(await makeHaVip(cloud, request)).HaVipId!;
  const address = value(await makeAddress(cloud, { AddressName: NAME, ClientToken: 'e' }));
  const bound = await bindAddress(cloud, haVip, address.AddressIp!);
  t.like(bound, { kind: 'refused', code: 'UnauthorizedOperation' });
  await tearDown(cloud, { haVip, address: address.AddressId! });
  t.like(standIn.standing.bill(), NONE);
});

const TAG_REFUSALS = [
  { code: 'InvalidParameterValue.InvalidTag' },
  { code: 'LimitExceeded.TagQuota' },
  { code: 'UnauthorizedOperation', message: 'you are not authorized (tag:TagResources)' },
] as const;

test('where tags are refused, things are made without: their names say whose they are', async (t) => {
  for (const refusal of TAG_REFUSALS) {
    const { standing, cloud, announce, count } = await world(t);
    for (const action of ['CreateHaVip', 'AllocateAddresses']) {
      const when = { 'Tags.0.Key': 'iam-ha-session' };
      standing.faults.add({ action, kind: 'error', ...refusal, when, times: 9 });
    }
    // and an answer without tags may be lost as well
    const when = { ClientToken: `iamha-${SID}-eip-1-untagged` };
    standing.faults.add({ action: 'AllocateAddresses', kind: 'drop-after', when });
    const ids = await setUp(cloud, announce);
    t.deepEqual(count(), ONE_OF_EACH);
    t.deepEqual(standing.context.state.eips[0]?.tags, []);
    t.is(standing.context.state.eips[0]?.name, NAME);
    t.deepEqual(await setUp(cloud, announce), ids);
    await tearDown(cloud, ids);
    t.deepEqual(count(), NONE);
  }
});

test('another refusal is not taken for one of the tags', async (t) => {
  const { standing, cloud } = await world(t);
  standing.faults.add({ action: 'CreateHaVip', kind: 'error', code: 'UnauthorizedOperation' });
  const request = { ...HAVIP, HaVipName: NAME, Tags, ClientToken: 'one' };
  t.is((await makeHaVip(cloud, request)).kind, 'refused');
  t.is(standing.log.filter(({ action }) => action === 'CreateHaVip').length, 1);
});
