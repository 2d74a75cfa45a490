import type { CloudResource, StagePlan } from '../../model/index.ts';
import type { CloudSession } from '../../resources/cloud-names.ts';
import { ruleDescription, securityRule } from '../../resources/security-rule.ts';
import type { StageInput } from '../stage-input.ts';
import { type ClosedFlow, closedFlows, trafficOf } from './admits.ts';
import { clientFlows, type Flow, peerFlows } from './flows.ts';
import { WITNESSED } from './witnessed.ts';

/** Whether the cluster file says that missing rules are added. */
export function opensGroups({ cluster: { cloud } }: Pick<StageInput, 'cluster'>): boolean {
  return cloud.provider === 'tencent' && cloud.securityGroups === 'open';
}

/** What the groups keep out, ours among their rules or not. */
export function closedFor(
  { cloud }: Pick<StageInput, 'cloud'>,
  flows: readonly Flow[],
  ownRules: 'counted' | 'ignored' = 'counted',
): readonly ClosedFlow[] {
  if (!cloud) return [];
  const { facts, session } = cloud;
  const groups = facts.securityGroups.map((group) => ({
    ...group,
    rules: group.rules.filter(
      ({ description }) =>
        ownRules === 'counted' || !description.startsWith(ruleDescription(session, '')),
    ),
  }));
  return closedFlows(facts, groups, flows);
}

/** Rules that let clients through to every front end. */
export function clientRules(input: StageInput): readonly CloudResource[] {
  const rules = rulesFor(input, clientFlows(input.cluster));
  return rules.map((one) => ({ ...one, explainedBy: WITNESSED }));
}

/**
 * The same plans with the rules that let the nodes reach each other in the first one that changes
 * anything: the databases' own checks ask from node to node already.
 */
export function withPeerRules(
  input: StageInput,
  plans: readonly StagePlan[],
): readonly StagePlan[] {
  const rules = rulesFor(input, peerFlows(input.cluster));
  const first = plans.find(({ resources, cloud = [] }) => resources.length + cloud.length > 0);
  if (rules.length === 0 || !first) return plans;
  return plans.map((plan) =>
    plan === first ? { ...plan, cloud: [...rules, ...(plan.cloud ?? [])] } : plan,
  );
}

/** A rule of ours stays a part of the plan for as long as nothing else lets its flow through. */
function rulesFor(input: StageInput, flows: readonly Flow[]): readonly CloudResource[] {
  const { cloud } = input;
  if (!cloud || !opensGroups(input)) return [];
  const made = new Map(
    closedFor(input, flows, 'ignored').map((closed) => {
      const resource = ruleFor(cloud.session, closed);
      return [resource.id, resource] as const;
    }),
  );
  return [...made.values()];
}

/** For one peer, or for everybody; never wider than what was closed. */
function ruleFor(session: CloudSession, { group, flow }: ClosedFlow): CloudResource {
  const { direction, protocol, port, peer } = flow;
  const what = [protocol, ...(port ? [port] : []), direction, ...(peer ? [peer.name] : [])];
  return securityRule({ session, group, what: what.join('-'), rule: trafficOf(flow) });
}
