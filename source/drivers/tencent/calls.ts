import type * as Billing from 'tencentcloud-sdk-nodejs/tencentcloud/services/billing/v20180709/billing_models.js';
import type * as Cvm from 'tencentcloud-sdk-nodejs/tencentcloud/services/cvm/v20170312/cvm_models.js';
import type * as Sts from 'tencentcloud-sdk-nodejs/tencentcloud/services/sts/v20180813/sts_models.js';
import type * as Vpc from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.js';

export type Service = 'vpc' | 'cvm' | 'sts' | 'billing';

/** Every call that we make, with what goes in and what comes out. */
export interface Calls {
  CreateHaVip: [Vpc.CreateHaVipRequest, Vpc.CreateHaVipResponse];
  DescribeHaVips: [Vpc.DescribeHaVipsRequest, Vpc.DescribeHaVipsResponse];
  DeleteHaVip: [Vpc.DeleteHaVipRequest, Vpc.DeleteHaVipResponse];
  AssociateHaVipInstance: [Vpc.AssociateHaVipInstanceRequest, Vpc.AssociateHaVipInstanceResponse];
  DisassociateHaVipInstance: [
    Vpc.DisassociateHaVipInstanceRequest,
    Vpc.DisassociateHaVipInstanceResponse,
  ];
  HaVipAssociateAddressIp: [
    Vpc.HaVipAssociateAddressIpRequest,
    Vpc.HaVipAssociateAddressIpResponse,
  ];
  HaVipDisassociateAddressIp: [
    Vpc.HaVipDisassociateAddressIpRequest,
    Vpc.HaVipDisassociateAddressIpResponse,
  ];
  DescribeVpcTaskResult: [Vpc.DescribeVpcTaskResultRequest, Vpc.DescribeVpcTaskResultResponse];
  AllocateAddresses: [Vpc.AllocateAddressesRequest, Vpc.AllocateAddressesResponse];
  DescribeAddresses: [Vpc.DescribeAddressesRequest, Vpc.DescribeAddressesResponse];
  ReleaseAddresses: [Vpc.ReleaseAddressesRequest, Vpc.ReleaseAddressesResponse];
  DescribeTaskResult: [Vpc.DescribeTaskResultRequest, Vpc.DescribeTaskResultResponse];
  DescribeAddressQuota: [Vpc.DescribeAddressQuotaRequest, Vpc.DescribeAddressQuotaResponse];
  DescribeNetworkAccountType: [
    Vpc.DescribeNetworkAccountTypeRequest,
    Vpc.DescribeNetworkAccountTypeResponse,
  ];
  InquiryPriceAllocateAddresses: [
    Vpc.InquiryPriceAllocateAddressesRequest,
    Vpc.InquiryPriceAllocateAddressesResponse,
  ];
  DescribeVpcs: [Vpc.DescribeVpcsRequest, Vpc.DescribeVpcsResponse];
  DescribeSubnets: [Vpc.DescribeSubnetsRequest, Vpc.DescribeSubnetsResponse];
  DescribeUsedIpAddress: [Vpc.DescribeUsedIpAddressRequest, Vpc.DescribeUsedIpAddressResponse];
  DescribeVpcLimits: [Vpc.DescribeVpcLimitsRequest, Vpc.DescribeVpcLimitsResponse];
  DescribeSecurityGroups: [Vpc.DescribeSecurityGroupsRequest, Vpc.DescribeSecurityGroupsResponse];
  DescribeSecurityGroupPolicies: [
    Vpc.DescribeSecurityGroupPoliciesRequest,
    Vpc.DescribeSecurityGroupPoliciesResponse,
  ];
  CreateSecurityGroupPolicies: [
    Vpc.CreateSecurityGroupPoliciesRequest,
    Vpc.CreateSecurityGroupPoliciesResponse,
  ];
  DeleteSecurityGroupPolicies: [
    Vpc.DeleteSecurityGroupPoliciesRequest,
    Vpc.DeleteSecurityGroupPoliciesResponse,
  ];
  DescribeNetworkInterfaces: [
    Vpc.DescribeNetworkInterfacesRequest,
    Vpc.DescribeNetworkInterfacesResponse,
  ];
  DescribeInstances: [Cvm.DescribeInstancesRequest, Cvm.DescribeInstancesResponse];
  GetCallerIdentity: [Sts.GetCallerIdentityRequest, Sts.GetCallerIdentityResponse];
  DescribeAccountBalance: [
    Billing.DescribeAccountBalanceRequest,
    Billing.DescribeAccountBalanceResponse,
  ];
}

export type ActionName = keyof Calls;
export type RequestOf<Name extends ActionName> = Calls[Name][0];
export type AnswerOf<Name extends ActionName> = Calls[Name][1];

export function serviceOf(action: ActionName): Service {
  return ELSEWHERE[action] ?? 'vpc';
}

const ELSEWHERE: Partial<Readonly<Record<ActionName, Service>>> = {
  DescribeInstances: 'cvm',
  GetCallerIdentity: 'sts',
  DescribeAccountBalance: 'billing',
};

/** Whether the action only looks: then it is repeated freely, and may be interrupted. */
export function isRead(action: ActionName): boolean {
  return /^(Describe|Inquiry|Get)/.test(action);
}
