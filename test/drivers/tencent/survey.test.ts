import test, { type ExecutionContext } from 'ava';
import { tencentPort } from '../../../source/drivers/tencent/index.ts';
import type { World } from '../../../source/lab/cloud/index.ts';
import type { CloudFacts, CloudSurvey, NodeName } from '../../../source/model/index.ts';
import {
  HAVIP,
  ONE,
  PAIR,
  REGION,
  SUBNET,
  startCloud,
  TWO,
  VPC,
  WORLD,
} from '../../lab-room/cloud/_cloud.ts';
import { credential, drive } from './_driver.ts';

const node = (name: string, address: string, instance: string | null = null) => {
  return { node: name as NodeName, address, instance };
};
const WANTED: CloudSurvey = {
  nodes: [node('iam-1', '10.0.4.20', ONE), node('iam-2', '10.0.4.21')],
  vip: '10.0.4.99',
  bandwidth: 1,
};

type Region = World['regions'][number];

/** The lab's region, changed. */
function withRegion(change: (region: Region) => Partial<Region>): Partial<World> {
  const [region] = WORLD.regions as [Region];
  return { regions: [{ ...region, ...change(region) }] };
}

async function surveyed(
  t: ExecutionContext,
  world: Partial<World> = {},
  wanted: Partial<CloudSurvey> = {},
) {
  const standIn = await startCloud(t, { world: { ...WORLD, ...world } });
  const found = await tencentPort(drive(t, standIn)).survey({ ...WANTED, ...wanted });
  return { standIn, found };
}

function facts(found: CloudFacts | { readonly problem: { readonly code: string } }): CloudFacts {
  if ('problem' in found) throw new Error(found.problem.code);
  return found;
}

const byText = (a: object, b: object) => (String(a) < String(b) ? -1 : 1);

const instances = (found: CloudFacts) =>
  found.instances.map(({ node, id, subnet, mac }) => [node, id, subnet, mac].join(' '));

const BOTH = [
  `iam-1 ${ONE} ${SUBNET} 02:00:00:00:00:01`,
  `iam-2 ${TWO} ${SUBNET} 02:00:00:00:00:02`,
];

test('everything that a preflight asks, in one survey', async (t) => {
  const { standIn, found } = await surveyed(t);
  t.deepEqual(instances(facts(found)), BOTH);
  t.like(found, {
    provider: 'tencent',
    region: REGION,
    account: { id: '100000000001', caller: '100000000001', kind: 'standard' },
    subnet: { id: SUBNET, network: VPC, cidr: '10.0.4.0/24', networkAcl: null },
    vipUser: null,
    haVips: { used: 0, limit: 10 },
    publicAddresses: { used: 0, limit: 20 },
    boughtToday: { used: 0, limit: 40 },
    pricePerGigabyte: 0.8,
    balance: 100,
    notAsked: [],
  });
  t.like(facts(found).instances[0], {
    name: 'iam-1',
    state: 'RUNNING',
    network: VPC,
    zone: `${REGION}-4`,
    host: 'host-00000001',
    placementGroups: [],
    securityGroups: ['sg-lab00001'],
  });
  t.like(facts(found).securityGroups, { length: 1, 0: { id: 'sg-lab00001', name: 'lab' } });
  t.is(facts(found).securityGroups[0]?.rules.length, 2);
  const { log } = standIn.standing;
  t.is(log.length, 14, 'no call is made twice');
  t.true(
    log.every(({ action, outcome }) => /^(Describe|Get|Inquiry)/.test(action) && outcome === 'ok'),
  );
});

test('what is there already is counted, and who has the address is named', async (t) => {
  const standIn = await startCloud(t);
  const cloud = drive(t, standIn);
  const { survey } = tencentPort(cloud);
  await cloud.call('CreateHaVip', { ...HAVIP, ClientToken: 'h' });
  await cloud.call('AllocateAddresses', { ClientToken: 'e' });
  const { id } = standIn.standing.context.state.havips[0]!;
  t.like(await survey(WANTED), {
    vipUser: { kind: 'HAVIP', id },
    haVips: { used: 1 },
    publicAddresses: { used: 1 },
    boughtToday: { used: 1 },
  });
  t.like(await survey({ ...WANTED, vip: '10.0.4.21' }), { vipUser: { kind: 'CVM', id: TWO } });
  const candidates = ['10.0.4.98', '10.0.4.99', '10.0.4.21'];
  const found = facts(await survey({ ...WANTED, vip: null, candidates }));
  t.deepEqual(found.inUse?.toSorted(), ['10.0.4.21', '10.0.4.99']);
  t.false('inUse' in (await survey(WANTED)), 'not asked is not none');
});

test('a survey that buys nothing asks for no price and no balance; a chosen VIP for no user', async (t) => {
  const { standIn, found } = await surveyed(t, {}, { vip: null, bandwidth: null });
  t.like(found, { pricePerGigabyte: null, balance: null, vipUser: null, notAsked: [] });
  const asked = standIn.standing.log.map(({ action }) => action);
  for (const action of ['InquiryPrice', 'DescribeAccountBalance', 'DescribeUsedIp']) {
    t.false(
      asked.some((one) => one.startsWith(action)),
      action,
    );
  }
});

test('an account of the old kind is sold no traffic', async (t) => {
  const account = { ...WORLD.account, networkAccountType: 'LEGACY', balance: 12.34 } as const;
  const { found } = await surveyed(t, { account });
  t.like(found, { account: { kind: 'legacy' }, pricePerGigabyte: null, balance: 12.34 });
  t.deepEqual(facts(found).notAsked, []);
});

test('a machine that is called so and has another address is not the node', async (t) => {
  const nodes = [node('iam-1', '10.0.4.20', TWO), node('iam-2', '10.0.4.21', 'ins-elsewhere')];
  t.deepEqual(instances(facts((await surveyed(t, {}, { nodes })).found)), []);
  const others = [node('iam-1', '10.0.4.30'), node('iam-2', '10.0.4.21')];
  t.deepEqual(instances(facts((await surveyed(t, {}, { nodes: others })).found)), [BOTH[1]]);
  // a single address is looked for by its end, too: 110.0.4.21 would be found for it
  const end = [node('iam-1', '0.4.21')];
  t.like((await surveyed(t, {}, { nodes: end })).found, { instances: [], subnet: null });
});

/** Both machines have a second card in another subnet. */
const SECOND = withRegion(({ instances: machines, subnets }) => ({
  subnets: [...subnets, { ...subnets[0]!, id: 'subnet-lab00002', cidr: '10.0.5.0/24' }],
  instances: machines.map((one, index) => ({
    ...one,
    nics: [
      one.nics[0],
      {
        eni: `eni-second-${index}`,
        mac: `02:00:00:00:01:0${index + 1}`,
        ip: `10.0.5.2${index}`,
        subnet: 'subnet-lab00002',
        primary: false,
      },
    ],
  })),
}));

test('a node whose address is its machine’s second card’s', async (t) => {
  const nodes = [node('iam-1', '10.0.5.20', ONE), node('iam-2', '10.0.5.21')];
  const { found } = await surveyed(t, SECOND, { nodes });
  t.deepEqual(instances(facts(found)), [
    `iam-1 ${ONE} subnet-lab00002 02:00:00:00:01:01`,
    `iam-2 ${TWO} subnet-lab00002 02:00:00:00:01:02`,
  ]);
  t.is(facts(found).subnet?.cidr, '10.0.5.0/24');
});

/** Another network with machines of the same addresses. */
const twin = (addresses: readonly string[]) =>
  withRegion(({ instances: machines, subnets, vpcs }) => ({
    vpcs: [...vpcs, { ...vpcs[0]!, id: 'vpc-other' }],
    subnets: [...subnets, { ...subnets[0]!, id: 'subnet-other', vpc: 'vpc-other' }],
    instances: [
      ...machines,
      ...addresses.map((ip, index) => ({
        ...machines[0]!,
        id: `ins-other-${index}`,
        nics: [{ eni: `eni-o-${index}`, mac: '02:aa', ip, subnet: 'subnet-other', primary: true }],
      })),
    ] as Region['instances'],
  }));

test('two networks with the same addresses', async (t) => {
  const unsaid = [node('iam-1', '10.0.4.20'), node('iam-2', '10.0.4.21')];
  // in the other one, only one of them: so it is not meant
  const half = await surveyed(t, twin(['10.0.4.20']), { nodes: unsaid });
  t.deepEqual(instances(facts(half.found)), BOTH);
  // one said who it is: so the network is known
  const said = await surveyed(t, twin(['10.0.4.20', '10.0.4.21']));
  t.deepEqual(instances(facts(said.found)), BOTH);
  const full = await surveyed(t, twin(['10.0.4.20', '10.0.4.21']), { nodes: unsaid });
  t.like(full.found, { problem: { code: 'cloud-machines-twice' } });
});

test('what the policy lacks is noted down, one by one', async (t) => {
  const cases: readonly (readonly [string, string])[] = [
    ['address-use', 'DescribeUsedIpAddress'],
    ['balance', 'DescribeAccountBalance'],
    ['identity', 'GetCallerIdentity'],
    ['price', 'InquiryPriceAllocateAddresses'],
    ['quota', 'DescribeAddressQuota'],
    ['quota', 'DescribeHaVips'],
    ['quota', 'DescribeVpcLimits'],
    ['security-groups', 'DescribeSecurityGroupPolicies'],
  ];
  const lacking = cases.map(([, action]) => action);
  const { found } = await surveyed(t, { account: { ...WORLD.account, denied: lacking } });
  const noted = facts(found).notAsked.map(({ what, problem }) => {
    t.is(problem.code, 'cloud-not-allowed');
    return [what, problem.params?.action] as const;
  });
  t.deepEqual(noted.toSorted(byText), cases);
  // names and MACs are for people, and for a check: nothing is missed that could not be told
  const denied = ['DescribeSecurityGroups', 'DescribeNetworkInterfaces'];
  const plain = facts((await surveyed(t, { account: { ...WORLD.account, denied } })).found);
  t.like(plain, { notAsked: [], securityGroups: { 0: { name: 'sg-lab00001' } } });
  t.deepEqual(
    plain.instances.map(({ mac }) => mac),
    [null, null],
  );
});

test('without these there are no facts', async (t) => {
  for (const action of ['DescribeInstances', 'DescribeSubnets', 'DescribeNetworkAccountType']) {
    const account = { ...WORLD.account, denied: [action] };
    const problem = { code: 'cloud-not-allowed', params: { action } };
    t.like((await surveyed(t, { account })).found, { problem });
  }
  const account = { ...WORLD.account, denied: ['DescribeNetworkInterfaces'] };
  const nodes = [node('iam-1', '10.0.5.20'), node('iam-2', '10.0.5.21')];
  const blind = await surveyed(t, { ...SECOND, account }, { nodes });
  t.like(blind.found, { problem: { params: { action: 'DescribeNetworkInterfaces' } } });
  const standIn = await startCloud(t);
  const wrong = drive(t, standIn, { credential: credential(PAIR.secretId, 'wrong') });
  t.like(await tencentPort(wrong).survey(WANTED), { problem: { code: 'cloud-key-wrong' } });
  const nowhere = drive(t, standIn, { region: 'ap-atlantis' });
  const problem = { code: 'cloud-region-unknown' };
  t.like(await tencentPort(nowhere).survey(WANTED), { problem });
});

test('no more than four at once', async (t) => {
  const standIn = await startCloud(t);
  const real = drive(t, standIn);
  let now = 0;
  let most = 0;
  const counted = {
    ...real,
    call: async (...asked: Parameters<typeof real.call>) => {
      now += 1;
      most = Math.max(most, now);
      const result = await real.call(...asked);
      now -= 1;
      return result;
    },
  } as typeof real;
  facts(await tencentPort(counted).survey(WANTED));
  t.is(most, 4);
});
