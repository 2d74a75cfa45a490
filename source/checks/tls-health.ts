import { type Cluster, frontends, type Service, vipAddress } from '../cluster/index.ts';
import { type Check, message, type NodeName } from '../model/index.ts';
import { backendCauses, nginxCauses } from './causes.ts';
import type { TlsAsked } from './tls-answer.ts';
import { TLS_CERTIFICATE } from './tls-certificate.ts';
import { clientCauses, judgeAll, seeForYourself, tlsRequest } from './tls-request.ts';

/** A node's nginx answers over TLS, with the given certificate: asked by its own sshd, which needs no client there. */
export function nodeTlsCheck(
  cluster: Cluster,
  node: NodeName,
  service: Service,
  fingerprint: string,
): Check {
  const domain = cluster.domains[service];
  const asked: TlsAsked = { domain, place: '127.0.0.1', fingerprint, node };
  return {
    id: `tls-health/${node}/${service}`,
    node,
    title: message('check-tls-health', { node, domain }),
    measurements: [tlsRequest(domain, { vantage: { kind: 'via', node }, address: '127.0.0.1' })],
    judge: ([measured]) => judgeAll(asked, [measured]),
    explainedBy: [
      TLS_CERTIFICATE,
      ...nginxCauses(node),
      `nginx-health/${node}/${service}`,
      ...backendCauses(cluster, service),
    ],
    deadlineMs: 10_000,
    seeForYourself: seeForYourself(domain, '127.0.0.1'),
  };
}

/** The same through the VIP, from where its health without TLS is asked, too. */
export function vipTlsCheck(cluster: Cluster, service: Service, fingerprint: string): Check {
  const domain = cluster.domains[service];
  const address = vipAddress(cluster);
  const { inside } = cluster.vantages;
  const vantages = inside
    ? [inside]
    : frontends(cluster).map(({ name }) => ({ kind: 'via', node: name }) as const);
  const asked: TlsAsked = { domain, place: address, fingerprint };
  return {
    id: `vip-tls/${service}`,
    node: null,
    title: message('check-vip-tls', { domain, vip: address }),
    measurements: vantages.map((vantage) => tlsRequest(domain, { vantage, address })),
    judge: (measured) => judgeAll(asked, measured),
    explainedBy: [...clientCauses(cluster, service), 'tls-health/*'],
    deadlineMs: 15_000,
    seeForYourself: seeForYourself(domain, address),
  };
}
