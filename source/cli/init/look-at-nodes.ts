import { stringify } from 'yaml';
import { readVipAnswer, vipAnswerScript } from '../../checks/vip-answer.ts';
import { parseCluster } from '../../cluster/index.ts';
import { parseFacts } from '../../engine/facts/parse.ts';
import { factsScript } from '../../engine/facts/script.ts';
import {
  type Ipv4Address,
  type NodeFacts,
  type NodeName,
  OperatorError,
  type Problem,
  problem,
} from '../../model/index.ts';
import { placeNodes, type SeenNode, type Way } from '../../questions/index.ts';
import { factsWanted } from '../../stages/index.ts';
import { machineProblems } from '../../stages/preflight-problems.ts';
import { findFreeAddress } from '../free-address.ts';
import type { Reach } from './reach.ts';

/** A machine with the way to it. */
export interface Machine {
  readonly way: Way;
  readonly reach: Reach;
}

/** The machines as they were found, with everything that was read of them. */
export interface NodesFound {
  readonly nodes: readonly SeenNode[];
  readonly facts: ReadonlyMap<NodeName, NodeFacts>;
  readonly free?: Ipv4Address;
}

const FACTS_TIMEOUT_MS = 30_000;
const ARP_TIMEOUT_MS = 20_000;
/** Before it is known which of its addresses a machine goes by. */
const ANY = '0.0.0.0' as Ipv4Address;

type Wanted = ReturnType<typeof factsWanted>[number];

async function factsOf(machine: Machine, wanted: Wanted): Promise<NodeFacts> {
  const { node, address, ...rest } = wanted;
  const sentAtMs = Date.now();
  const script = factsScript({ nodeAddress: address, ...rest });
  const output = await machine.reach.ask(script, FACTS_TIMEOUT_MS);
  return parseFacts(node, output, { sentAtMs, receivedAtMs: Date.now() });
}

/** A cluster of just these machines: what the stages ask for is asked, and what they forbid is told. */
function clusterOf(nodes: readonly { readonly name: string; readonly address: string }[]) {
  const text = stringify({
    version: 1,
    name: 'init',
    nodes: nodes.map(({ name, address }, index) => ({ name, address, data: index === 0 })),
    domains: { api: 'api.invalid', authz: 'authz.invalid' },
    vip: { address: 'auto' },
  });
  const parsed = parseCluster(text, '');
  if (!parsed.ok) throw new OperatorError(parsed.problems);
  return parsed.cluster;
}

/** First look: who they are, and which addresses they have. */
async function firstFacts(machines: readonly Machine[]): Promise<readonly NodeFacts[]> {
  const names = machines.map((_, index) => ({
    name: `iam-${index + 1}`,
    address: `192.0.2.${index + 1}`,
  }));
  const wanted = factsWanted(clusterOf(names));
  return Promise.all(
    machines.map((machine, index) =>
      // whether they are in a cloud is what the operator would otherwise be asked
      factsOf(machine, { ...(wanted[index] as Wanted), address: ANY, peers: [], inCloud: true }),
    ),
  );
}

async function freeAddress(
  [machine]: readonly Machine[],
  [first]: readonly SeenNode[],
  facts: ReadonlyMap<NodeName, NodeFacts>,
): Promise<Ipv4Address | undefined> {
  if (!machine || !first) return undefined;
  return findFreeAddress(
    (script, limit) => machine.reach.ask(script, limit),
    first,
    facts.values(),
  );
}

/**
 * Addresses that look like one subnet may be in two networks: then the first machine does not find
 * the others. Whose answer it is says nothing: in some clouds a gateway answers for everybody.
 */
async function silentPeer(
  [machine]: readonly Machine[],
  [first, ...peers]: readonly SeenNode[],
): Promise<Problem | undefined> {
  for (const { address, way } of peers) {
    if (!machine || !first) return undefined;
    const script = vipAnswerScript(address, first.nic, []);
    const stdout = await machine.reach.ask([script], ARP_TIMEOUT_MS);
    const kind = readVipAnswer({ kind: 'exited', exitCode: 0, stdout, stderr: '' }, [])?.kind;
    const params = { found: way.host, other: first.way.host, address };
    if (kind === 'self' || kind === 'nobody') return problem('init-peer-silent', params);
  }
  return undefined;
}

/**
 * Looks at the machines, side by side: two round trips each, and a question about free addresses to
 * the first. Read-only; no lock is taken.
 *
 * @returns a problem where they cannot become a pair
 * @throws OperatorError where one cannot be entered
 */
export async function lookAtNodes(machines: readonly Machine[]): Promise<NodesFound | Problem> {
  await connectAll(machines);
  const first = await firstFacts(machines);
  const reached = machines.map(({ way }, index) => ({ way, facts: first[index] as NodeFacts }));
  const nodes = placeNodes(reached);
  if ('code' in nodes) return nodes;
  const cluster = clusterOf(nodes);
  const wanted = factsWanted(cluster);
  const all = await Promise.all(
    machines.map((machine, index) => factsOf(machine, wanted[index] as Wanted)),
  );
  const facts = new Map(all.map((one) => [one.node, one]));
  const [wrong] = machineProblems({
    cluster,
    facts,
    // who set a machine up before is told in the review
    consents: { adopt: true, overwrite: [] },
    session: { name: '', id: '' },
  });
  if (wrong) return wrong;
  const silent = await silentPeer(machines, nodes);
  if (silent) return silent;
  const free = await freeAddress(machines, nodes, facts);
  return { nodes, facts, ...(free !== undefined && { free }) };
}

/**
 * All are waited for: else one that still asks for a password would talk into the next question. A
 * machine that is not there is told before one that lets nobody in.
 */
async function connectAll(machines: readonly Machine[]): Promise<void> {
  const all = await Promise.allSettled(machines.map(({ reach }) => reach.connect()));
  const bad = all.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
  if (bad.length > 0) throw bad.find((error) => !isAboutLogin(error)) ?? bad[0];
}

const isAboutLogin = (error: unknown) =>
  error instanceof OperatorError && /^(auth|key|sudo|password)-/.test(error.problems[0].code);
