import {
  type Check,
  type CloudFacts,
  type CloudInstance,
  type Ipv4Address,
  message,
  type Problem,
  passed,
  problem,
  type Verdict,
  warned,
} from '../model/index.ts';
import { notAsked } from './cloud-account.ts';
import { factCheck } from './preflight-host.ts';

/** One computer that fails must not take all front ends with it. */
export function cloudApartCheck(machines: readonly CloudInstance[]): Check {
  const found = machines
    .flatMap((one, index) => machines.slice(index + 1).map((other) => [one, other] as const))
    .flatMap(([one, other]) => togetherProblem(one, other))[0];
  const names = machines.map(({ node, id }) => `${node} ${id}`).join(', ');
  const verdict = found ? warned(found) : passed(message('cloud-apart', { instances: names }));
  return factCheck('cloud-apart', null, message('check-cloud-apart'), verdict);
}

function togetherProblem(one: CloudInstance, other: CloudInstance): readonly Problem[] {
  if (one.placementGroups.some((group) => other.placementGroups.includes(group))) return [];
  const params = { node: one.node, other: other.node };
  if (one.host === null || other.host === null) return [problem('cloud-host-not-told', params)];
  return one.host === other.host ? [problem('cloud-one-host', { ...params, host: one.host })] : [];
}

/** The rules of a network ACL are not read: that there is one is said. */
export function cloudAclCheck({ subnet }: CloudFacts): Check {
  const acl = subnet?.networkAcl ?? null;
  const verdict: Verdict =
    acl === null
      ? passed(message('cloud-no-network-acl'))
      : warned(problem('cloud-network-acl', { acl, subnet: subnet?.id ?? '' }));
  return factCheck('cloud-network-acl', null, message('check-cloud-acl'), verdict);
}

/** Nothing of the network has the VIP, or what has it may be taken: that is looked at in its place. */
export function cloudVipCheck(facts: CloudFacts, vip: Ipv4Address): Check {
  const { vipUser } = facts;
  const free = vipUser
    ? message('cloud-vip-is-ha-vip', { vip, id: vipUser.id })
    : message('cloud-vip-free', { vip });
  const verdict = notAsked(facts, 'address-use') ?? passed(free);
  return factCheck('cloud-vip', null, message('check-cloud-vip', { vip }), verdict);
}
