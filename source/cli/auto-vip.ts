import { readFile } from 'node:fs/promises';
import { parseDocument } from 'yaml';
import { type Cluster, frontends, parseCluster, whereabouts } from '../cluster/index.ts';
import { sessionPaths } from '../drivers/session/store.ts';
import { parseFacts } from '../engine/facts/parse.ts';
import { factsScript } from '../engine/facts/script.ts';
import {
  type Content,
  InterruptedError,
  type Ipv4Address,
  message,
  type NodeFacts,
  type NodeName,
  OperatorError,
  problem,
} from '../model/index.ts';
import { factsWanted } from '../stages/index.ts';
import type { CloudAccess } from './cloud/access.ts';
import { findFreeAddress, type InUse } from './free-address.ts';
import type { GlobalOptions } from './invocation.ts';
import type { Io } from './io.ts';
import { type ConnectedNodes, createNodes } from './nodes-port.ts';
import type { OpenedCluster } from './open-cluster.ts';
import { sshOptions } from './ssh-options.ts';
import { listenForSignals } from './stop.ts';

const FACTS_TIMEOUT_MS = 30_000;

/**
 * A cluster file that says `vip.address: auto`, with the address: that of the session's copy, else a
 * free one, looked for before the first plan. What is returned goes into the session's copy, so the
 * address stays; the operator's own file stays as it is.
 *
 * @param access in a cloud, what is free must be so there too
 * @throws OperatorError `vip-none-free`, or when a node or the cloud cannot be asked
 */
export async function withVip(
  io: Io,
  options: GlobalOptions,
  stateDir: string,
  opened: OpenedCluster,
  access?: CloudAccess,
): Promise<OpenedCluster> {
  const found = await withKnownVip(stateDir, opened);
  if (found.cluster.vip.address !== 'auto') return found;
  const paths = sessionPaths(stateDir, opened.name);
  const stop = listenForSignals(() =>
    io.emit({ type: 'progress', stage: '', node: null, text: message('stopping') }),
  );
  const ssh = { ...sshOptions(io, options, { paths }, stop), signal: stop.asked };
  const nodes = createNodes(opened.cluster, ssh, io.environment);
  try {
    const inUse = access && (await cloudAsker(io, access, opened.cluster, stop.asked));
    const vip = await find(opened.cluster, nodes, inUse);
    io.emit({ type: 'progress', stage: '', node: null, text: message('vip-found', { vip }) });
    return withAddress(opened, vip);
  } catch (error) {
    if (stop.exitCode !== undefined) throw new InterruptedError(stop.exitCode);
    throw error;
  } finally {
    await nodes.close();
    stop.release();
  }
}

/** The same as far as an earlier run has found an address: no node is asked. */
export async function withKnownVip(
  stateDir: string,
  opened: OpenedCluster,
): Promise<OpenedCluster> {
  if (opened.cluster.vip.address !== 'auto') return opened;
  const known = await addressOf(sessionPaths(stateDir, opened.name).cluster);
  return known ? withAddress(opened, known) : opened;
}

/** What an earlier run found; undefined before the first one. */
async function addressOf(copy: string): Promise<Ipv4Address | undefined> {
  const text = await readFile(copy, 'utf8').catch(() => '');
  const parsed = text === '' ? undefined : parseCluster(text, copy);
  const address = parsed?.ok ? parsed.cluster.vip.address : 'auto';
  return address === 'auto' ? undefined : address;
}

/** The same file with the address in it; its comments and lines stay as they are. */
function withAddress(opened: OpenedCluster, address: Ipv4Address): OpenedCluster {
  const document = parseDocument(opened.text);
  document.setIn(['vip', 'address'], address);
  const text = document.toString({ lineWidth: 0 });
  const parsed = parseCluster(text, opened.cluster.file);
  if (!parsed.ok) throw new OperatorError(parsed.problems);
  // problems point into the operator's file, which has its own lines
  return { ...opened, text, cluster: { ...parsed.cluster, lines: opened.cluster.lines } };
}

type AskCloud = (facts: readonly NodeFacts[]) => InUse;

/** Loaded only where there is a cloud. */
async function cloudAsker(
  io: Io,
  access: CloudAccess,
  cluster: Cluster,
  signal: AbortSignal,
): Promise<AskCloud> {
  const { usedInCloud } = await import('./cloud/used-addresses.ts');
  return (facts) => usedInCloud(io, access, cluster, facts, signal);
}

async function find(
  cluster: Cluster,
  nodes: ConnectedNodes,
  inUse: AskCloud | undefined,
): Promise<Ipv4Address> {
  const [first] = frontends(cluster);
  const ask = async (node: NodeName, script: Content, timeoutMs: number) => {
    const result = await nodes.run(node, script, { timeoutMs });
    if (result.kind === 'exited') return result.stdout;
    const late = problem('action-timed-out', { seconds: timeoutMs / 1000 }, { node });
    throw new OperatorError(result.kind === 'disconnected' ? result.problem : late);
  };
  const facts = await Promise.all(
    factsWanted(cluster).map(async ({ node, address, ...rest }): Promise<NodeFacts> => {
      const sentAtMs = Date.now();
      const script = factsScript({ nodeAddress: address, ...rest });
      const output = await ask(node, script, FACTS_TIMEOUT_MS);
      return parseFacts(node, output, { sentAtMs, receivedAtMs: Date.now() });
    }),
  );
  const own = facts.find(({ node }) => node === first?.name);
  const where = whereabouts(cluster, 'vip.address');
  // preflight has its own problem for that; it is only told before
  if (!first) throw new Error('no front end');
  const at = { ...where, node: first.name };
  if (!own?.nic)
    throw new OperatorError(
      problem('address-not-on-node', { address: first.address, found: '-' }, at),
    );
  const { name: nic, prefixLength } = own.nic;
  const place = { address: first.address, prefixLength, nic };
  const vip = await findFreeAddress(
    (script, limit) => ask(first.name, script, limit),
    place,
    facts,
    inUse?.(facts),
  );
  if (!vip) throw new OperatorError(problem('vip-none-free', {}, at));
  return vip;
}
