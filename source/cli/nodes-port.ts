import { join } from 'node:path';
import type { Duplex } from 'node:stream';
import { type Cluster, type ClusterNode, whereabouts } from '../cluster/index.ts';
import { iamCacheFolder, packFile } from '../drivers/iam/index.ts';
import {
  Courier,
  connectNode,
  type NodeConnection,
  type SshOptions,
  type SshTarget,
} from '../drivers/ssh/index.ts';
import { type NodeName, type NodesPort, OperatorError, type RunResult } from '../model/index.ts';
import { readSecret } from './open-cluster.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** The nodes over SSH: one connection each, made again when it has been lost. */
export interface ConnectedNodes extends NodesPort {
  /** Connects to these nodes, side by side. @throws OperatorError */
  connectAll(names: readonly NodeName[]): Promise<void>;
  /** A TCP connection opened by a node's own sshd. */
  forward(node: NodeName, host: string, port: number): Promise<Duplex>;
  close(): Promise<void>;
}

function targetOf(cluster: Cluster, node: ClusterNode, environment: Environment): SshTarget {
  const { user, host, port, identityFile, knownHosts, password, sudoPassword } = node.ssh;
  const login = readSecret(password, environment);
  const sudo = readSecret(sudoPassword, environment);
  return {
    node: node.name,
    address: node.address,
    host,
    file: cluster.file,
    line: node.position.line,
    field: node.position.field,
    places: sshPlaces(cluster, node),
    ...(user !== undefined && { user }),
    ...(port !== undefined && { port }),
    ...(identityFile !== undefined && { identityFile }),
    ...(knownHosts !== undefined && { knownHosts }),
    ...(login && { password: login }),
    ...(sudo && { sudoPassword: sudo }),
  };
}

const SETTINGS = [
  'user',
  'host',
  'port',
  'identityFile',
  'knownHosts',
  'password',
  'sudoPassword',
] as const;

/** Where each setting that reaches a node stands in the file: the node's own, or everybody's. */
function sshPlaces(
  cluster: Cluster,
  { position: { field } }: ClusterNode,
): NonNullable<SshTarget['places']> {
  const written = SETTINGS.flatMap((setting) => {
    const address = setting === 'host' ? [`${field}.address`] : [];
    const fields = [`${field}.ssh.${setting}`, `ssh.${setting}`, ...address];
    const found = fields.find((one) => Object.hasOwn(cluster.lines, one));
    return found ? [[setting, whereabouts(cluster, found)] as const] : [];
  });
  return Object.fromEntries(written);
}

/** One connection a node, kept until it is lost. */
export function createNodes(
  cluster: Cluster,
  options: SshOptions,
  environment: Environment,
): ConnectedNodes {
  const opening = new Map<NodeName, Promise<NodeConnection>>();
  const made: { readonly node: NodeName; readonly connection: NodeConnection }[] = [];
  const connection = (name: NodeName) => {
    const known = opening.get(name);
    if (known) return known;
    const node = cluster.nodes.find((one) => one.name === name);
    if (!node) throw new Error(`no node ${name}`);
    const fresh = connectNode(targetOf(cluster, node, environment), options);
    opening.set(name, fresh);
    fresh.then(
      (one) => made.push({ node: name, connection: one }),
      () => opening.delete(name),
    );
    return fresh;
  };
  const call = async (name: NodeName, use: (one: NodeConnection) => Promise<RunResult>) => {
    const result = await connected(() => connection(name), use);
    if (isLost(result)) opening.delete(name);
    return result;
  };
  const packed = join(iamCacheFolder(environment), 'packed');
  const pack = (from: string, sha256: string) => packFile(packed, from, sha256);
  const courier = new Courier({ call, pack });
  return {
    run: (name, script, runOptions) => call(name, (one) => one.run(script, runOptions)),
    upload: (action, uploadOptions) => courier.upload(action, uploadOptions),
    roundTrips: () => countRoundTrips(made),
    connectAll: async (names) => {
      const all = await Promise.allSettled(names.map(connection));
      const bad = all.find((one) => one.status === 'rejected');
      if (bad) throw bad.reason;
    },
    forward: async (name, host, port) => (await connection(name)).forward(host, port),
    close: async () => {
      await Promise.allSettled(made.map((one) => one.connection.close()));
    },
  };
}

/** These say nothing of the connection itself: it is still good. */
const CONNECTION_IS_GOOD = new Set([
  'run-cancelled',
  'run-left-running',
  'script-not-started',
  'output-too-large',
]);

function isLost(result: RunResult): boolean {
  return result.kind === 'disconnected' && !CONNECTION_IS_GOOD.has(result.problem.code);
}

function countRoundTrips(
  made: readonly { readonly node: NodeName; readonly connection: NodeConnection }[],
): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { node, connection } of made)
    counts[node] = (counts[node] ?? 0) + connection.roundTrips;
  return counts;
}

/** A node that cannot be reached again is a lost connection, not an exception. */
async function connected(
  connection: () => Promise<NodeConnection>,
  use: (one: NodeConnection) => Promise<RunResult>,
): Promise<RunResult> {
  try {
    return await use(await connection());
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { kind: 'disconnected', problem: error.problems[0], stdout: '', stderr: '' };
  }
}
