import type { Cluster, Service } from '../cluster/index.ts';
import {
  appliedCloudCheckId,
  type Check,
  failed,
  type HttpResult,
  message,
  passed,
  problem,
  unknown,
  type Verdict,
  vantageName,
} from '../model/index.ts';
import { backendCauses, frontendCauses } from './causes.ts';
import { isAnswered } from './cloud-witness-outside.ts';
import { notMeasured } from './on-node.ts';
import {
  type FromOutside,
  healthRequest,
  publicRequests,
  publicResults,
} from './public-request.ts';

/** A domain answers through the public address, as a client outside sees it. */
export function publicHealthCheck(cluster: Cluster, service: Service, options: FromOutside): Check {
  const domain = cluster.domains[service];
  const known = options.publicAddress();
  return {
    id: `public-health/${service}`,
    node: null,
    title: message('check-public-health', { domain }),
    measurements: [publicRequests(options, (place) => [healthRequest(domain, place)])],
    judge: ([measured]) => publicResults(measured, 1, ([result]) => judge(domain, options, result)),
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

function judge(
  domain: string,
  { publicAddress, outside }: FromOutside,
  result: HttpResult | undefined,
): Verdict {
  if (!result) return unknown(message('public-address-none'));
  if (result.kind === 'no-answer' && result.unmeasured) return notMeasured(result);
  const params = { domain, address: publicAddress() ?? '-', from: vantageName(outside) };
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
