import { type Cluster, ports, type Service } from '../cluster/index.ts';
import {
  appliedCloudCheckId,
  type Check,
  failed,
  type HttpResult,
  type Measured,
  message,
  passed,
  problem,
  unknown,
  type Vantage,
  type Verdict,
} from '../model/index.ts';
import { backendCauses, frontendCauses } from './causes.ts';
import { isAnswered } from './cloud-witness-outside.ts';
import { notMeasured } from './on-node.ts';

export interface PublicHealthOptions {
  readonly outside: Vantage;
  /** Asked when it is measured: a new one is not known before it is made. */
  readonly publicAddress: () => string | undefined;
}

/** A domain answers through the public address, as a client outside sees it. */
export function publicHealthCheck(
  cluster: Cluster,
  service: Service,
  options: PublicHealthOptions,
): Check {
  const domain = cluster.domains[service];
  const known = options.publicAddress();
  return {
    id: `public-health/${service}`,
    node: null,
    title: message('check-public-health', { domain }),
    measurements: [
      {
        kind: 'dialogue',
        next: (exchanges) => {
          const address = options.publicAddress();
          if (exchanges.length > 0 || address === undefined) return undefined;
          return { kind: 'http', step: 'health', ...requestOf(domain, address, options.outside) };
        },
      },
    ],
    judge: ([measured]) => judge(domain, options, measured),
    explainedBy: [
      appliedCloudCheckId('*'),
      'witnesses',
      'public-address-idle',
      'vip-holder',
      `vip-health/${service}`,
      ...frontendCauses(cluster),
      ...backendCauses(cluster, service),
    ],
    deadlineMs: 30_000,
    ...(known !== undefined && {
      seeForYourself: `curl -H 'Host: ${domain}' http://${known}/healthz`,
    }),
  };
}

function requestOf(host: string, address: string, vantage: Vantage) {
  return { vantage, address, port: ports.http, host, path: '/healthz', timeoutMs: 4_000 } as const;
}

function judge(
  domain: string,
  { publicAddress, outside }: PublicHealthOptions,
  measured: Measured | undefined,
): Verdict {
  const result = measured?.kind === 'dialogue' ? measured.exchanges[0]?.result : undefined;
  if (!result) return unknown(message('public-address-none'));
  if (result.kind === 'no-answer' && result.unmeasured) return notMeasured(result);
  const params = { domain, address: publicAddress() ?? '-', from: vantageWord(outside) };
  if (isAnswered(result)) return passed(message('public-answered', params));
  const { status, said } = saidBy(result);
  return failed(problem('public-no-health', { ...params, status }, { detail: said }));
}

/** 0: no answer at all. */
function saidBy(result: HttpResult) {
  return result.kind === 'answered'
    ? { status: result.status, said: result.body }
    : { status: 0, said: result.reason };
}

function vantageWord(vantage: Vantage): string {
  switch (vantage.kind) {
    case 'here':
      return 'here';
    case 'via':
      return `via:${vantage.node}`;
    case 'ssh':
      return `ssh:${vantage.host}`;
  }
}
