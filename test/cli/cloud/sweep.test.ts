import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import type { Cloud } from '../../../source/lab/cloud/server.ts';
import { clients, HAVIP, PAIR } from '../../lab-room/cloud/_cloud.ts';
import { chosen, made, openDesk, startCloud } from './_cloud-cli.ts';

const MARK = '0123456789ab';
const tags = (session: string) => [{ Key: 'iam-ha-session', Value: session }];

/** A HAVIP with an EIP bound to it, and an EIP that leads nowhere: all of one session. */
async function leave(t: ExecutionContext, cloud: Cloud, session = MARK): Promise<void> {
  const { vpc } = clients(t, cloud);
  const { HaVip } = await vpc.CreateHaVip({ ...HAVIP, Tags: tags(session) });
  const bought = async () => {
    const { AddressSet = [] } = await vpc.AllocateAddresses({ Tags: tags(session) });
    return AddressSet[0] ?? '';
  };
  const id = await bought();
  await bought();
  const { AddressSet } = await vpc.DescribeAddresses({ AddressIds: [id] });
  await vpc.HaVipAssociateAddressIp({
    HaVipId: HaVip?.HaVipId ?? '',
    AddressIp: AddressSet?.[0]?.AddressIp ?? '',
  });
}

test.serial('what a lost session has left is listed, and removed on a yes', async (t) => {
  const cloud = await startCloud(t);
  const desk = openDesk(t, cloud);
  await leave(t, cloud);
  const listed = await desk.run('sessions', 'sweep', '--region', 'ap-guangzhou');
  t.is(listed.code, 64, listed.stdout);
  t.regex(listed.stdout, /HAVIP\s+10\.0\.4\.99\s+havip-\w+\s+ap-guangzhou\s+0123456789ab/);
  t.regex(listed.stdout, /EIP\s+203\.0\.113\.\d+ .* 0\.20 yuan\/h/);
  t.regex(listed.stdout, /--yes/);
  t.like(cloud.standing.bill(), { openEips: 2, openHavips: 1 });

  const swept = await desk.run(...'sessions sweep --region ap-guangzhou --yes --json'.split(' '));
  t.is(swept.code, 0, swept.stdout);
  t.is(swept.stderr, '');
  const result = swept.events.at(-1) as unknown as {
    orphans: unknown[];
    undone: string[];
    left: string[];
  };
  t.is(result.orphans.length, 3);
  t.is(result.undone.length, 4);
  t.deepEqual(result.left, []);
  t.like(cloud.standing.bill(), { openEips: 0, openHavips: 0 });
  t.false(swept.stdout.includes(PAIR.secretId));
  t.false(swept.stdout.includes(PAIR.secretKey));
});

test.serial(
  'what a session here will give back is nobody’s to sweep, what others made is',
  async (t) => {
    const cloud = await startCloud(t);
    const desk = openDesk(t, cloud);
    desk.session('live', `${MARK}0000`, chosen, made('c', 'eip:live'));
    await leave(t, cloud);
    // its region comes from the journal
    const nothing = await desk.run('sessions', 'sweep', '--yes');
    t.is(nothing.code, 0, nothing.stdout);
    t.regex(nothing.stdout, /Nothing that a lost session has left in ap-guangzhou/);
    t.like(cloud.standing.bill(), { openEips: 2, openHavips: 1 });

    // destroyed, as its journal says: what still carries its mark was made by nobody that remembers
    const undone = {
      type: 'cloud-undone',
      change: 'c',
      left: [],
      kept: [],
      requestId: '',
    } as const;
    desk.session('live', `${MARK}0000`, chosen, made('c', 'eip:live'), undone);
    const swept = await desk.run('sessions', 'sweep', '--yes');
    t.is(swept.code, 0, swept.stdout);
    t.like(cloud.standing.bill(), { openEips: 0, openHavips: 0 });
  },
);

test.serial('nothing is removed while a journal cannot be read: it may be its', async (t) => {
  const cloud = await startCloud(t);
  const desk = openDesk(t, cloud);
  desk.session('broken', `${MARK}0000`, chosen, made('c', 'eip:live'));
  const file = join(desk.state, 'broken', 'journal.jsonl');
  writeFileSync(file, readFileSync(file, 'utf8').replace('public-access', 'public-excess'));
  await leave(t, cloud);
  const ran = await desk.run(...'sessions sweep --region ap-guangzhou --yes --json'.split(' '));
  t.is(ran.code, 1, ran.stdout);
  t.deepEqual(
    ran.events.filter(({ type }) => type === 'problem').map(({ code }) => code),
    ['journal-damaged', 'cd-sweep-unread'],
  );
  t.like(cloud.standing.bill(), { openEips: 2, openHavips: 1 });
});

test.serial('what will not go is named, and keeps nothing else', async (t) => {
  const cloud = await startCloud(t);
  const desk = openDesk(t, cloud);
  await leave(t, cloud);
  cloud.standing.faults.add({
    action: 'DeleteHaVip',
    kind: 'error',
    code: 'UnauthorizedOperation',
    message: 'denied',
  });
  const ran = await desk.run(...'sessions sweep --region ap-guangzhou --yes --json'.split(' '));
  t.is(ran.code, 1, ran.stdout);
  const result = ran.events.at(-1) as unknown as { left: string[] };
  t.is(result.left.length, 1);
  t.regex(result.left[0] ?? '', /^ap-guangzhou:ha-vip:havip-/);
  t.like(cloud.standing.bill(), { openEips: 0, openHavips: 1 });
});

test.serial('a region that does not answer hides no other', async (t) => {
  const cloud = await startCloud(t);
  const desk = openDesk(t, cloud);
  await leave(t, cloud);
  const both = '--region ap-nowhere --region ap-guangzhou --yes --json';
  const ran = await desk.run('sessions', 'sweep', ...both.split(' '));
  t.is(ran.code, 1, ran.stdout);
  t.true(ran.events.some(({ code }) => code === 'cloud-region-unknown'));
  t.like(cloud.standing.bill(), { openEips: 0, openHavips: 0 });
});

test.serial('where nothing says where to look, a region is asked for', async (t) => {
  const desk = openDesk(t, await startCloud(t));
  const ran = await desk.run('sessions', 'sweep', '--json');
  t.is(ran.code, 64);
  t.like(ran.events[0], { code: 'cd-no-region' });
});

test.serial('without keys: where was looked, and what can be done', async (t) => {
  const desk = openDesk(t, undefined);
  const ran = await desk.run(...'sessions sweep --region ap-guangzhou --json'.split(' '));
  t.is(ran.code, 64);
  t.like(ran.events[0], { code: 'cloud-no-credential' });
  t.regex(ran.stdout, /TENCENTCLOUD_SECRET_ID.*\.tencentcloud\/credentials.*\.tccli/);
});

test.serial('things of another account are not seen with these keys: that is said', async (t) => {
  const desk = openDesk(t, await startCloud(t));
  desk.session('other', 'ffffffffffff0000', { ...chosen, account: '200000000002' } as never);
  const ran = await desk.run('sessions', 'sweep', '--yes');
  t.is(ran.code, 0, ran.stdout);
  t.regex(ran.stdout, /100000000001[\s\S]*200000000002/);
});

test.serial('a session that has something in the cloud is not forgotten', async (t) => {
  const desk = openDesk(t, undefined);
  desk.session('live', `${MARK}0000`, chosen, made('c', 'eip:live'));
  const ran = await desk.run('sessions', 'forget', 'live', '--yes', '--json');
  t.is(ran.code, 1);
  t.like(ran.events[0], { code: 'cd-session-in-cloud' });
  t.regex(ran.stdout, /iam-ha-wizard destroy --session live/);
  const undone = { type: 'cloud-undone', change: 'c', left: [], kept: [], requestId: '' } as const;
  desk.session('live', `${MARK}0000`, chosen, made('c', 'eip:live'), undone);
  t.is((await desk.run('sessions', 'forget', 'live', '--yes')).code, 0);
});

test.serial('the policy is JSON, to be pasted; it needs no cluster file and no keys', async (t) => {
  const desk = openDesk(t, undefined);
  const { code, stdout, stderr } = await desk.run('cloud', 'policy');
  t.is(code, 0);
  t.is(stderr, '');
  const policy = JSON.parse(stdout);
  t.is(policy.version, '2.0');
  t.true(policy.statement[0].action.includes('name/vpc:CreateHaVip'));
  t.false(stdout.includes('CreateSecurityGroupPolicies'));
  const larger = await desk.run('cloud', 'policy', '--security-groups', '--json');
  t.like(larger.events.at(-1), { type: 'result', command: 'cloud', ok: true });
  t.true(larger.stdout.includes('name/vpc:CreateSecurityGroupPolicies'));
});
