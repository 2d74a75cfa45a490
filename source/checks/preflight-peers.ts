import { type Cluster, type ClusterNode, peersOf } from '../cluster/index.ts';
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
import { exited, linesByKey, notMeasured, onNode } from './on-node.ts';

const SSH_PORT = 22;

/** A refusal is an answer too; a peer that drops the connection may still answer a ping. */
const SCRIPT = `export LC_ALL=C
for pair in "$@"; do
  said=$(timeout 2 bash -c ': <"/dev/tcp/\${1%:*}/\${1#*:}"' _ "$pair" 2>&1) && { echo "reached \${pair%:*}"; continue; }
  case $said in *refused*) echo "reached \${pair%:*}"; continue ;; esac
  if ping -n -q -c 1 -W 1 "\${pair%:*}" >/dev/null 2>&1; then echo "reached \${pair%:*}"
  else echo "silent \${pair%:*} \${said##*: }"; fi
done
`;

/**
 * A node reaches every other node's private address.
 *
 * @param admittedLater nodes whose cloud keeps the others out until a later stage opens it
 */
export function peersCheck(
  cluster: Cluster,
  node: ClusterNode,
  admittedLater: readonly NodeName[] = [],
): Check {
  const peers = peersOf(cluster, node);
  const pairs = peers.map((peer) => quote(`${peer.address}:${peer.ssh.port ?? SSH_PORT}`));
  return {
    id: `peer-reachable/${node.name}`,
    node: node.name,
    title: message('check-peers', { node: node.name }),
    measurements: [
      onNode(node.name, `bash -s -- ${pairs.join(' ')} <<'IAMHA_PEERS'\n${SCRIPT}IAMHA_PEERS\n`),
    ],
    judge: ([measured]) => untilAdmitted(judge(node, peers, measured), node, admittedLater),
    explainedBy: ['cloud-peers'],
    deadlineMs: 0,
    seeForYourself: peers.map((peer) => `ping -c 1 ${peer.address}`).join('; '),
  };
}

function untilAdmitted(
  verdict: Verdict,
  { name }: ClusterNode,
  later: readonly NodeName[],
): Verdict {
  if (verdict.state !== 'failed' || !later.includes(name)) return verdict;
  return warned(problem('peer-not-admitted-yet', verdict.problem?.params, { node: name }));
}

function judge(
  node: ClusterNode,
  peers: readonly ClusterNode[],
  measured: Measured | undefined,
): Verdict {
  const output = exited(measured);
  if (!output) return notMeasured(measured);
  const lines = linesByKey(output.stdout);
  const reached = lines.get('reached') ?? [];
  const silent = peers.filter((peer) => !reached.includes(peer.address));
  const [first] = silent;
  if (!first) return passed(message('peers-reached', { count: peers.length }));
  const detail = (lines.get('silent') ?? []).join('\n');
  const params = { peer: first.name, address: first.address };
  return failed(problem('peer-unreachable', params, { node: node.name, detail }));
}
