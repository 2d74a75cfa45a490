import { type Cluster, frontends, vipAddress, vrrpOrder } from '../cluster/index.ts';
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
} from '../model/index.ts';
import { frontendCauses } from './causes.ts';
import { exited, linesByKey, notMeasured, onNode } from './on-node.ts';

/**
 * Prints `holds INTERFACE ADDRESS/LENGTH` a place where the VIP is (`lo`, where it stays for a
 * moment longer, does not count), and keepalived's own view: `state notify_master`, the last
 * line of its notify log.
 */
export function holderScript(vip: string): string {
  return `ip -4 -o addr show | while read -r _ device _ address _; do
  case $device in lo) continue ;; esac
  case $address in ${quote(vip)}/*) echo "holds $device $address" ;; esac
done
echo "state $(cat /var/log/keepalived.log.1 /var/log/keepalived.log 2>/dev/null | grep -o 'notify_[a-z]*' | tail -n 1)"
`;
}

/** Exactly one front end has the VIP. */
export function vipHolderCheck(cluster: Cluster): Check {
  const vip = vipAddress(cluster);
  const nodes = frontends(cluster).map((node) => node.name);
  return {
    id: 'vip-holder',
    node: null,
    title: message('check-vip-holder', { vip }),
    measurements: nodes.map((node) => onNode(node, holderScript(vip))),
    judge: (measured) => judge(cluster, nodes, measured),
    // Of two holders of whom one does not hear the other, the way between them is the cause.
    explainedBy: [...frontendCauses(cluster), 'witnesses'],
    deadlineMs: 30_000,
    seeForYourself: `ip -4 addr | grep -F ${vip}`,
  };
}

interface Seen {
  readonly node: NodeName;
  readonly held: string | undefined;
  readonly state: string;
}

function judge(
  cluster: Cluster,
  nodes: readonly NodeName[],
  measured: readonly Measured[],
): Verdict {
  const seen = nodes.map((node, index) => read(node, measured[index]));
  const holders = seen.filter((one): one is Seen => one?.held !== undefined);
  const vip = vipAddress(cluster);
  if (holders.length > 1) return several(cluster, holders);
  const blind = seen.indexOf(undefined);
  if (blind >= 0) return notMeasured(measured[blind]);
  const [holder] = holders;
  if (holder) return passed(message('vip-held-by', { vip, node: holder.node }));
  return failed(problem('vip-on-no-node', { vip, nodes: nodes.join(', ') }));
}

function read(node: NodeName, measured: Measured | undefined): Seen | undefined {
  const output = exited(measured);
  if (output?.exitCode !== 0) return undefined;
  const lines = linesByKey(output.stdout);
  return { node, held: lines.get('holds')?.[0], state: lines.get('state')?.[0] ?? '' };
}

/** The one to be mended is not MASTER by its own account; if all are, the one that will yield. */
function several(cluster: Cluster, holders: readonly Seen[]): Verdict {
  const byPriority = vrrpOrder(cluster).flatMap(({ name }) =>
    holders.filter((one) => one.node === name),
  );
  const wrong =
    byPriority.findLast((one) => one.state !== 'notify_master') ?? byPriority.at(-1) ?? holders[0]!;
  const [device = '', address = ''] = (wrong.held ?? '').split(' ');
  const nodes = holders.map((one) => one.node).join(', ');
  const params = { vip: vipAddress(cluster), nodes, device, address };
  return failed(problem('vip-on-several-nodes', params, { node: wrong.node }));
}
