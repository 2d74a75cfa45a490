import type { Fields } from './strict-types.ts';

const FILTERS: Fields = { Filters: [{ 'Name!': 'string', 'Values!': ['string'] }] };
const PAGE: Fields = { Offset: 'integer', Limit: 'integer' };
/** Some actions have them as text. */
const TEXT_PAGE: Fields = { Offset: 'string', Limit: 'string' };
const TAGS: Fields = { Tags: [{ 'Key!': 'string', Value: 'string' }] };
const ASSOCIATION: Fields = { 'InstanceId!': 'string', HaVipId: 'string', InstanceType: 'string' };
const ONE_ASSOCIATION: Fields = { ...ASSOCIATION, 'HaVipId!': 'string' };
const PREPAID: Fields = { 'Period!': 'integer', AutoRenewFlag: 'integer' };

const POLICY: Fields = {
  PolicyIndex: 'integer',
  Protocol: 'string',
  Port: 'string',
  CidrBlock: 'string',
  Ipv6CidrBlock: 'string',
  SecurityGroupId: 'string',
  Action: 'string',
  PolicyDescription: 'string',
  ModifyTime: 'string',
  Priority: 'integer',
};
const POLICY_SET: Fields = {
  'SecurityGroupId!': 'string',
  'SecurityGroupPolicySet!': { Version: 'string', Egress: [POLICY], Ingress: [POLICY] },
};

const VPC: Readonly<Record<string, Fields>> = {
  CreateHaVip: {
    'VpcId!': 'string',
    'HaVipName!': 'string',
    SubnetId: 'string',
    Vip: 'string',
    NetworkInterfaceId: 'string',
    CheckAssociate: 'boolean',
    ...TAGS,
    HaVipAssociationSet: [{ ...ASSOCIATION }],
    ClientToken: 'string',
  },
  DescribeHaVips: { HaVipIds: ['string'], ...FILTERS, ...PAGE },
  ModifyHaVipAttribute: { 'HaVipId!': 'string', HaVipName: 'string' },
  DeleteHaVip: { 'HaVipId!': 'string' },
  AssociateHaVipInstance: { 'HaVipAssociationSet!': [ONE_ASSOCIATION] },
  DisassociateHaVipInstance: { 'HaVipAssociationSet!': [ONE_ASSOCIATION] },
  HaVipAssociateAddressIp: { 'HaVipId!': 'string', 'AddressIp!': 'string' },
  HaVipDisassociateAddressIp: { 'HaVipId!': 'string' },
  DescribeVpcTaskResult: { 'TaskId!': 'string' },
  AllocateAddresses: {
    AddressCount: 'integer',
    InternetServiceProvider: 'string',
    InternetChargeType: 'string',
    InternetMaxBandwidthOut: 'integer',
    AddressChargePrepaid: PREPAID,
    AddressType: 'string',
    AddressName: 'string',
    BandwidthPackageId: 'string',
    ...TAGS,
    ClientToken: 'string',
  },
  DescribeAddresses: { AddressIds: ['string'], ...FILTERS, ...PAGE },
  ReleaseAddresses: { 'AddressIds!': ['string'] },
  DisassociateAddress: { 'AddressId!': 'string', ReallocateNormalPublicIp: 'boolean' },
  DescribeTaskResult: { TaskId: 'integer', DealName: 'string' },
  DescribeAddressQuota: {},
  DescribeNetworkAccountType: {},
  InquiryPriceAllocateAddresses: {
    'InternetChargeType!': 'string',
    InternetMaxBandwidthOut: 'integer',
    AddressChargePrepaid: PREPAID,
    AddressType: 'string',
  },
  DescribeVpcs: { VpcIds: ['string'], ...FILTERS, ...TEXT_PAGE },
  DescribeSubnets: { SubnetIds: ['string'], ...FILTERS, ...TEXT_PAGE },
  DescribeUsedIpAddress: {
    'VpcId!': 'string',
    SubnetId: 'string',
    IpAddresses: ['string'],
    ...FILTERS,
    ...PAGE,
  },
  DescribeVpcLimits: { 'LimitTypes!': ['string'] },
  DescribeSecurityGroups: {
    SecurityGroupIds: ['string'],
    ...FILTERS,
    ...TEXT_PAGE,
    OrderField: 'string',
    OrderDirection: 'string',
  },
  DescribeSecurityGroupPolicies: { 'SecurityGroupId!': 'string', ...FILTERS },
  CreateSecurityGroupPolicies: POLICY_SET,
  DeleteSecurityGroupPolicies: POLICY_SET,
  DescribeNetworkInterfaces: { NetworkInterfaceIds: ['string'], ...FILTERS, ...PAGE },
};

const CVM: Readonly<Record<string, Fields>> = {
  DescribeInstances: { InstanceIds: ['string'], ...FILTERS, ...PAGE },
};

const BILLING: Readonly<Record<string, Fields>> = {
  DescribeAccountBalance: { TempCredit: 'boolean' },
};

const STS: Readonly<Record<string, Fields>> = {
  GetCallerIdentity: {},
  AssumeRole: {
    'RoleArn!': 'string',
    'RoleSessionName!': 'string',
    DurationSeconds: 'integer',
    Policy: 'string',
    ExternalId: 'string',
  },
};

export interface Known {
  readonly service: 'vpc' | 'cvm' | 'sts' | 'billing';
  readonly version: string;
  readonly fields: Fields;
}

function all(
  service: Known['service'],
  version: string,
  shapes: Readonly<Record<string, Fields>>,
): readonly [string, Known][] {
  return Object.entries(shapes).map(([action, fields]) => [action, { service, version, fields }]);
}

/** Every action that the stand-in has. */
export const ACTIONS: ReadonlyMap<string, Known> = new Map([
  ...all('vpc', '2017-03-12', VPC),
  ...all('cvm', '2017-03-12', CVM),
  ...all('sts', '2018-08-13', STS),
  ...all('billing', '2018-07-09', BILLING),
]);

/** The versions that exist: another one is no version at all. */
export const VERSIONS: ReadonlySet<string> = new Set(
  [...ACTIONS.values()].map(({ version }) => version),
);
