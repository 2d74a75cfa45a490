import { readVipAnswer, vipAnswerScript } from '../../checks/vip-answer.ts';
import {
  type Cluster,
  type ClusterNode,
  frontends,
  vipAddress,
  whereabouts,
} from '../../cluster/index.ts';
import { type LeavingChanges, leavingChanges } from '../../engine/leaving.ts';
import { changesToUndo } from '../../engine/undo.ts';
import {
  type Ipv4Address,
  type NodeFacts,
  type NodeName,
  OperatorError,
  type Ports,
  type Problem,
  problem,
} from '../../model/index.ts';
import type { JournalRecord } from '../../model/journal/records.ts';
import { FRONTEND_STAGES } from '../../stages/index.ts';
import type { ConnectedNodes } from '../nodes-port.ts';

/** A node that the cluster file has no more, and that still has changes of ours. */
export interface Former {
  readonly node: ClusterNode;
  /** The same machine is in the file under this name: nothing leaves. */
  readonly nowCalled?: NodeName;
}

/** Who could be reached. */
export interface Company {
  /** The cluster, with those who have left its file and still answer. */
  readonly present: Cluster;
  readonly leavers: readonly NodeName[];
  readonly silent: readonly { readonly node: ClusterNode; readonly why: readonly Problem[] }[];
}

/** What goes with the nodes (and the roles) that the cluster file has no more. */
export interface Leaving extends LeavingChanges {
  /** Of those that leave, or leave VRRP: who has the VIP now. */
  readonly holder: NodeName | null;
  /** Nobody answers at their addresses: what was changed there is done with. */
  readonly gone: readonly ClusterNode[];
}

const COMMANDS = ['apply', 'guide', 'plan', 'undo', 'destroy'];

/** @throws OperatorError when the operator must put something back into the file first */
export function formerOf(
  command: string,
  records: readonly JournalRecord[],
  cluster: Cluster,
): readonly Former[] {
  if (!COMMANDS.includes(command)) return [];
  const changed = [...new Set(changesToUndo(records, []).map(({ node }) => node))];
  const names = changed.filter((name) => !cluster.nodes.some((node) => node.name === name));
  const former = names.map((name) => formerNode(name, records, cluster));
  if (command === 'undo' || command === 'destroy') return former;
  const really = former.filter(({ nowCalled }) => !nowCalled).map(({ node }) => node);
  const where = whereabouts(cluster, 'nodes');
  const data = really.find((node) => node.data);
  if (data) throw new OperatorError(problem('data-node-left', { left: data.name }, where));
  if (really.length > 0 && names.length === changed.length) {
    const left = really.map((node) => node.name).join(', ');
    throw new OperatorError(problem('every-node-left', { left }, where));
  }
  return former;
}

function formerNode(name: string, records: readonly JournalRecord[], cluster: Cluster): Former {
  const where = whereabouts(cluster, 'nodes');
  const known = records.findLast((record) => record.type === 'node-left' && record.node === name);
  if (known?.type !== 'node-left')
    throw new OperatorError(problem('node-not-in-file', { left: name }, where));
  const { line, field } = where;
  const left: ClusterNode = {
    name: name as NodeName,
    address: known.address as Ipv4Address,
    data: known.data,
    roles: [],
    ssh: known.ssh,
    position: { line, field },
  };
  const same = cluster.nodes.find((node) => node.address === known.address);
  return same ? { node: { ...left, ssh: same.ssh }, nowCalled: same.name } : { node: left };
}

/** Connects to everybody; of those who have left the file one may be out of reach. */
export async function meet(
  nodes: ConnectedNodes,
  cluster: Cluster,
  former: readonly Former[],
): Promise<Company> {
  const leaving = former.filter(({ nowCalled }) => !nowCalled).map(({ node }) => node);
  const met = leaving.map((node) => ({ node, problems: reach(nodes, node.name) }));
  await nodes.connectAll(cluster.nodes.map((node) => node.name));
  const all = await Promise.all(
    met.map(async ({ node, problems }) => ({ node, why: await problems })),
  );
  const reached = all.filter(({ why }) => why.length === 0).map(({ node }) => node);
  return {
    present: { ...cluster, nodes: [...cluster.nodes, ...reached] },
    leavers: reached.map((node) => node.name),
    silent: all.filter(({ why }) => why.length > 0),
  };
}

async function reach(nodes: ConnectedNodes, name: NodeName): Promise<readonly Problem[]> {
  try {
    await nodes.connectAll([name]);
    return [];
  } catch (error) {
    if (error instanceof OperatorError) return error.problems;
    throw error;
  }
}

export interface SettleOptions {
  readonly cluster: Cluster;
  readonly company: Company;
  readonly facts: ReadonlyMap<NodeName, NodeFacts>;
  readonly ports: Ports;
}

/**
 * What is to leave.
 *
 * @throws OperatorError when a node that cannot be reached still answers at its address: its
 *   keepalived would take the VIP as soon as the others forget it
 */
export async function settleLeaving(options: SettleOptions): Promise<Leaving> {
  const { cluster, company, facts, ports } = options;
  await verifyGone(options);
  const pending = changesToUndo(ports.journal.records(), []);
  const places = cluster.nodes.map(({ name, address, roles }) => ({
    name,
    address,
    frontend: roles.includes('frontend'),
  }));
  const changes = leavingChanges(pending, places, company.leavers, FRONTEND_STAGES);
  const vip = vipAddress(cluster);
  const holds = (name: string) =>
    facts
      .get(name as NodeName)
      ?.interfaces.some((one) => one.addresses.some(({ address }) => address === vip));
  const holder = changes.first.find(({ node }) => holds(node))?.node ?? null;
  const gone = company.silent.map(({ node }) => node);
  return { ...changes, holder: holder as NodeName | null, gone };
}

/** From each front end: does anybody answer at the address of a node that we cannot reach? */
async function verifyGone({ cluster, company, facts, ports }: SettleOptions): Promise<void> {
  for (const { node, why } of company.silent) {
    const asked = await Promise.all(
      frontends(cluster).map(async ({ name }) => {
        const nic = facts.get(name)?.nic;
        if (!nic) return undefined;
        const script = [vipAnswerScript(node.address, nic.name, [])];
        const measured = await ports.nodes.run(name, script, { timeoutMs: 20_000 });
        return readVipAnswer(measured.kind === 'exited' ? measured : undefined, []);
      }),
    );
    if (asked.every((answer) => answer?.kind === 'nobody')) continue;
    const params = { left: node.name, address: node.address };
    const found = problem('left-node-unreachable', params, whereabouts(cluster, 'nodes'));
    throw new OperatorError([found, ...why]);
  }
}
