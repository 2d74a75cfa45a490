import { type Cluster, ports, services, vipAddress } from '../../cluster/index.ts';
import type { DrillTarget, NodeName, Vantage } from '../../model/index.ts';

/**
 * At each domain from outside, at most, where our program cannot run there: each request is then a
 * channel of its own at somebody's sshd, which costs this computer and that one some milliseconds. A
 * cloud's share is told to 20 ms all the same.
 */
const OUTSIDE_PER_SECOND = 50;

/**
 * Both domains at the VIP, from inside the subnet; and where the cluster has a public address, both
 * at that one, from outside: the same servers by the path that the cloud believes in.
 *
 * @param ratePerSecond of the schedule
 * @param publicAddress absent: there is none
 */
export function vipTargets(
  cluster: Cluster,
  victim: NodeName,
  ratePerSecond: number,
  publicAddress?: string,
): readonly DrillTarget[] {
  const { inside, outside = { kind: 'here' } } = cluster.vantages;
  const from = (vantage: Vantage | undefined) => sparedVantage(cluster, vantage, victim);
  const every = Math.ceil(ratePerSecond / OUTSIDE_PER_SECOND);
  const both = (
    more: Pick<DrillTarget, 'vantage' | 'address' | 'outside' | 'everyBySshd'>,
    label: string,
  ) =>
    services.map((service) => ({
      ...more,
      label: `${label} ${service}`,
      domain: cluster.domains[service],
      port: cluster.tls ? ports.https : ports.http,
      host: cluster.domains[service],
      ...(cluster.tls && { tls: { serverName: cluster.domains[service] } }),
      path: '/healthz',
      expectBody: '{"status":"ok"}',
    }));
  return [
    ...both({ vantage: from(inside), address: vipAddress(cluster) }, 'VIP'),
    ...(publicAddress === undefined
      ? []
      : both(
          {
            vantage: from(outside),
            address: publicAddress,
            outside: true,
            ...(every > 1 && { everyBySshd: every }),
          },
          'EIP',
        )),
  ];
}

/** The one that the cluster names, or through the sshd of a node that the fault spares. */
function sparedVantage(cluster: Cluster, named: Vantage | undefined, victim: NodeName): Vantage {
  if (named && !(named.kind === 'via' && named.node === victim)) return named;
  const spared = cluster.nodes.filter((node) => node.name !== victim);
  // a node that will not hold the VIP itself sees what a client sees, ARP included
  const best = spared.find((node) => !node.roles.includes('frontend')) ?? spared.at(-1)!;
  return { kind: 'via', node: best.name };
}
