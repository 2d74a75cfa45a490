import { type Cluster, ports, services, vipAddress } from '../../cluster/index.ts';
import type { DrillTarget, NodeName, Vantage } from '../../model/index.ts';

/**
 * Both domains at the VIP, from inside the subnet: from the vantage that the cluster names, or
 * through the sshd of a node that the fault spares.
 */
export function vipTargets(cluster: Cluster, victim: NodeName): readonly DrillTarget[] {
  const vantage = insideVantage(cluster, victim);
  return services.map((service) => ({
    vantage,
    label: `VIP ${service}`,
    domain: cluster.domains[service],
    address: vipAddress(cluster),
    port: ports.http,
    host: cluster.domains[service],
    path: '/healthz',
    expectBody: '{"status":"ok"}',
  }));
}

function insideVantage(cluster: Cluster, victim: NodeName): Vantage {
  const { inside } = cluster.vantages;
  if (inside && !(inside.kind === 'via' && inside.node === victim)) return inside;
  const spared = cluster.nodes.filter((node) => node.name !== victim);
  // a node that will not hold the VIP itself sees what a client sees, ARP included
  const best = spared.find((node) => !node.roles.includes('frontend')) ?? spared.at(-1)!;
  return { kind: 'via', node: best.name };
}
