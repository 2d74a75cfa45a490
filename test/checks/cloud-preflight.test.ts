import test from 'ava';
import { cloudAccountCheck, cloudPriceCheck } from '../../source/checks/cloud-account.ts';
import { cloudClientsCheck, cloudPeersCheck } from '../../source/checks/cloud-admits.ts';
import {
  cloudAclCheck,
  cloudApartCheck,
  cloudVipCheck,
} from '../../source/checks/cloud-machines.ts';
import { cloudBalanceCheck, cloudRoomCheck } from '../../source/checks/cloud-room.ts';
import type {
  Check,
  CloudFacts,
  Ipv4Address,
  NodeName,
  NotAsked,
} from '../../source/model/index.ts';
import { cloudFacts, instance, seen } from '../stages/_cloud-input.ts';

const VIP = '10.0.4.99' as Ipv4Address;

function verdict(check: Check, measured = seen()): string {
  const { state, reason } = check.judge(check.measurements.length > 0 ? [measured] : []);
  return `${state} ${reason.code}`;
}

function lacking(what: NotAsked['what'], action: string): CloudFacts {
  const problem = { code: 'cloud-not-allowed', params: { action, code: 'X', request: 'r' } };
  return cloudFacts({ notAsked: [{ what, problem }] });
}

test('the account is shown; what could not be asked is a warning that names the permission', (t) => {
  t.deepEqual(cloudAccountCheck(cloudFacts()).judge([]).reason, {
    code: 'cloud-account',
    params: { account: '1000', caller: 'operator', region: 'ap-guangzhou' },
  });
  const check = cloudAccountCheck(lacking('identity', 'GetCallerIdentity'));
  t.is(verdict(check), 'warned cloud-not-allowed');
  t.is(check.judge([]).problem?.params?.action, 'GetCallerIdentity');
});

test('the price, as the cloud tells it', (t) => {
  t.is(verdict(cloudPriceCheck(cloudFacts(), 0.2)), 'passed cloud-price');
  const none = cloudFacts({ pricePerGigabyte: null });
  t.is(verdict(cloudPriceCheck(none, 0.2)), 'passed cloud-price-not-told');
  const denied = lacking('price', 'InquiryPriceAllocateAddresses');
  t.is(verdict(cloudPriceCheck(denied, 0.2)), 'warned cloud-not-allowed');
});

const nothing = { haVip: false, publicAddress: false };
const room = (facts: CloudFacts, made = nothing, buys = true) =>
  ({ facts, network: 'vpc-1', buys, made: () => made }) as const;

test('quotas leave room for what is still to be made', (t) => {
  const full = { used: 10, limit: 10 };
  const of = (change: Partial<CloudFacts>, made = nothing, buys = true) =>
    verdict(cloudRoomCheck(room(cloudFacts(change), made, buys)));
  t.is(of({}), 'passed cloud-room');
  t.is(of({ haVips: full }), 'failed cloud-ha-vips-full');
  t.is(of({ haVips: full }, { ...nothing, haVip: true }), 'passed cloud-room');
  t.is(of({ publicAddresses: full }), 'failed cloud-addresses-full');
  t.is(of({ publicAddresses: full }, { ...nothing, publicAddress: true }), 'passed cloud-room');
  t.is(of({ publicAddresses: full }, nothing, false), 'passed cloud-room');
  t.is(of({ boughtToday: full }), 'failed cloud-bought-enough');
  t.is(of({ haVips: { used: 99, limit: null } }), 'passed cloud-room');
  const denied = lacking('quota', 'DescribeAddressQuota');
  t.is(verdict(cloudRoomCheck(room(denied))), 'warned cloud-not-allowed');
});

test('a cloud that does not answer leaves both open', (t) => {
  const unseen = { kind: 'cloud-unseen', problem: { code: 'cloud-unreachable' } } as const;
  for (const check of [cloudRoomCheck(room(cloudFacts())), cloudBalanceCheck(room(cloudFacts()))]) {
    t.like(check.judge([unseen]), { state: 'unknown', reason: { code: 'cloud-unreachable' } });
  }
});

test('an account in the red buys nothing; where nothing is bought it is a warning', (t) => {
  const of = (balance: number | null, made = nothing, buys = true) =>
    verdict(cloudBalanceCheck(room(cloudFacts({ balance }), made, buys)));
  t.is(of(0.01), 'passed cloud-balance');
  t.is(of(0), 'failed cloud-balance-spent');
  t.is(of(-3), 'failed cloud-balance-spent');
  t.is(of(-3, { ...nothing, publicAddress: true }), 'warned cloud-balance-spent');
  t.is(of(-3, nothing, false), 'warned cloud-balance-spent');
  t.is(of(null), 'passed cloud-balance-not-told');
});

test('one computer below both, and a placement group that forbids it', (t) => {
  const of = (...changes: readonly Parameters<typeof instance>[1][]) =>
    verdict(cloudApartCheck(changes.map((change, at) => instance(`iam-${at + 1}`, change))));
  t.is(of({}, {}), 'passed cloud-apart');
  t.is(of({ host: 'h' }, { host: 'h' }), 'warned cloud-one-host');
  t.is(of({ host: null }, {}), 'warned cloud-host-not-told');
  const spread = { host: null, placementGroups: ['ps-1'] };
  t.is(of(spread, spread), 'passed cloud-apart');
  t.is(of({ ...spread, placementGroups: ['ps-2'] }, spread), 'warned cloud-host-not-told');
  t.is(of({}, { host: 'h' }, { host: 'h' }), 'warned cloud-one-host');
});

test('a network ACL is told, because its rules are not read', (t) => {
  t.is(verdict(cloudAclCheck(cloudFacts())), 'passed cloud-no-network-acl');
  const subnet = { id: 'subnet-1', network: 'vpc-1', cidr: '10.0.4.0/24', networkAcl: 'acl-1' };
  t.is(verdict(cloudAclCheck(cloudFacts({ subnet }))), 'warned cloud-network-acl');
});

test('the VIP in the cloud: free, a HAVIP, not asked', (t) => {
  t.is(verdict(cloudVipCheck(cloudFacts(), VIP)), 'passed cloud-vip-free');
  const taken = cloudFacts({ vipUser: { kind: 'HAVIP', id: 'havip-1' } });
  t.is(verdict(cloudVipCheck(taken, VIP)), 'passed cloud-vip-is-ha-vip');
  const denied = lacking('address-use', 'DescribeUsedIpAddress');
  t.is(verdict(cloudVipCheck(denied, VIP)), 'warned cloud-not-allowed');
});

test('what a group keeps out: failed, or a part of the plan', (t) => {
  const closed = {
    node: 'iam-2' as NodeName,
    group: 'sg-1',
    direction: 'in',
    what: 'ALL',
    peer: '10.0.4.20',
  } as const;
  const facts = cloudFacts();
  const peers = (
    opens: boolean,
    ...some: readonly Parameters<typeof cloudPeersCheck>[0]['closed'][number][]
  ) => cloudPeersCheck({ facts, opens, closed: some });
  t.is(verdict(peers(false)), 'passed cloud-peers-admitted');
  t.is(verdict(peers(false, closed)), 'failed cloud-peers-closed');
  t.is(verdict(peers(false, { ...closed, direction: 'out' })), 'failed cloud-peers-shut-in');
  t.is(verdict(peers(true, closed)), 'passed cloud-rules-to-come');
  t.like(peers(false, closed, closed).judge([]).problem, {
    node: 'iam-2',
    params: { group: 'sg-1', what: 'ALL', peer: '10.0.4.20', more: 1 },
  });
  const clients = cloudClientsCheck({ facts, opens: false, closed: [{ ...closed, peer: null }] });
  t.is(verdict(clients), 'failed cloud-clients-closed');
  t.is(clients.judge([]).problem?.params?.peer, '0.0.0.0/0');
  const denied = lacking('security-groups', 'DescribeSecurityGroupPolicies');
  t.is(
    verdict(cloudClientsCheck({ facts: denied, opens: false, closed: [] })),
    'warned cloud-not-allowed',
  );
});
