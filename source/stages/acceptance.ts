import { acceptanceCheck } from '../checks/acceptance.ts';
import { type Cluster, frontends, vipAddress, vrrpOrder } from '../cluster/index.ts';
import type { NodeName, StagePlan, Vantage } from '../model/index.ts';
import type { StageInput } from './stage-input.ts';

/**
 * IAM's own work, through the VIP. Changes nothing that stays. A stand-in authorises nobody: then
 * there is nothing to measure, and the faces say so.
 */
export function acceptance(input: StageInput): StagePlan {
  const { cluster, secrets, iam } = input;
  const backends = cluster.nodes.filter((node) => node.roles.includes('backend'));
  const [first] = backends;
  const isMeasured = !iam.standIn && first;
  return {
    id: 'acceptance',
    resources: [],
    checks: isMeasured
      ? [
          acceptanceCheck(cluster, {
            vantage: insideVantage(input),
            vip: vipAddress(cluster),
            domains: cluster.domains,
            backends: backends.length,
            ...(!cluster.iam.openRegistration && { registerOn: first.name }),
            secrets,
          }),
        ]
      : [],
    drills: [],
    order: 'side-by-side',
    problems: [],
  };
}

/** The cluster file's, or a node that does not hold the VIP: that one sees what a client sees. */
function insideVantage({ cluster, facts }: StageInput): Vantage {
  const { inside } = cluster.vantages;
  if (inside) return inside;
  const candidates = byDistance(cluster);
  const holds = (name: NodeName) =>
    facts
      .get(name)
      ?.interfaces?.some((one) =>
        one.addresses.some(({ address }) => address === vipAddress(cluster)),
      ) ?? false;
  const node = candidates.find((name) => !holds(name)) ?? candidates[0]!;
  return { kind: 'via', node };
}

/** Nodes that never hold the VIP first, then those that hold it last. */
function byDistance(cluster: Cluster): readonly NodeName[] {
  const fronts = frontends(cluster);
  const others = cluster.nodes.filter((node) => !fronts.includes(node));
  return [...others, ...vrrpOrder(cluster).toReversed()].map((node) => node.name);
}
