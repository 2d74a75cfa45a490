import { describeBalance } from './balance.ts';
import { bindAddress, disassociateAddress, unbindAddress } from './binding.ts';
import type { Context } from './context.ts';
import { describeInstances } from './cvm.ts';
import { allocateAddresses, releaseAddresses } from './eip.ts';
import {
  describeAccountType,
  describeAddresses,
  describeAddressQuota,
  inquirePrice,
} from './eip-read.ts';
import {
  associateInstances,
  createHaVip,
  deleteHaVip,
  disassociateInstances,
  modifyHaVip,
} from './havip.ts';
import { describeHaVips } from './havip-read.ts';
import type { Ids } from './ids.ts';
import {
  describeCards,
  describeLimits,
  describeSubnets,
  describeUsed,
  describeVpcs,
} from './network-read.ts';
import {
  createPolicies,
  deletePolicies,
  describePolicies,
  describeSecurityGroups,
} from './security-groups.ts';
import { assumeRole, callerIdentity } from './sts.ts';
import { describeEipTask, describeVpcTask, type TaskFault } from './tasks.ts';
import type { Call, Reply } from './types.ts';

/** What some actions need besides the state. */
export interface Besides {
  readonly ids: Ids;
  readonly secretId: string;
  /** The clock that signatures and temporary pairs go by. */
  readonly signingMs: number;
  readonly fault?: TaskFault;
}

type Perform = (context: Context, call: Call, besides: Besides) => Reply;

const PERFORM: Readonly<Record<string, Perform>> = {
  CreateHaVip: (context, call, { ids }) => createHaVip(context, call, ids),
  DescribeHaVips: describeHaVips,
  ModifyHaVipAttribute: modifyHaVip,
  DeleteHaVip: (context, call, { fault }) => deleteHaVip(context, call, fault),
  AssociateHaVipInstance: associateInstances,
  DisassociateHaVipInstance: disassociateInstances,
  HaVipAssociateAddressIp: (context, call, { fault }) => bindAddress(context, call, fault),
  HaVipDisassociateAddressIp: (context, call, { fault }) => unbindAddress(context, call, fault),
  DescribeVpcTaskResult: describeVpcTask,
  AllocateAddresses: (context, call, { ids, fault }) =>
    allocateAddresses(context, call, ids, fault),
  DescribeAddresses: describeAddresses,
  ReleaseAddresses: (context, call, { ids, fault }) => releaseAddresses(context, call, ids, fault),
  DisassociateAddress: disassociateAddress,
  DescribeTaskResult: describeEipTask,
  DescribeAddressQuota: describeAddressQuota,
  DescribeNetworkAccountType: describeAccountType,
  InquiryPriceAllocateAddresses: inquirePrice,
  DescribeVpcs: describeVpcs,
  DescribeSubnets: describeSubnets,
  DescribeUsedIpAddress: describeUsed,
  DescribeVpcLimits: describeLimits,
  DescribeSecurityGroups: describeSecurityGroups,
  DescribeSecurityGroupPolicies: describePolicies,
  CreateSecurityGroupPolicies: createPolicies,
  DeleteSecurityGroupPolicies: deletePolicies,
  DescribeNetworkInterfaces: describeCards,
  DescribeInstances: describeInstances,
  DescribeAccountBalance: describeBalance,
  GetCallerIdentity: (context, _call, { secretId }) => callerIdentity(context, secretId),
  AssumeRole: (context, call, { signingMs }) => assumeRole(context, call, signingMs),
};

/** Carries the action out. @throws ApiError what the cloud refuses */
export function perform(context: Context, call: Call, besides: Besides): Reply {
  const action = PERFORM[call.action];
  if (!action) throw new Error(`the action ${call.action} has a shape and no code`);
  return action(context, call, besides);
}

/** Whether the action only looks. */
export function isRead(action: string): boolean {
  return /^(Describe|Inquiry|Get)/.test(action);
}
