import type { Cluster, ClusterNode } from '../cluster/index.ts';
import {
  appliedCheckId,
  type Check,
  type ConnectAction,
  failed,
  isIpv4Address,
  type Measured,
  message,
  passed,
  problem,
  unknown,
  type Vantage,
  type Verdict,
} from '../model/index.ts';

/** A port that answers does so in a round trip; of one that does not, a second is enough to know. */
const PATIENCE_MS = 1_000;
const SSH_PORT = 22;

export interface NodesOnly {
  readonly cluster: Cluster;
  readonly node: ClusterNode;
  /** Whose ports they are: "database", "services". Part of the id. */
  readonly stage: string;
  readonly ports: readonly number[];
}

interface Attempt {
  readonly vantage: string;
  readonly port: number;
  /** SSH: tells whether the vantage sees the node at all. */
  readonly isControl: boolean;
  readonly action: ConnectAction;
}

/**
 * Ports that are for the nodes do not answer a machine that is none: none of them accepts a
 * connection, from any vantage that is not a node itself. Without such a vantage, or without a
 * port, there is no check.
 */
export function nodesOnlyChecks(options: NodesOnly): readonly Check[] {
  const { node, stage, ports } = options;
  const attempts = attemptsOf(options);
  if (ports.length === 0 || attempts.length === 0) return [];
  return [
    {
      id: `nodes-only/${node.name}/${stage}`,
      node: node.name,
      title: message('check-nodes-only', { node: node.name, ports: ports.join(', ') }),
      measurements: attempts.map((one) => one.action),
      judge: (measured) => judge(options, attempts, measured),
      explainedBy: [
        'config:firewall',
        'unit:iam-ha-firewall',
        `ufw:${stage}`,
        `firewalld:${stage}`,
      ].map((id) => appliedCheckId(node.name, id)),
      deadlineMs: 10_000,
      seeForYourself: `nc -vz -w 2 ${node.address} ${ports[0]}`,
    },
  ];
}

/** From inside, the private address is asked; from outside, the one by which the node is reached. */
function attemptsOf({ cluster, node, ports }: NodesOnly): readonly Attempt[] {
  const { inside, outside } = cluster.vantages;
  const { host } = node.ssh;
  const places = [
    { vantage: inside, address: node.address },
    { vantage: outside, address: isIpv4Address(host) ? host : node.address },
  ];
  const controls = [{ port: node.ssh.port ?? SSH_PORT, isControl: true }];
  const asked = [...controls, ...ports.map((port) => ({ port, isControl: false }))];
  return places.flatMap(({ vantage, address }) => {
    if (!vantage || vantage.kind === 'via') return [];
    return asked.map(({ port, isControl }) => ({
      vantage: nameOf(vantage),
      port,
      isControl,
      action: { kind: 'connect', vantage, address, port, timeoutMs: PATIENCE_MS } as const,
    }));
  });
}

function nameOf(vantage: Vantage): string {
  return vantage.kind === 'ssh' ? `ssh:${vantage.host}` : vantage.kind;
}

function judge(
  { node }: NodesOnly,
  attempts: readonly Attempt[],
  measured: readonly Measured[],
): Verdict {
  const results = attempts.map((attempt, index) => ({ attempt, result: measured[index] }));
  const open = results.find(
    ({ attempt, result }) =>
      !attempt.isControl && result?.kind === 'connect' && result.outcome === 'open',
  );
  if (open) {
    const { port, vantage, action } = open.attempt;
    const params = { port, vantage, address: `${action.address}:${port}` };
    return failed(problem('port-open-to-others', params, { node: node.name }));
  }
  for (const { attempt, result } of results) {
    if (result?.kind === 'connect' && result.outcome !== 'unmeasured') continue;
    const why = result?.kind === 'connect' ? result.reason : (result?.kind ?? 'nothing');
    return unknown(message('vantage-not-measured', { vantage: attempt.vantage, why }));
  }
  return passed(seen(results, node));
}

/** A vantage that does not even see SSH proves less: that is said. */
function seen(
  results: readonly { readonly attempt: Attempt; readonly result: Measured | undefined }[],
  node: ClusterNode,
) {
  const controls = results.filter(({ attempt }) => attempt.isControl);
  const seeing = controls.filter(
    ({ result }) => result?.kind === 'connect' && result.outcome !== 'silent',
  );
  const names = (seeing.length > 0 ? seeing : controls).map(({ attempt }) => attempt.vantage);
  const code = seeing.length > 0 ? 'nodes-only-held' : 'nodes-only-nothing-seen';
  return message(code, { node: node.name, vantages: names.join(', ') });
}
