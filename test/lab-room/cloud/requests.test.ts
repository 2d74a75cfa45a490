import test from 'ava';
import { ACTIONS } from '../../../source/lab/cloud/shapes.ts';
import { clients, codeOf, HAVIP, ONE, SUBNET, startCloud, VPC, WORLD } from './_cloud.ts';

test('types are strict: what JSON says is what is meant', async (t) => {
  const { vpc, cvm } = clients(t, await startCloud(t));
  const cases: readonly (readonly [string, object, string])[] = [
    ['DescribeHaVips', { Limit: '20' }, 'InvalidParameter'],
    ['DescribeHaVips', { Limit: 1.5 }, 'InvalidParameter'],
    ['DescribeHaVips', { HaVipIds: 'havip-1' }, 'InvalidParameter'],
    ['DescribeHaVips', { Filter: [] }, 'UnknownParameter'],
    ['DescribeHaVips', { Filters: [{ Name: 'vip', Value: ['x'] }] }, 'UnknownParameter'],
    ['DescribeHaVips', { Filters: [{ Name: 'vip' }] }, 'MissingParameter'],
    [
      'DescribeHaVips',
      { Filters: [{ Name: 'colour', Values: ['x'] }] },
      'InvalidParameter.FilterInvalidKey',
    ],
    [
      'DescribeHaVips',
      { HaVipIds: ['x'], Filters: [{ Name: 'vip', Values: ['x'] }] },
      'InvalidParameter.Coexist',
    ],
    ['DescribeHaVips', { Limit: 101 }, 'InvalidParameterValue.LimitExceeded'],
    [
      'DescribeHaVips',
      { Filters: [{ Name: 'vip', Values: ['1', '2', '3', '4', '5', '6'] }] },
      'InvalidParameterValue.LimitExceeded',
    ],
    ['DescribeVpcs', { Limit: 20 }, 'InvalidParameter'],
    ['DescribeVpcs', { Limit: '20', Offset: '0' }, 'ok'],
    ['DescribeTaskResult', { TaskId: '123' }, 'InvalidParameter'],
    ['DescribeVpcTaskResult', { TaskId: 123 }, 'InvalidParameter'],
    ['CreateHaVip', { VpcId: VPC }, 'MissingParameter'],
    ['CreateHaVip', { ...HAVIP, CheckAssociate: 'true' }, 'InvalidParameter'],
    ['Explode', {}, 'InvalidAction'],
  ];
  for (const [action, body, code] of cases) {
    t.is(await codeOf(vpc.request(action, body)), code, `${action} ${JSON.stringify(body)}`);
  }
  t.is(await codeOf(cvm.request('DescribeHaVips', {})), 'InvalidAction', 'of another service');
});

test('every action with a shape has its code', async (t) => {
  const cloud = await startCloud(t);
  const all = clients(t, cloud);
  for (const [action, { service }] of ACTIONS) {
    t.notRegex(await codeOf(all[service].request(action, {})), /^http/, action);
  }
});

test('pages, and the count before them', async (t) => {
  const { vpc } = clients(t, await startCloud(t));
  for (const last of [90, 91, 92]) await vpc.CreateHaVip({ ...HAVIP, Vip: `10.0.4.${last}` });
  const { TotalCount, HaVipSet } = await vpc.DescribeHaVips({ Offset: 1, Limit: 1 });
  t.is(TotalCount, 3);
  t.deepEqual(
    HaVipSet?.map(({ Vip }) => Vip),
    ['10.0.4.91'],
  );
});

test('the network as it is, addresses in use with who has them', async (t) => {
  const { vpc, cvm } = clients(t, await startCloud(t));
  await vpc.CreateHaVip(HAVIP);
  const used = async (ip: string) =>
    (await vpc.DescribeUsedIpAddress({ VpcId: VPC, IpAddresses: [ip] })).IpAddressStates;
  t.like((await used('10.0.4.99'))?.[0], { ResourceType: 'HAVIP', SubnetId: SUBNET });
  t.like((await used('10.0.4.20'))?.[0], { ResourceType: 'CVM', ResourceId: ONE });
  t.deepEqual(await used('10.0.4.98'), []);
  const { SubnetSet } = await vpc.DescribeSubnets({});
  t.like(SubnetSet?.[0], { CidrBlock: '10.0.4.0/24', AvailableIpAddressCount: 250 });
  const filter = { Filters: [{ Name: 'private-ip-address', Values: ['10.0.4.20'] }] };
  const { InstanceSet } = await cvm.DescribeInstances(filter);
  t.like(InstanceSet?.[0], { InstanceId: ONE, InstanceState: 'RUNNING' });
  t.like(InstanceSet?.[0]?.VirtualPrivateCloud, { VpcId: VPC, SubnetId: SUBNET });
  const cards = await vpc.DescribeNetworkInterfaces({
    Filters: [{ Name: 'attachment.instance-id', Values: [ONE] }],
  });
  t.like(cards.NetworkInterfaceSet?.[0], { MacAddress: '02:00:00:00:00:01', Primary: true });
});

test('security groups: no VRRP, one direction a call, the version is a lock', async (t) => {
  const { vpc } = clients(t, await startCloud(t));
  const SecurityGroupId = 'sg-lab00001';
  const read = async () =>
    (await vpc.DescribeSecurityGroupPolicies({ SecurityGroupId })).SecurityGroupPolicySet!;
  const rule = {
    Protocol: 'TCP',
    Port: '80',
    CidrBlock: '0.0.0.0/0',
    Action: 'ACCEPT',
    PolicyDescription: 'iamha 0123456789ab',
  };
  const create = (set: object) =>
    codeOf(vpc.CreateSecurityGroupPolicies({ SecurityGroupId, SecurityGroupPolicySet: set }));
  t.is(await create({ Ingress: [{ ...rule, Protocol: 'VRRP' }] }), 'InvalidParameterValue');
  t.is(await create({ Ingress: [rule], Egress: [rule] }), 'InvalidParameter.Coexist');
  t.is(await create({ Version: '9', Ingress: [rule] }), 'UnsupportedOperation.VersionMismatch');
  const { Version } = await read();
  t.is(await create({ Version, Ingress: [{ ...rule, PolicyIndex: 0 }] }), 'ok');
  t.is(await create({ Ingress: [rule] }), 'UnsupportedOperation.DuplicatePolicy');
  t.like((await read()).Ingress?.[0], { ...rule, PolicyIndex: 0 });
  const gone = () =>
    codeOf(
      vpc.DeleteSecurityGroupPolicies({
        SecurityGroupId,
        SecurityGroupPolicySet: { Ingress: [rule] },
      }),
    );
  t.is(await gone(), 'ok');
  t.is(await gone(), 'ResourceNotFound');
  t.is((await read()).Ingress?.length, 1);
  t.is((await vpc.DescribeSecurityGroups({})).TotalCount, 1);
});

test('20 calls a second an action, 2 for a price', async (t) => {
  const cloud = await startCloud(t, { world: { ...WORLD, rateLimit: true } });
  const { vpc } = clients(t, cloud);
  const asked = { InternetChargeType: 'TRAFFIC_POSTPAID_BY_HOUR' };
  const codes = [1, 2, 3].map(() => codeOf(vpc.InquiryPriceAllocateAddresses(asked)));
  t.deepEqual(new Set(await Promise.all(codes)), new Set(['ok', 'RequestLimitExceeded']));
  cloud.standing.advance(1000);
  t.is(await codeOf(vpc.InquiryPriceAllocateAddresses(asked)), 'ok');
});
