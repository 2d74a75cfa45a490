import test from 'ava';
import type { Fault } from '../../../source/lab/cloud/index.ts';
import { HAVIP, MAC, ONE, PAIR, startCloud, VPC } from '../../lab-room/cloud/_cloud.ts';
import { credential, drive, virtualClock } from './_driver.ts';

const TOKEN = 'iamha-0123456789ab-havip-1';
const CREATE = { ...HAVIP, ClientToken: TOKEN };

const error = (action: string, code: string, times = 1): Fault => ({
  action,
  kind: 'error',
  code,
  times,
});

test('an answer has its value, its request and our trace', async (t) => {
  const standIn = await startCloud(t);
  const made = await drive(t, standIn).call('CreateHaVip', CREATE);
  t.like(made, { kind: 'ok', value: { HaVip: { Vip: '10.0.4.99' } } });
  t.like(standIn.standing.log[0], { traceId: made.traceId, requestId: made.requestId });
  t.regex(made.traceId, /^[0-9a-f-]{36}$/);
});

test('throttled: repeated, longer each time, eight times at most', async (t) => {
  const standIn = await startCloud(t);
  const clock = virtualClock(standIn);
  const cloud = drive(t, standIn, { clock });
  const { faults } = standIn.standing;
  faults.add(error('CreateHaVip', 'RequestLimitExceeded', 3));
  t.like(await cloud.call('CreateHaVip', CREATE), { kind: 'ok' });
  t.deepEqual(clock.waits, [500, 1000, 2000]);
  clock.waits.length = 0;
  faults.add(error('DescribeVpcs', 'RequestLimitExceeded.UinLimitExceeded', 99));
  t.like(await cloud.call('DescribeVpcs', {}), {
    kind: 'busy',
    code: 'RequestLimitExceeded.UinLimitExceeded',
  });
  t.deepEqual(clock.waits, [500, 1000, 2000, 4000, 8000, 8000, 8000]);
});

test('in hand: every two seconds until it is free, or until the deadline', async (t) => {
  const standIn = await startCloud(t);
  const clock = virtualClock(standIn);
  const cloud = drive(t, standIn, { clock });
  const mutex = 'UnsupportedOperation.MutexOperationTaskRunning';
  await cloud.call('CreateHaVip', CREATE);
  const id = standIn.standing.context.state.havips[0]!.id;
  standIn.standing.faults.add(error('DeleteHaVip', mutex, 3));
  t.like(await cloud.call('DeleteHaVip', { HaVipId: id }), { kind: 'ok' });
  t.deepEqual(clock.waits, [2000, 2000, 2000]);
  standIn.standing.faults.add(error('DeleteHaVip', mutex, 99));
  const late = await cloud.call('DeleteHaVip', { HaVipId: id }, { waitMs: 10_000 });
  t.like(late, { kind: 'busy', code: mutex });
});

test('a holder that is still heard keeps its HAVIP only as long as it is heard', async (t) => {
  const standIn = await startCloud(t);
  const cloud = drive(t, standIn);
  await cloud.call('CreateHaVip', CREATE);
  standIn.standing.announce({ vip: '10.0.4.99', mac: MAC.one });
  const id = standIn.standing.context.state.havips[0]!.id;
  t.like(await cloud.call('DeleteHaVip', { HaVipId: id }), { kind: 'ok' });
});

test('what cannot be helped is refused at once', async (t) => {
  const standIn = await startCloud(t);
  const clock = virtualClock(standIn);
  const cloud = drive(t, standIn, { clock });
  await cloud.call('CreateHaVip', CREATE);
  const again = { ...CREATE, ClientToken: 'another' };
  t.like(await cloud.call('CreateHaVip', again), { kind: 'refused', code: 'ResourceInUse' });
  t.deepEqual(clock.waits, [], 'an address that is taken stays so: nobody waits for it');
});

test('what is so already is told as that', async (t) => {
  const cloud = drive(t, await startCloud(t));
  t.like(await cloud.call('DeleteHaVip', { HaVipId: 'havip-x' }), { kind: 'already' });
  t.like(await cloud.call('ReleaseAddresses', { AddressIds: ['eip-x'] }), { kind: 'already' });
  const made = await cloud.call('CreateHaVip', CREATE);
  const HaVipId = made.kind === 'ok' ? made.value.HaVip!.HaVipId! : '';
  t.like(await cloud.call('HaVipDisassociateAddressIp', { HaVipId }), { kind: 'already' });
  const set = { HaVipAssociationSet: [{ HaVipId, InstanceId: ONE, InstanceType: 'CVM' }] };
  t.like(await cloud.call('AssociateHaVipInstance', set), { kind: 'already' });
});

/** Everything after which a change may have been done. */
const LOST: readonly object[] = [
  { kind: 'drop-before' },
  { kind: 'drop-after' },
  { kind: 'hang-before' },
  { kind: 'hang-after' },
  { kind: 'partial-body' },
  { kind: 'html' },
  { kind: 'empty-json' },
  { kind: 'http', status: 502 },
  { kind: 'error', code: 'InternalError' },
  { kind: 'error', code: 'InternalServerError' },
];

test('a change whose answer is lost is ambiguous, and not repeated', async (t) => {
  for (const fault of LOST) {
    const standIn = await startCloud(t);
    const cloud = drive(t, standIn, { timeoutMs: { read: 20_000, change: 700 } });
    standIn.standing.faults.add({ action: 'CreateHaVip', ...fault } as Fault);
    const lost = await cloud.call('CreateHaVip', CREATE);
    t.is(lost.kind, 'ambiguous', JSON.stringify(fault));
    t.is(standIn.standing.log.length, 1, JSON.stringify(fault));
  }
});

test('a look whose answer is lost is repeated', async (t) => {
  const look = async (fault: object) => {
    const standIn = await startCloud(t);
    // only where an answer never comes is it waited for in real time
    const isSilent = /hang|partial/.test(JSON.stringify(fault));
    const cloud = drive(t, standIn, { timeoutMs: { read: isSilent ? 1500 : 20_000, change: 1 } });
    standIn.standing.faults.add({ action: 'DescribeHaVips', times: 2, ...fault } as Fault);
    t.is((await cloud.call('DescribeHaVips', {})).kind, 'ok', JSON.stringify(fault));
  };
  await Promise.all(LOST.map(look));
});

test('nobody there, and answers that never come', async (t) => {
  const standIn = await startCloud(t);
  const cloud = drive(t, standIn);
  standIn.standing.faults.add({ action: '*', kind: 'http', status: 500, times: 99 });
  t.like(await cloud.call('DescribeVpcs', {}), { kind: 'unreachable', detail: 'HTTP 500' });
  const nowhere = { TENCENTCLOUD_ENDPOINT: 'http://127.0.0.1:1' };
  const gone = await drive(t, standIn, { environment: nowhere }).call('CreateHaVip', CREATE);
  t.like(gone, { kind: 'unreachable', detail: 'connect ECONNREFUSED 127.0.0.1:1' });
});

test('who are you: each refusal is its own', async (t) => {
  const standIn = await startCloud(t);
  const code = async (pair = credential()) => {
    const result = await drive(t, standIn, { credential: pair }).call('GetCallerIdentity', null);
    return result.kind === 'refused' ? result.code : result.kind;
  };
  t.is(await code(), 'ok');
  t.is(await code(credential(PAIR.secretId, 'wrong')), 'AuthFailure.SignatureFailure');
  t.is(await code(credential('AKIDnobody')), 'AuthFailure.SecretIdNotFound');
  standIn.standing.faults.add({ action: '*', kind: 'clock-skew', s: 400 });
  t.is(await code(), 'AuthFailure.SignatureExpire');
  standIn.standing.faults.add({ action: '*', kind: 'expire-token' });
  t.is(await code(), 'AuthFailure.TokenFailure');
});

test('the cloud’s words do not repeat our keys', async (t) => {
  const standIn = await startCloud(t);
  const cloud = drive(t, standIn);
  const { secretId, secretKey } = PAIR;
  const message = `no ${secretId} with ${secretKey}`;
  standIn.standing.faults.add({ action: '*', kind: 'error', code: 'AuthFailure', message });
  const refused = await cloud.call('DescribeVpcs', {});
  t.notRegex(JSON.stringify(refused), new RegExp(`${secretId}|${secretKey}`));
  t.like(refused, { kind: 'refused', code: 'AuthFailure' });
});

test('a look is broken off, a change is not', async (t) => {
  const standIn = await startCloud(t);
  const cloud = drive(t, standIn);
  const stopping = new AbortController();
  standIn.standing.faults.add({ action: 'DescribeVpcs', kind: 'hang-before' });
  const look = cloud.call('DescribeVpcs', {}, { signal: stopping.signal });
  while (standIn.standing.log.length === 0) await new Promise((done) => setImmediate(done));
  stopping.abort();
  t.is((await look).kind, 'interrupted');
  const made = await cloud.call('CreateHaVip', CREATE, { signal: stopping.signal });
  t.is(made.kind, 'ok');
  t.is(standIn.standing.context.state.havips[0]?.vpc, VPC);
});
