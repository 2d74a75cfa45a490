import type { Cluster, Service } from '../cluster/index.ts';
import { appliedCloudCheckId, type Check, message, passed } from '../model/index.ts';
import { type FromOutside, publicRequests, publicResults } from './public-request.ts';
import { judgeTls } from './tls-answer.ts';
import { clientCauses, judgeAll, seeForYourself, tlsRequest } from './tls-request.ts';

/** The same through the public address, as a client outside sees it. */
export function publicTlsCheck(
  cluster: Cluster,
  service: Service,
  fingerprint: string,
  from: FromOutside,
): Check {
  const domain = cluster.domains[service];
  const known = from.publicAddress();
  return {
    id: `public-tls/${service}`,
    node: null,
    title: message('check-public-tls', { domain }),
    measurements: [publicRequests(from, (place) => [tlsRequest(domain, place)])],
    judge: ([measured]) => {
      const asked = { domain, place: from.publicAddress() ?? '-', fingerprint };
      return publicResults(measured, 1, (results) => judgeAll(asked, results));
    },
    explainedBy: [
      appliedCloudCheckId('*'),
      'cloud-clients',
      'public-address-idle',
      ...clientCauses(cluster, service),
      `vip-tls/${service}`,
      `public-health/${service}`,
    ],
    deadlineMs: 30_000,
    ...(known !== undefined && { seeForYourself: seeForYourself(domain, known) }),
  };
}

/**
 * Whoever reads along at the public address reads nothing: both domains answer there over TLS. Where
 * they do not, another check says why.
 */
export function clearTextCheck(cluster: Cluster, fingerprint: string, from: FromOutside): Check {
  const domains = [cluster.domains.api, cluster.domains.authz];
  return {
    id: 'public-clear-text',
    node: null,
    title: message('check-clear-text'),
    measurements: [
      publicRequests(from, (place) => domains.map((domain) => tlsRequest(domain, place))),
    ],
    judge: ([measured]) =>
      publicResults(measured, domains.length, (results) => {
        const place = from.publicAddress() ?? '-';
        const verdicts = results.map((result, index) =>
          judgeTls({ domain: domains[index]!, place, fingerprint }, result),
        );
        const bad = verdicts.find(({ state }) => state !== 'passed');
        return bad ?? passed(message('logins-encrypted'));
      }),
    explainedBy: [
      'public-tls/*',
      'cloud-clients',
      ...clientCauses(cluster, 'api'),
      ...clientCauses(cluster, 'authz'),
    ],
    deadlineMs: 30_000,
  };
}
