import test from 'ava';
import type { Cloud } from '../../../source/lab/cloud/index.ts';
import { clients, codeOf, HAVIP, MAC, startCloud, WORLD } from './_cloud.ts';

const EIP = {
  InternetChargeType: 'TRAFFIC_POSTPAID_BY_HOUR',
  InternetMaxBandwidthOut: 5,
  AddressName: 'iamha-lab-0123456789ab',
  Tags: [{ Key: 'iam-ha-session', Value: '0123456789ab' }],
};

type Vpc = ReturnType<typeof clients>['vpc'];

const only = async (vpc: Vpc) => (await vpc.DescribeAddresses({})).AddressSet?.[0];

async function heldHaVip(cloud: Cloud, vpc: Vpc): Promise<string> {
  const { HaVip: made } = await vpc.CreateHaVip(HAVIP);
  cloud.standing.announce({ vip: '10.0.4.99', mac: MAC.one });
  return made!.HaVipId!;
}

test('an address is allocated, bound, unbound and released, each as a task', async (t) => {
  const cloud = await startCloud(t);
  const { vpc } = clients(t, cloud);
  const HaVipId = await heldHaVip(cloud, vpc);
  const events: string[] = [];
  cloud.standing.events.listen((event) => {
    if (event.type !== 'holder') events.push(`${event.type} ${event.eip} ${event.vip}`);
  });
  const { AddressSet, TaskId } = await vpc.AllocateAddresses(EIP);
  const AddressIds = AddressSet!;
  t.is(typeof TaskId, 'string');
  t.like(await only(vpc), { AddressStatus: 'CREATING', AddressIp: '203.0.113.1', Bandwidth: 5 });
  const AddressIp = '203.0.113.1';
  t.like(await vpc.DescribeTaskResult({ TaskId: Number(TaskId) }), { Result: 'RUNNING' });
  t.is(await codeOf(vpc.ReleaseAddresses({ AddressIds })), 'OperationDenied.MutexTaskRunning');
  cloud.standing.advance(500);
  t.like(await vpc.DescribeTaskResult({ TaskId: Number(TaskId) }), { Result: 'SUCCESS' });
  t.like(await only(vpc), { AddressStatus: 'UNBIND', InstanceType: null });

  await vpc.HaVipAssociateAddressIp({ HaVipId, AddressIp });
  t.like(await only(vpc), { AddressStatus: 'BINDING' });
  const mutex = 'UnsupportedOperation.MutexOperationTaskRunning';
  t.is(await codeOf(vpc.HaVipAssociateAddressIp({ HaVipId, AddressIp })), mutex);
  t.is(await codeOf(vpc.HaVipDisassociateAddressIp({ HaVipId })), mutex);
  cloud.standing.advance(500);
  t.like(await only(vpc), {
    AddressStatus: 'BIND',
    InstanceType: 'HAVIP',
    InstanceId: HaVipId,
    PrivateAddressIp: '10.0.4.99',
  });
  t.like((await vpc.DescribeHaVips({})).HaVipSet?.[0], { AddressIp });
  const bound = 'UnsupportedOperation.BindEIP';
  t.is(await codeOf(vpc.HaVipAssociateAddressIp({ HaVipId, AddressIp })), bound);
  t.is(await codeOf(vpc.ReleaseAddresses({ AddressIds })), 'InvalidAddressState');
  t.is(await codeOf(vpc.DeleteHaVip({ HaVipId })), 'UnsupportedOperation');
  t.is(
    await codeOf(vpc.DisassociateAddress({ AddressId: AddressIds[0]! })),
    'UnsupportedOperation.AddressStatusNotPermit',
  );

  await vpc.HaVipDisassociateAddressIp({ HaVipId });
  t.like(await only(vpc), { AddressStatus: 'UNBINDING' });
  cloud.standing.advance(500);
  t.like(await only(vpc), { AddressStatus: 'UNBIND' });
  t.is(await codeOf(vpc.HaVipDisassociateAddressIp({ HaVipId })), 'UnsupportedOperation.UnbindEIP');
  await vpc.ReleaseAddresses({ AddressIds });
  t.like(await only(vpc), { AddressStatus: 'OFFLINING' });
  cloud.standing.advance(500);
  t.is(await only(vpc), undefined);
  t.is(await codeOf(vpc.ReleaseAddresses({ AddressIds })), 'InvalidAddressId.NotFound');
  t.deepEqual(events, ['eip-bind 203.0.113.1 10.0.4.99', 'eip-unbind 203.0.113.1 10.0.4.99']);
});

test('a task that fails leaves everything as it was, and says why', async (t) => {
  const cloud = await startCloud(t);
  const { vpc } = clients(t, cloud);
  const HaVipId = await heldHaVip(cloud, vpc);
  const fail = (action: string) =>
    cloud.standing.faults.add({ action, kind: 'task-fail', output: 'no capacity' });
  fail('AllocateAddresses');
  const { TaskId } = await vpc.AllocateAddresses(EIP);
  cloud.standing.advance(500);
  t.like(await vpc.DescribeTaskResult({ TaskId: Number(TaskId) }), { Result: 'FAILED' });
  t.is(await only(vpc), undefined);
  await vpc.AllocateAddresses(EIP);
  cloud.standing.advance(500);
  fail('HaVipAssociateAddressIp');
  const AddressIp = (await only(vpc))!.AddressIp!;
  const { RequestId } = await vpc.HaVipAssociateAddressIp({ HaVipId, AddressIp });
  cloud.standing.advance(500);
  t.like(await vpc.DescribeVpcTaskResult({ TaskId: RequestId! }), {
    Status: 'FAILED',
    Output: 'no capacity',
  });
  t.like(await only(vpc), { AddressStatus: 'UNBIND' });
  cloud.standing.faults.add({ action: 'HaVipAssociateAddressIp', kind: 'task-stuck', ms: 60_000 });
  await vpc.HaVipAssociateAddressIp({ HaVipId, AddressIp });
  cloud.standing.advance(59_999);
  t.like(await only(vpc), { AddressStatus: 'BINDING' });
  cloud.standing.advance(1);
  t.like(await only(vpc), { AddressStatus: 'BIND' });
});

test('what AllocateAddresses refuses', async (t) => {
  const with_ = async (world: object) =>
    clients(t, await startCloud(t, { world: { ...WORLD, ...world } })).vpc;
  const { account, quota } = WORLD;
  const poor = await with_({ account: { ...account, solvent: false } });
  t.is(await codeOf(poor.AllocateAddresses(EIP)), 'FailedOperation.BalanceInsufficient');
  const legacy = await with_({ account: { ...account, networkAccountType: 'LEGACY' } });
  t.is(await codeOf(legacy.AllocateAddresses(EIP)), 'InvalidParameterValue.Combination');
  t.is(await codeOf(legacy.AllocateAddresses({})), 'ok');
  const full = await with_({ quota: { ...quota, eip: 1 } });
  t.is(await codeOf(full.AllocateAddresses(EIP)), 'ok');
  t.is(await codeOf(full.AllocateAddresses(EIP)), 'AddressQuotaLimitExceeded');
  const daily = await with_({ quota: { ...quota, eipDaily: 1 } });
  t.is(await codeOf(daily.AllocateAddresses(EIP)), 'ok');
  t.is(await codeOf(daily.AllocateAddresses(EIP)), 'AddressQuotaLimitExceeded.DailyAllocate');
  const wide = { ...EIP, InternetMaxBandwidthOut: 101 };
  t.is(await codeOf(daily.AllocateAddresses(wide)), 'InvalidParameterValue.BandwidthOutOfRange');
  const denied = await with_({ account: { ...account, denied: ['AllocateAddresses'] } });
  t.is(await codeOf(denied.AllocateAddresses(EIP)), 'UnauthorizedOperation');
});

test('addresses are found by tag, name and state; the quota counts them', async (t) => {
  const cloud = await startCloud(t);
  const { vpc } = clients(t, cloud);
  const token = { ...EIP, ClientToken: 'iamha-0123456789ab-eip-1' };
  const first = await vpc.AllocateAddresses(token);
  t.deepEqual((await vpc.AllocateAddresses(token)).AddressSet, first.AddressSet);
  await vpc.AllocateAddresses({});
  const by = async (Name: string, ...Values: string[]) =>
    (await vpc.DescribeAddresses({ Filters: [{ Name, Values }] })).TotalCount;
  t.is(await by('tag:iam-ha-session', '0123456789ab'), 1);
  t.is(await by('tag:iam-ha-session', 'another'), 0);
  t.is(await by('tag-key', 'iam-ha-session'), 1);
  t.is(await by('address-name', EIP.AddressName), 1);
  t.is(await by('address-status', 'CREATING'), 2);
  t.like((await vpc.DescribeAddressQuota()).QuotaSet?.[0], {
    QuotaId: 'TOTAL_EIP_QUOTA',
    QuotaCurrent: 2,
    QuotaLimit: 20,
  });
  t.is((await vpc.DescribeNetworkAccountType()).NetworkAccountType, 'STANDARD');
  const asked = { InternetChargeType: EIP.InternetChargeType };
  const { Price } = await vpc.InquiryPriceAllocateAddresses(asked);
  t.is(Price?.AddressPrice?.UnitPrice, 0.8);
});

test('the bill counts what is idle to the millisecond, a bound address without a holder too', async (t) => {
  const cloud = await startCloud(t);
  const { vpc } = clients(t, cloud);
  const { HaVip: made } = await vpc.CreateHaVip(HAVIP);
  const HaVipId = made!.HaVipId!;
  const { AddressSet } = await vpc.AllocateAddresses(EIP);
  cloud.standing.advance(3_600_000);
  const idle = () => cloud.standing.bill().eips[0];
  t.like(idle(), { idleSeconds: 3600, cost: 0.2 });
  await vpc.HaVipAssociateAddressIp({ HaVipId, AddressIp: '203.0.113.1' });
  cloud.standing.advance(10_000);
  t.like(idle(), { idleSeconds: 3610 }, 'bound, and nothing holds the HAVIP');
  cloud.standing.context.pace.arpDelayMs = 2000;
  cloud.standing.announce({ vip: '10.0.4.99', mac: MAC.one });
  cloud.standing.advance(50_000);
  t.like(idle(), { idleSeconds: 3612 }, 'until the cloud follows');
  await vpc.HaVipDisassociateAddressIp({ HaVipId });
  cloud.standing.advance(1000);
  await vpc.ReleaseAddresses({ AddressIds: AddressSet! });
  cloud.standing.advance(1000);
  await vpc.DeleteHaVip({ HaVipId });
  cloud.standing.advance(1000);
  const { openEips, openHavips, eips } = cloud.standing.bill();
  t.deepEqual(
    { openEips, openHavips, idle: eips[0]?.idleSeconds },
    {
      openEips: 0,
      openHavips: 0,
      idle: 3613.5,
    },
  );
});

test('an address that is paid by bandwidth has no idle fee', async (t) => {
  const cloud = await startCloud(t);
  const bandwidth = { ...EIP, InternetChargeType: 'BANDWIDTH_POSTPAID_BY_HOUR' };
  await clients(t, cloud).vpc.AllocateAddresses(bandwidth);
  cloud.standing.advance(3_600_000);
  t.is(cloud.standing.bill().eips[0]?.idleSeconds, 0);
});
