import { type Context, regionOf } from './context.ts';
import { refuse } from './errors.ts';
import { keys, type Lookup, select } from './filters.ts';
import type { Call, Policy, Reply, SecurityGroupState, WorldSecurityGroup } from './types.ts';

const PROTOCOLS = ['TCP', 'UDP', 'ICMP', 'ICMPV6', 'GRE', 'ALL'];
const MAX_POLICIES = 100;
type Direction = 'ingress' | 'egress';

interface PolicySet {
  readonly Version?: string;
  readonly Ingress?: readonly (Policy & { readonly PolicyIndex?: number })[];
  readonly Egress?: readonly (Policy & { readonly PolicyIndex?: number })[];
}

const LOOKUP: Lookup<WorldSecurityGroup> = {
  ids: 'SecurityGroupIds',
  idOf: ({ id }) => id,
  maxValues: 5,
  key: keys({
    'security-group-id': ({ id }) => [id],
    'security-group-name': ({ name }) => [name],
    'project-id': () => ['0'],
    'tag-key': () => [],
  }),
};

export function describeSecurityGroups(context: Context, { region, body }: Call): Reply {
  const { total, page } = select(regionOf(context, region).securityGroups, body, LOOKUP);
  const shown = ({ id, name }: WorldSecurityGroup) => ({
    SecurityGroupId: id,
    SecurityGroupName: name,
    SecurityGroupDesc: '',
    ProjectId: '0',
    IsDefault: false,
    TagSet: [],
  });
  return { TotalCount: total, SecurityGroupSet: page.map(shown) };
}

/** The group as it is now; the world says how it began. */
function stateOf(context: Context, call: Call): SecurityGroupState {
  const id = String(call.body.SecurityGroupId);
  const given = regionOf(context, call.region).securityGroups.find((one) => one.id === id);
  if (!given) refuse('ResourceNotFound', `The security group ${id} is not found.`);
  const { securityGroups } = context.state;
  securityGroups[id] ??= { version: 1, ingress: [...given.ingress], egress: [...given.egress] };
  return securityGroups[id];
}

export function describePolicies(context: Context, call: Call): Reply {
  const { version, ingress, egress } = stateOf(context, call);
  const indexed = (list: readonly Policy[]) =>
    list.map((policy, PolicyIndex) => ({ PolicyIndex, ...policy }));
  return {
    SecurityGroupPolicySet: {
      Version: String(version),
      Ingress: indexed(ingress),
      Egress: indexed(egress),
    },
  };
}

/** The one direction that the call is about, with the group's rules of it. */
function opened(context: Context, call: Call) {
  const group = stateOf(context, call);
  const set = call.body.SecurityGroupPolicySet as PolicySet;
  const { Ingress, Egress, Version } = set;
  if (!Ingress === !Egress) {
    refuse('InvalidParameter.Coexist', 'One of Ingress and Egress is to be given.');
  }
  if (Version !== undefined && Version !== String(group.version)) {
    refuse('UnsupportedOperation.VersionMismatch', 'The rules have changed: read them again.');
  }
  const direction: Direction = Ingress ? 'ingress' : 'egress';
  return { group, direction, policies: Ingress ?? Egress ?? [] };
}

export function createPolicies(context: Context, call: Call): Reply {
  const { group, direction, policies } = opened(context, call);
  for (const policy of policies) checkPolicy(policy, group[direction]);
  if (group[direction].length + policies.length > MAX_POLICIES) {
    refuse('LimitExceeded.SecurityGroupPolicySet', `More than ${MAX_POLICIES} rules.`);
  }
  const index = Math.min(policies[0]?.PolicyIndex ?? 0, group[direction].length);
  group[direction].splice(index, 0, ...policies.map(({ PolicyIndex: _, ...policy }) => policy));
  group.version += 1;
  return {};
}

function checkPolicy(policy: Policy, list: readonly Policy[]): void {
  const { Protocol = 'ALL', Port = 'all' } = policy;
  if (!PROTOCOLS.includes(Protocol.toUpperCase())) {
    refuse('InvalidParameterValue', `There is no protocol ${Protocol}.`);
  }
  if (!['TCP', 'UDP'].includes(Protocol.toUpperCase()) && Port.toLowerCase() !== 'all') {
    refuse('InvalidParameterValue', `${Protocol} has no ports.`);
  }
  if (list.some((one) => isSame(one, policy))) {
    refuse('UnsupportedOperation.DuplicatePolicy', 'There is such a rule already.');
  }
}

function isSame(a: Policy, b: Policy): boolean {
  const text = ({ Protocol = 'ALL', Port = 'all', CidrBlock, SecurityGroupId, Action }: Policy) =>
    [Protocol, Port, CidrBlock, SecurityGroupId, Action].join('|').toLowerCase();
  return text(a) === text(b);
}

export function deletePolicies(context: Context, call: Call): Reply {
  const { group, direction, policies } = opened(context, call);
  const gone = policies.map((policy) => indexOf(group[direction], policy));
  group[direction] = group[direction].filter((_, index) => !gone.includes(index));
  group.version += 1;
  return {};
}

function indexOf(
  list: readonly Policy[],
  { PolicyIndex, ...policy }: Policy & { readonly PolicyIndex?: number },
): number {
  const index = PolicyIndex ?? list.findIndex((one) => isSame(one, policy));
  if (!list[index]) refuse('ResourceNotFound', 'There is no such rule.');
  return index;
}
