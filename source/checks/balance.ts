import { type Cluster, type Service, upstreamBackends } from '../cluster/index.ts';
import {
  appliedCheckId,
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import { balanceScript } from './balance-script.ts';
import { backendCauses, nginxCauses } from './causes.ts';
import { exited, notMeasured, onNode } from './on-node.ts';

/** At least this many requests, and as many for each backend. */
const REQUESTS = 10;

/** Requests of a domain to a node's nginx are spread evenly over all backends. */
export function balanceCheck(cluster: Cluster, node: NodeName, service: Service): Check {
  const domain = cluster.domains[service];
  const backends = upstreamBackends(cluster, { name: node }, service);
  const each = Math.ceil(REQUESTS / backends.length);
  const log = `/var/log/nginx/iam-${service}.access.log`;
  const addresses = backends.map((one) => `${one.address}:${one.port}`);
  const nodeOf = new Map(backends.map((one) => [`${one.address}:${one.port}`, one.node]));
  return {
    id: `balance/${node}/${service}`,
    node,
    title: message('check-balance', { node, domain }),
    measurements: [onNode(node, balanceScript(domain, log, each, addresses), 30_000)],
    judge: ([measured]) => judge({ node, domain, each, nodeOf }, measured),
    explainedBy: [
      ...nginxCauses(node),
      ...backendCauses(cluster, service),
      ...backends.map((one) => appliedCheckId(one.node, 'config:nginx/load-balancer')),
      `nginx-health/${node}/${service}`,
    ],
    deadlineMs: 15_000,
    seeForYourself: `tail -n 10 ${log}`,
  };
}

interface Subject {
  readonly node: NodeName;
  readonly domain: string;
  /** Requests that each backend should get. */
  readonly each: number;
  readonly nodeOf: ReadonlyMap<string, NodeName>;
}

interface Try {
  readonly others: number;
  readonly counts: readonly { readonly node: string; readonly count: number }[];
}

function judge(subject: Subject, measured: Measured | undefined): Verdict {
  const output = exited(measured);
  if (!output) return notMeasured(measured);
  const { node, domain, each } = subject;
  const last = readTry(output.stdout, subject.nodeOf);
  if (!last) {
    const refused = output.stdout.includes('refused');
    return refused
      ? failed(problem('nginx-no-answer', { domain, status: 0, port: 80 }, { node }))
      : notMeasured(measured);
  }
  const counts = last.counts.map((one) => `${one.node} ${one.count}`).join(', ');
  const params = { domain, counts, requests: each * last.counts.length };
  const missing = last.counts.filter((one) => one.count === 0).map((one) => one.node);
  if (missing.length > 0) {
    return failed(
      problem('backend-gets-nothing', { ...params, backend: missing.join(', ') }, { node }),
    );
  }
  if (last.counts.every((one) => one.count === each))
    return passed(message('spread-evenly', params));
  if (last.others > 0)
    return passed(message('spread-with-others', { ...params, others: last.others }));
  return failed(problem('spread-unevenly', params, { node }));
}

function readTry(stdout: string, nodeOf: ReadonlyMap<string, NodeName>): Try | undefined {
  const line = stdout.split('\n').findLast((one) => one.startsWith('try '));
  if (!line) return undefined;
  const [, others, ...pairs] = line.split(' ');
  const counts = pairs.map((pair) => {
    const [address = '', count = '0'] = pair.split('=');
    return { node: nodeOf.get(address) ?? address, count: Number(count) };
  });
  return { others: Number(others), counts };
}
