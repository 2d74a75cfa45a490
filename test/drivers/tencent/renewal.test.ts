import test from 'ava';
import { freshCredential, renewalOf } from '../../../source/drivers/tencent/renewal.ts';
import { Secret } from '../../../source/model/index.ts';
import { startCloud } from '../../lab-room/cloud/_cloud.ts';
import { credential, drive, virtualClock } from './_driver.ts';

const MINUTE = 60_000;

function temporary(id: string, expiresMs: number) {
  const token = new Secret('token', `token-${id}`);
  return { ...credential(id, `key-${id}`), token, expiresMs, source: 'cvm-role' } as const;
}

test('a pair is replaced before it ends, once for all who wait for it', async (t) => {
  let now = 0;
  let asked = 0;
  let next: ReturnType<typeof temporary> | undefined;
  const clock = { now: () => now, sleep: async () => {} };
  const renew = async () => {
    asked += 1;
    return next;
  };
  const fresh = freshCredential(temporary('one', 60 * MINUTE), renew, clock);
  const id = async () => (await fresh()).secretId.reveal();
  t.is(await id(), 'one');
  now = 54 * MINUTE;
  t.is(await id(), 'one');
  t.is(asked, 0);
  // nobody gives another one yet: it is used on, and not asked for with every call
  now = 56 * MINUTE;
  t.deepEqual(await Promise.all([id(), id()]), ['one', 'one']);
  t.is(asked, 1);
  now += MINUTE;
  next = temporary('two', 120 * MINUTE);
  t.deepEqual(await Promise.all([id(), id()]), ['two', 'two']);
  t.is(asked, 2);
  now = 100 * MINUTE;
  t.is(await id(), 'two');
  t.is(asked, 2);
});

test('only a role gives another pair', async (t) => {
  t.is(renewalOf(credential()), undefined);
  const role = temporary('one', 1);
  const answers: Readonly<Record<string, string>> = {
    '/latest/meta-data/cam/security-credentials/': 'iam-ha',
    '/latest/meta-data/cam/security-credentials/iam-ha': JSON.stringify({
      Code: 'Success',
      TmpSecretId: 'two',
      TmpSecretKey: 'k',
      Token: 't',
      ExpiredTime: 7200,
    }),
  };
  const renewed = await renewalOf(role, () => async (path) => answers[path])?.();
  t.is(renewed?.secretId.reveal(), 'two');
  t.is(renewed?.expiresMs, 7_200_000);
  t.is(await renewalOf(role, () => () => Promise.reject(new Error('gone')))?.(), undefined);
});

test('a run outlives the pair that it began with, and shows neither', async (t) => {
  const now = Date.now();
  const secrets = {
    one: { key: 'key-one', token: 'token-one', expiresMs: now + 10 * MINUTE },
    two: { key: 'key-two', token: 'token-two', expiresMs: now + 100 * MINUTE },
  };
  let ahead = 0;
  const signingClock = () => Date.now() + ahead;
  const standIn = await startCloud(t, { secrets, signingClock });
  const clock = { ...virtualClock(standIn), now: signingClock };
  const options = { credential: temporary('one', now + 10 * MINUTE), clock };
  const renew = async () => temporary('two', now + 100 * MINUTE);
  const cloud = drive(t, standIn, { ...options, renew });
  t.is((await cloud.call('DescribeVpcs', {})).kind, 'ok');
  // as far as a signature may be off, which is past the early end of the first pair
  ahead = 5.5 * MINUTE;
  standIn.standing.faults.add({ action: '*', kind: 'clock-skew', s: -60 });
  t.is((await cloud.call('DescribeVpcs', {})).kind, 'ok');
  const message = 'token-one key-two';
  standIn.standing.faults.add({ action: '*', kind: 'error', code: 'X.Y', message });
  t.notRegex(JSON.stringify(await cloud.call('DescribeVpcs', {})), /token-one|key-two/);
});
