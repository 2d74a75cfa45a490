import type {
  Address,
  HaVip,
  SecurityGroupPolicy,
  SecurityGroupPolicySet,
  Tag,
} from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.js';
import type { HaVipSeen, PublicAddressSeen, SecurityRule } from '../../model/index.ts';

/** The tag that says whose a thing is. */
export const SESSION_TAG = 'iam-ha-session';

const sessionOf = (tags: readonly Tag[] | null | undefined) =>
  tags?.find(({ Key }) => Key === SESSION_TAG)?.Value ?? null;

export function haVipSeen(one: HaVip): HaVipSeen {
  return {
    id: one.HaVipId ?? '',
    name: one.HaVipName ?? '',
    address: one.Vip ?? '',
    network: one.VpcId ?? '',
    subnet: one.SubnetId ?? '',
    session: sessionOf(one.TagSet),
    holder: one.InstanceId || null,
    publicAddress: one.AddressIp || null,
    mayHold: one.CheckAssociate
      ? (one.HaVipAssociationSet ?? []).map(({ InstanceId = '' }) => InstanceId)
      : null,
    movedAt: isoTime(one.FlushedTime),
  };
}

export function addressSeen(one: Address): PublicAddressSeen {
  const states = { UNBIND: 'free', BIND: 'bound', BIND_ENI: 'bound' } as const;
  return {
    id: one.AddressId ?? '',
    name: one.AddressName ?? '',
    address: one.AddressIp ?? '',
    session: sessionOf(one.TagSet),
    state: states[one.AddressStatus as keyof typeof states] ?? 'changing',
    boundTo: one.InstanceId || one.NetworkInterfaceId || null,
    madeAt: isoTime(one.CreatedTime),
  };
}

/** VPC writes Beijing's time without saying so, EIP writes UTC; `0000-00-00 00:00:00` is never. */
export function isoTime(text: string | null | undefined): string | null {
  if (!text || text.startsWith('0000')) return null;
  const isLocal = /^\d{4}-\d\d-\d\d \d\d:\d\d:\d\d$/.test(text);
  const ms = Date.parse(isLocal ? `${text.replace(' ', 'T')}+08:00` : text);
  return Number.isFinite(ms) ? new Date(ms).toISOString() : null;
}

/** Of both directions, each in its order. */
export function rulesSeen({ Ingress, Egress }: SecurityGroupPolicySet): readonly SecurityRule[] {
  return [
    ...ordered(Ingress).map((one) => ruleSeen(one, 'in')),
    ...ordered(Egress).map((one) => ruleSeen(one, 'out')),
  ];
}

function ordered(list: readonly SecurityGroupPolicy[] | null | undefined) {
  return (list ?? []).toSorted((a, b) => (a.PolicyIndex ?? 0) - (b.PolicyIndex ?? 0));
}

const PROTOCOLS = { tcp: 'tcp', udp: 'udp', icmp: 'icmp', all: 'all' } as const;

function ruleSeen(policy: SecurityGroupPolicy, direction: 'in' | 'out'): SecurityRule {
  const { ServiceTemplate: template } = policy;
  const isTemplate = Boolean(template?.ServiceId || template?.ServiceGroupId);
  const protocol = (policy.Protocol || 'all').toLowerCase() as keyof typeof PROTOCOLS;
  return {
    direction,
    protocol: isTemplate ? 'other' : (PROTOCOLS[protocol] ?? 'other'),
    ports: isTemplate ? '' : (policy.Port || 'all').toLowerCase(),
    peer: policy.CidrBlock || policy.Ipv6CidrBlock || null,
    peerGroup: policy.SecurityGroupId || null,
    verdict: policy.Action?.toUpperCase() === 'ACCEPT' ? 'accept' : 'drop',
    description: policy.PolicyDescription ?? '',
  };
}
