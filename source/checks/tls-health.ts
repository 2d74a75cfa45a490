import { type Cluster, frontends, ports, type Service, vipAddress } from '../cluster/index.ts';
import {
  appliedCloudCheckId,
  type Check,
  type HttpAction,
  type HttpResult,
  type Measured,
  message,
  type NodeName,
  passed,
  type Vantage,
  type Verdict,
} from '../model/index.ts';
import { backendCauses, frontendCauses, nginxCauses } from './causes.ts';
import { notMeasured } from './on-node.ts';
import { publicRequests, publicResults } from './public-request.ts';
import { judgeTls, type TlsAsked } from './tls-answer.ts';
import { TLS_CERTIFICATE } from './tls-certificate.ts';

const TIMEOUT_MS = 3_000;

interface Place {
  readonly vantage: Vantage;
  readonly address: string;
}

function request(domain: string, { vantage, address }: Place): HttpAction {
  return {
    kind: 'http',
    vantage,
    address,
    port: ports.https,
    host: domain,
    path: '/healthz',
    timeoutMs: TIMEOUT_MS,
    tls: { serverName: domain },
  };
}

/** To copy: it trusts whom the system trusts. */
function seeForYourself(domain: string, address: string): string {
  return `curl -v --resolve ${domain}:${ports.https}:${address} https://${domain}/healthz`;
}

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
    measurements: [request(domain, { vantage: { kind: 'via', node }, address: '127.0.0.1' })],
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
    measurements: vantages.map((vantage) => request(domain, { vantage, address })),
    judge: (measured) => judgeAll(asked, measured),
    explainedBy: [...sharedCauses(cluster, service), `tls-health/*`],
    deadlineMs: 15_000,
    seeForYourself: seeForYourself(domain, address),
  };
}

/** The same through the public address, as a client outside sees it. */
export function publicTlsCheck(
  cluster: Cluster,
  service: Service,
  fingerprint: string,
  from: { readonly outside: Vantage; readonly publicAddress: () => string | undefined },
): Check {
  const domain = cluster.domains[service];
  const known = from.publicAddress();
  return {
    id: `public-tls/${service}`,
    node: null,
    title: message('check-public-tls', { domain }),
    measurements: [publicRequests(from, (place) => [request(domain, place)])],
    judge: ([measured]) => {
      const asked = { domain, place: from.publicAddress() ?? '-', fingerprint };
      return publicResults(measured, 1, (results) => judgeAll(asked, results));
    },
    explainedBy: [
      appliedCloudCheckId('*'),
      'public-address-idle',
      ...sharedCauses(cluster, service),
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
export function clearTextCheck(
  cluster: Cluster,
  fingerprint: string,
  from: { readonly outside: Vantage; readonly publicAddress: () => string | undefined },
): Check {
  const domains = [cluster.domains.api, cluster.domains.authz];
  return {
    id: 'public-clear-text',
    node: null,
    title: message('check-clear-text'),
    measurements: [
      publicRequests(from, (place) => domains.map((domain) => request(domain, place))),
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
      ...sharedCauses(cluster, 'api'),
      ...sharedCauses(cluster, 'authz'),
    ],
    deadlineMs: 30_000,
  };
}

function sharedCauses(cluster: Cluster, service: Service): readonly string[] {
  return [
    TLS_CERTIFICATE,
    'vip-holder',
    'witnesses',
    `vip-health/${service}`,
    ...frontendCauses(cluster),
    ...backendCauses(cluster, service),
  ];
}

/** The first that is not as it should be; of what could not be asked only when nothing else is wrong. */
function judgeAll(asked: TlsAsked, measured: readonly (Measured | undefined)[]): Verdict {
  const verdicts = measured.map((one) => (isHttp(one) ? judgeTls(asked, one) : notMeasured(one)));
  const bad =
    verdicts.find(({ state }) => state === 'failed') ??
    verdicts.find(({ state }) => state !== 'passed');
  return bad ?? verdicts[0] ?? notMeasured(undefined);
}

function isHttp(measured: Measured | undefined): measured is HttpResult {
  return measured?.kind === 'answered' || measured?.kind === 'no-answer';
}
