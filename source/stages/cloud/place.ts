import { type Cluster, type ClusterNode, frontends, whereabouts } from '../../cluster/index.ts';
import { type CloudFacts, type CloudInstance, type Problem, problem } from '../../model/index.ts';
import type { StageInput } from '../stage-input.ts';

/** Where in the cloud the VIP is to be, and whose it may become. */
export interface CloudPlace {
  readonly network: string;
  readonly subnet: string;
  /** The front ends' machines, in the file's order. */
  readonly instances: readonly string[];
}

export function instanceOf(facts: CloudFacts, node: Pick<ClusterNode, 'name'>) {
  return facts.instances.find((one) => one.node === node.name);
}

/** Undefined while {@link placeProblems} has something to say. */
export function cloudPlace(input: Pick<StageInput, 'cluster' | 'cloud'>): CloudPlace | undefined {
  const { cloud, cluster } = input;
  if (!cloud || placeProblems(cluster, cloud.facts).length > 0) return undefined;
  const machines = frontends(cluster).flatMap((node) => instanceOf(cloud.facts, node) ?? []);
  const [first] = machines;
  if (!first) return undefined;
  const { network, subnet } = first;
  return { network, subnet, instances: machines.map(({ id }) => id) };
}

/** Machines that the cloud does not have, or that cannot share an address: nothing is made then. */
export function placeProblems(cluster: Cluster, facts: CloudFacts): readonly Problem[] {
  const found = cluster.nodes.flatMap((node) => machineProblems(cluster, facts, node));
  return found.length > 0 ? found : apartProblems(cluster, facts);
}

function machineProblems(
  cluster: Cluster,
  facts: CloudFacts,
  node: ClusterNode,
): readonly Problem[] {
  const where = { node: node.name, ...whereabouts(cluster, `${node.position.field}.address`) };
  const { region, account } = facts;
  const instance = instanceOf(facts, node);
  if (!instance) {
    const params = { address: node.address, region, account: account.id };
    return [problem('cloud-instance-missing', params, where)];
  }
  const { id, state } = instance;
  // the machine that we speak to runs: this one must be another
  if (state !== 'RUNNING') return [problem('cloud-instance-not-running', { id, state }, where)];
  return [];
}

/** All in one network; those that may hold the VIP in one subnet: no announcement leaves it. */
function apartProblems(cluster: Cluster, facts: CloudFacts): readonly Problem[] {
  const [home] = frontends(cluster);
  const first = home && instanceOf(facts, home);
  if (!first) return [];
  const isApart = (one: CloudInstance, node: ClusterNode) =>
    one.network !== first.network ||
    (node.roles.includes('frontend') && one.subnet !== first.subnet);
  return cluster.nodes.flatMap((node) => {
    const instance = instanceOf(facts, node);
    if (!instance || !isApart(instance, node)) return [];
    const params = {
      place: `${instance.network} ${instance.subnet}`,
      other: first.node,
      otherPlace: `${first.network} ${first.subnet}`,
    };
    const where = whereabouts(cluster, `${node.position.field}.address`);
    return [problem('cloud-not-one-subnet', params, { node: node.name, ...where })];
  });
}
