import { type Cluster, ports, type Service } from '../cluster/index.ts';
import type { HttpAction, HttpResult, Measured, Vantage, Verdict } from '../model/index.ts';
import { backendCauses, frontendCauses } from './causes.ts';
import { notMeasured } from './on-node.ts';
import { judgeTls, type TlsAsked } from './tls-answer.ts';
import { TLS_CERTIFICATE } from './tls-certificate.ts';

const TIMEOUT_MS = 3_000;

export interface Place {
  readonly vantage: Vantage;
  readonly address: string;
}

/** A domain's health over TLS. */
export function tlsRequest(domain: string, { vantage, address }: Place): HttpAction {
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
export function seeForYourself(domain: string, address: string): string {
  return `curl -v --resolve ${domain}:${ports.https}:${address} https://${domain}/healthz`;
}

/** Whatever else is wrong with a domain where clients ask for it. */
export function clientCauses(cluster: Cluster, service: Service): readonly string[] {
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
export function judgeAll(asked: TlsAsked, measured: readonly (Measured | undefined)[]): Verdict {
  const verdicts = measured.map((one) => (isHttp(one) ? judgeTls(asked, one) : notMeasured(one)));
  const bad =
    verdicts.find(({ state }) => state === 'failed') ??
    verdicts.find(({ state }) => state !== 'passed');
  return bad ?? verdicts[0] ?? notMeasured(undefined);
}

function isHttp(measured: Measured | undefined): measured is HttpResult {
  return measured?.kind === 'answered' || measured?.kind === 'no-answer';
}
