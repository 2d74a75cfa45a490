import { type Cluster, type Service, servicePort } from '../cluster/index.ts';
import {
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  quote,
  type Verdict,
  warned,
} from '../model/index.ts';
import { backendCauses, nginxCauses } from './causes.ts';
import { isHealthy, readAnswer, requestScript } from './http-script.ts';
import { exited, linesByKey, notMeasured, onNode } from './on-node.ts';

/** A node's nginx answers its own static page: it runs, and does not hang. */
export function nginxPageCheck(node: NodeName): Check {
  const request = {
    address: '127.0.0.1',
    port: 80,
    host: 'keepalived.local',
    path: '/nginx-health',
  };
  return {
    id: `nginx-page/${node}`,
    node,
    title: message('check-nginx-page', { node }),
    measurements: [onNode(node, requestScript({ ...request, seconds: 2 }))],
    judge: ([measured]) => {
      const output = exited(measured);
      if (!output) return notMeasured(measured);
      const { status, body } = readAnswer(output.stdout);
      if (status === 200) return passed(message('answered-ok', { domain: 'keepalived.local' }));
      const detail = body || output.stderr;
      return failed(problem('nginx-hangs', { status }, { node, detail }));
    },
    explainedBy: nginxCauses(node).filter((id) => id !== `nginx-page/${node}`),
    deadlineMs: 10_000,
    seeForYourself: `curl -H 'Host: keepalived.local' http://127.0.0.1/nginx-health`,
  };
}

/** A node's nginx answers `/healthz` of a domain, asked by name on the node itself. */
export function nginxHealthCheck(cluster: Cluster, node: NodeName, service: Service): Check {
  const domain = cluster.domains[service];
  const name = quote(domain);
  const script = [
    `echo "name $(getent ahostsv4 ${name} | { read -r first _; echo "$first"; })"`,
    requestScript({ address: '127.0.0.1', port: 80, host: domain, path: '/healthz', seconds: 3 }),
  ].join('\n');
  return {
    id: `nginx-health/${node}/${service}`,
    node,
    title: message('check-nginx-health', { node, domain }),
    measurements: [onNode(node, script)],
    judge: ([measured]) => judge({ node, domain, service }, measured),
    explainedBy: [...nginxCauses(node), ...backendCauses(cluster, service)],
    deadlineMs: 10_000,
    seeForYourself: `curl -H 'Host: ${domain}' http://127.0.0.1/healthz`,
  };
}

interface Subject {
  readonly node: NodeName;
  readonly domain: string;
  readonly service: Service;
}

function judge(subject: Subject, measured: Measured | undefined): Verdict {
  const output = exited(measured);
  if (!output) return notMeasured(measured);
  const { node, domain, service } = subject;
  const answer = readAnswer(output.stdout);
  const params = { domain, status: answer.status, port: servicePort(service) };
  const detail = answer.body || output.stderr;
  if (answer.status === 0) return failed(problem('nginx-no-answer', params, { node, detail }));
  if (!isHealthy(answer)) return failed(problem('nginx-bad-answer', params, { node, detail }));
  const address = linesByKey(output.stdout).get('name')?.[0] ?? '';
  if (address !== '127.0.0.1') {
    return warned(problem('name-elsewhere', { domain, address: address || '-' }, { node }));
  }
  return passed(message('answered-ok', { domain }));
}
