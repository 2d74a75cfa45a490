import test from 'ava';
import { clients, codeOf, HAVIP, MAC, ONE, startCloud, TWO, VPC, WORLD } from './_cloud.ts';

test('a HAVIP is made, found, renamed and gone', async (t) => {
  const cloud = await startCloud(t);
  const { vpc } = clients(t, cloud);
  const tags = [{ Key: 'iam-ha-session', Value: '0123456789ab' }];
  const { HaVip: made } = await vpc.CreateHaVip({ ...HAVIP, Tags: tags });
  t.like(made, {
    Vip: '10.0.4.99',
    State: 'UNBIND',
    InstanceId: '',
    AddressIp: '',
    CheckAssociate: true,
    FlushedTime: '0000-00-00 00:00:00',
    TagSet: tags,
  });
  t.regex(made!.HaVipId!, /^havip-[0-9a-z]{8}$/);
  const HaVipId = made!.HaVipId!;
  const by = async (Name: string, ...Values: string[]) =>
    (await vpc.DescribeHaVips({ Filters: [{ Name, Values }] })).TotalCount;
  t.is(await by('vip', '10.0.4.98', '10.0.4.99'), 1);
  t.is(await by('havip-name', 'another'), 0);
  t.is(await by('havip-association.instance-id', TWO), 1);
  t.is(await by('check-associate', 'FALSE'), 0);
  t.is((await vpc.DescribeHaVips({ HaVipIds: [HaVipId] })).TotalCount, 1);
  await vpc.ModifyHaVipAttribute({ HaVipId, HaVipName: 'another' });
  t.is(await by('havip-name', 'another'), 1);
  const { RequestId } = await vpc.DeleteHaVip({ HaVipId });
  t.is((await vpc.DescribeVpcTaskResult({ TaskId: RequestId! })).Status, 'RUNNING');
  t.is(
    await codeOf(vpc.DeleteHaVip({ HaVipId })),
    'UnsupportedOperation.MutexOperationTaskRunning',
  );
  cloud.standing.advance(500);
  t.is((await vpc.DescribeVpcTaskResult({ TaskId: RequestId! })).Status, 'SUCCESS');
  t.is(await by('vip', '10.0.4.99'), 0);
  t.is(await codeOf(vpc.DeleteHaVip({ HaVipId })), 'ResourceNotFound');
  t.is(await codeOf(vpc.DescribeVpcTaskResult({ TaskId: 'x' })), 'ResourceNotFound');
});

test('what CreateHaVip refuses, and nothing is there afterwards', async (t) => {
  const cloud = await startCloud(t);
  const { vpc } = clients(t, cloud);
  const cases: readonly (readonly [object, string])[] = [
    [{ VpcId: 'vpc-x' }, 'ResourceNotFound'],
    [{ SubnetId: 'subnet-x' }, 'UnsupportedOperation.SubnetNotExists'],
    [{ SubnetId: undefined }, 'MissingParameter'],
    [{ HaVipName: 'x'.repeat(61) }, 'InvalidParameterValue.TooLong'],
    [{ Vip: '10.0.4' }, 'InvalidParameterValue.Malformed'],
    [{ Vip: '10.0.5.9' }, 'InvalidParameterValue.Range'],
    [{ Vip: '10.0.4.0' }, 'InvalidParameterValue.Reserved'],
    [{ Vip: '10.0.4.1' }, 'InvalidParameterValue.Reserved'],
    [{ Vip: '10.0.4.255' }, 'InvalidParameterValue.Reserved'],
    [{ Vip: '10.0.4.20' }, 'ResourceInUse'],
    [{ HaVipAssociationSet: [{ InstanceId: 'ins-x' }] }, 'ResourceNotFound'],
    [{ ClientToken: 'x'.repeat(65) }, 'InvalidParameterValue.TooLong'],
  ];
  for (const [change, code] of cases) {
    t.is(await codeOf(vpc.CreateHaVip({ ...HAVIP, ...change })), code, JSON.stringify(change));
  }
  t.is(cloud.standing.bill().openHavips, 0);
  t.is((await vpc.CreateHaVip({ ...HAVIP, Vip: '10.0.4.2' })).HaVip?.Vip, '10.0.4.2');
  t.is(await codeOf(vpc.CreateHaVip({ ...HAVIP, Vip: '10.0.4.2' })), 'ResourceInUse');
});

test('the quota of the VPC, and a full subnet', async (t) => {
  const world = { ...WORLD, quota: { ...WORLD.quota, havipPerVpc: 1 } };
  const { vpc } = clients(t, await startCloud(t, { world }));
  const { VpcLimitSet } = await vpc.DescribeVpcLimits({ LimitTypes: ['vpc-max-havips'] });
  t.is(VpcLimitSet?.[0]?.LimitValue, 1);
  const { Vip: _, ...automatic } = HAVIP;
  t.is((await vpc.CreateHaVip(automatic)).HaVip?.Vip, '10.0.4.2');
  t.is(await codeOf(vpc.CreateHaVip(automatic)), 'LimitExceeded');
  const [region] = WORLD.regions;
  const small = { ...region!.subnets[0]!, cidr: '10.0.4.20/30' };
  const full = { ...WORLD, regions: [{ ...region!, subnets: [small] }] };
  const crowded = clients(t, await startCloud(t, { world: full })).vpc;
  await crowded.CreateHaVip(automatic).catch(() => {});
  t.is(await codeOf(crowded.CreateHaVip(automatic)), 'ResourceInsufficient');
});

test('a token makes one thing, whatever comes of the answer', async (t) => {
  const cloud = await startCloud(t);
  const { vpc } = clients(t, cloud);
  const request = { ...HAVIP, ClientToken: 'iamha-0123456789ab-havip-1' };
  const first = await vpc.CreateHaVip(request);
  t.deepEqual((await vpc.CreateHaVip(request)).HaVip, first.HaVip);
  t.is(await codeOf(vpc.CreateHaVip({ ...request, Vip: '10.0.4.98' })), 'InvalidParameterValue');
  t.is(cloud.standing.bill().openHavips, 1);
  cloud.standing.forgetTokens();
  t.is(await codeOf(vpc.CreateHaVip(request)), 'ResourceInUse');
});

test('the holder is who announced last, where it may', async (t) => {
  const cloud = await startCloud(t);
  const { vpc } = clients(t, cloud);
  const seen: string[] = [];
  cloud.standing.events.listen((event) => {
    if (event.type === 'holder') seen.push(`${event.from}>${event.to}`);
  });
  const say = (announcement: object) =>
    cloud.standing.announce({ vip: '10.0.4.99', ...announcement });
  t.deepEqual(say({ mac: MAC.one }), { accepted: false, reason: 'not-a-havip' });
  const { HaVip: made } = await vpc.CreateHaVip({
    ...HAVIP,
    HaVipAssociationSet: [{ InstanceId: ONE }],
  });
  const holder = async () => (await vpc.DescribeHaVips({})).HaVipSet?.[0];
  t.deepEqual(say({ mac: '02:00:00:00:00:99' }), { accepted: false, reason: 'unknown-sender' });
  t.deepEqual(say({ mac: MAC.two }), { accepted: false, reason: 'check-associate' });
  t.like(await holder(), { State: 'UNBIND' });
  t.deepEqual(say({ mac: MAC.one.toUpperCase() }), { accepted: true });
  t.like(await holder(), {
    State: 'AVAILABLE',
    InstanceId: ONE,
    NetworkInterfaceId: 'eni-00000001',
  });
  const { FlushedTime } = (await holder())!;
  cloud.standing.advance(5000);
  say({ mac: MAC.one });
  t.is((await holder())?.FlushedTime, FlushedTime, 'a repeat is no drift');
  const HaVipId = made!.HaVipId!;
  const set = { HaVipAssociationSet: [{ HaVipId, InstanceId: TWO, InstanceType: 'CVM' }] };
  await vpc.AssociateHaVipInstance(set);
  t.is(
    await codeOf(vpc.AssociateHaVipInstance(set)),
    'InvalidParameterValue.DuplicatedHaVipAssociations',
  );
  cloud.standing.context.pace.arpDelayMs = 3000;
  t.deepEqual(say({ instanceId: TWO }), { accepted: true });
  t.like(await holder(), { InstanceId: ONE });
  cloud.standing.advance(2999);
  t.like(await holder(), { InstanceId: ONE });
  cloud.standing.advance(1);
  t.like(await holder(), { InstanceId: TWO });
  t.not((await holder())?.FlushedTime, FlushedTime);
  t.deepEqual(seen, [`null>${ONE}`, `${ONE}>${TWO}`]);
  t.is(await codeOf(vpc.DeleteHaVip({ HaVipId })), 'UnsupportedOperation');
  cloud.standing.advance(10_000);
  t.is(await codeOf(vpc.DeleteHaVip({ HaVipId })), 'ok');
  await vpc.DisassociateHaVipInstance(set);
});

test('a card that announces too often is not looked at; one of another subnet never', async (t) => {
  const [region] = WORLD.regions;
  const more = { id: 'subnet-lab00002', vpc: VPC, name: 'b', cidr: '10.0.5.0/24', zone: 'z' };
  const far = {
    ...region!.instances[0]!,
    id: 'ins-00000009',
    nics: [
      { eni: 'eni-9', mac: '02:00:00:00:00:09', ip: '10.0.5.9', subnet: more.id, primary: true },
    ],
  } as const;
  const world = {
    ...WORLD,
    regions: [
      {
        ...region!,
        subnets: [...region!.subnets, more],
        instances: [...region!.instances, far],
      },
    ],
  };
  const cloud = await startCloud(t, { world });
  await clients(t, cloud).vpc.CreateHaVip({ ...HAVIP, CheckAssociate: false });
  const say = (mac: string) => cloud.standing.announce({ vip: '10.0.4.99', mac });
  t.like(say('02:00:00:00:00:09'), { reason: 'other-subnet' });
  for (let count = 0; count < 5; count += 1) t.true(say(MAC.one).accepted);
  t.like(say(MAC.one), { reason: 'too-many' });
  t.true(say(MAC.two).accepted);
  cloud.standing.advance(1000);
  t.true(say(MAC.one).accepted);
});

test('in a cloud that lets go, a holder that is not heard is none', async (t) => {
  const cloud = await startCloud(t, { world: { ...WORLD, holderExpiresMs: 30_000 } });
  const { vpc } = clients(t, cloud);
  await vpc.CreateHaVip(HAVIP);
  cloud.standing.announce({ vip: '10.0.4.99', mac: MAC.one });
  cloud.standing.advance(29_999);
  t.like((await vpc.DescribeHaVips({})).HaVipSet?.[0], { State: 'AVAILABLE' });
  cloud.standing.advance(1);
  t.like((await vpc.DescribeHaVips({})).HaVipSet?.[0], { State: 'UNBIND', InstanceId: '' });
});
