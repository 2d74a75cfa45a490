import {
  type Cluster,
  frontends,
  ports,
  type Service,
  servicePort,
  vipAddress,
} from '../cluster/index.ts';
import {
  type Check,
  failed,
  type HttpAction,
  type Measured,
  type Measurement,
  message,
  passed,
  problem,
  type Vantage,
  type Verdict,
} from '../model/index.ts';
import { backendCauses, frontendCauses } from './causes.ts';
import { isHealthy, type NodeAnswer, readAnswer, requestScript } from './http-script.ts';
import { exited, notMeasured, onNode } from './on-node.ts';

/**
 * A domain answers through the VIP: from the vantage inside the subnet where the cluster file names
 * one, else from every front end (on the holder that is no proof of ARP; on the others it is).
 */
export function vipHealthCheck(cluster: Cluster, service: Service): Check {
  const domain = cluster.domains[service];
  const vip = vipAddress(cluster);
  return {
    id: `vip-health/${service}`,
    node: null,
    title: message('check-vip-health', { domain, vip }),
    measurements: measurements(cluster, domain),
    judge: (measured) => judge(cluster, service, measured),
    explainedBy: [
      'vip-holder',
      // Announced by the wrong interface, it is found by nobody.
      'witnesses',
      ...frontendCauses(cluster),
      ...frontends(cluster).map(({ name }) => `nginx-health/${name}/${service}`),
      ...backendCauses(cluster, service),
    ],
    deadlineMs: 15_000,
    seeForYourself: `curl -H 'Host: ${domain}' http://${vip}/healthz`,
  };
}

function measurements(cluster: Cluster, domain: string): readonly Measurement[] {
  const inside = cluster.vantages.inside;
  if (inside) return [fromVantage(cluster, inside, domain)];
  const request = { address: vipAddress(cluster), port: ports.http, host: domain };
  const script = requestScript({ ...request, path: '/healthz', seconds: 4 });
  return frontends(cluster).map(({ name }) => onNode(name, script));
}

function fromVantage(cluster: Cluster, vantage: Vantage, domain: string): HttpAction {
  return {
    kind: 'http',
    vantage,
    address: vipAddress(cluster),
    port: ports.http,
    host: domain,
    path: '/healthz',
    timeoutMs: 4_000,
  };
}

function judge(cluster: Cluster, service: Service, measured: readonly Measured[]): Verdict {
  const domain = cluster.domains[service];
  const params = { domain, vip: vipAddress(cluster), port: servicePort(service) };
  const nodes = cluster.vantages.inside ? [] : frontends(cluster).map(({ name }) => name);
  for (const [index, one] of measured.entries()) {
    const answer = answerOf(one);
    if (!answer) return notMeasured(one);
    const from = nodes[index] ? { from: nodes[index] } : { from: '-' };
    const all = { ...params, ...from, status: answer.status };
    if (!isHealthy(answer)) return failed(problem('vip-no-health', all, { detail: answer.body }));
  }
  return passed(message('answered-ok', { domain }));
}

function answerOf(measured: Measured): NodeAnswer | undefined {
  if (measured.kind === 'answered') return measured;
  if (measured.kind === 'no-answer' && !measured.unmeasured)
    return { status: 0, body: measured.reason };
  const output = exited(measured);
  return output && readAnswer(output.stdout);
}
