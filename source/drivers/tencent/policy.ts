import type { ActionName } from './calls.ts';

/** What a session always does; what only if the operator has it open security groups; what it can do without. */
type Group = 'always' | 'security-groups' | 'money';

type CamService = 'vpc' | 'cvm' | 'sts' | 'finance';

/**
 * Under which service's name CAM knows each call that we make. Public addresses came from CVM: Tencent's
 * own examples still allow them as `cvm:`, though the API has them in VPC; so both are named.
 */
const CAM: Readonly<Record<ActionName, readonly [Group, ...CamService[]]>> = {
  AllocateAddresses: ['always', 'cvm', 'vpc'],
  AssociateHaVipInstance: ['always', 'vpc'],
  CreateHaVip: ['always', 'vpc'],
  CreateSecurityGroupPolicies: ['security-groups', 'vpc'],
  DeleteHaVip: ['always', 'vpc'],
  DeleteSecurityGroupPolicies: ['security-groups', 'vpc'],
  // The API calls the service billing, CAM calls it finance.
  DescribeAccountBalance: ['money', 'finance'],
  DescribeAddressQuota: ['always', 'cvm', 'vpc'],
  DescribeAddresses: ['always', 'cvm', 'vpc'],
  DescribeHaVips: ['always', 'vpc'],
  DescribeInstances: ['always', 'cvm'],
  DescribeNetworkAccountType: ['always', 'cvm', 'vpc'],
  DescribeNetworkInterfaces: ['always', 'vpc'],
  DescribeSecurityGroupPolicies: ['always', 'vpc'],
  DescribeSecurityGroups: ['always', 'vpc'],
  DescribeSubnets: ['always', 'vpc'],
  DescribeTaskResult: ['always', 'cvm', 'vpc'],
  DescribeUsedIpAddress: ['always', 'vpc'],
  DescribeVpcLimits: ['always', 'vpc'],
  DescribeVpcTaskResult: ['always', 'vpc'],
  DescribeVpcs: ['always', 'vpc'],
  DisassociateHaVipInstance: ['always', 'vpc'],
  GetCallerIdentity: ['always', 'sts'],
  HaVipAssociateAddressIp: ['always', 'vpc'],
  HaVipDisassociateAddressIp: ['always', 'vpc'],
  InquiryPriceAllocateAddresses: ['always', 'cvm', 'vpc'],
  ReleaseAddresses: ['always', 'cvm', 'vpc'],
};

export interface CamPolicy {
  readonly version: '2.0';
  readonly statement: readonly {
    readonly effect: 'allow';
    readonly action: readonly string[];
    readonly resource: readonly string[];
  }[];
}

/**
 * The least that a session needs: what a CAM user is given, to paste into the console. To look at the
 * balance is a statement of its own, which an owner may leave out: then it is not looked at.
 */
export function camPolicy({ securityGroups }: { readonly securityGroups: boolean }): CamPolicy {
  const groups: readonly Group[] = securityGroups ? ['always', 'security-groups'] : ['always'];
  return { version: '2.0', statement: [statement(groups), statement(['money'])] };
}

function statement(groups: readonly Group[]): CamPolicy['statement'][number] {
  const action = Object.entries(CAM)
    .filter(([, [group]]) => groups.includes(group))
    .flatMap(([name, [, ...services]]) => services.map((service) => `name/${service}:${name}`))
    .toSorted();
  return { effect: 'allow', action, resource: ['*'] };
}
