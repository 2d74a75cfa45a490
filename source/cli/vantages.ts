import type { Cluster } from '../cluster/index.ts';
import { tryConnect } from '../drivers/connect.ts';
import {
  connectVantage,
  type SshOptions,
  type SshTarget,
  type VantageConnection,
} from '../drivers/ssh/index.ts';
import { type ConnectPort, type NodeName, OperatorError } from '../model/index.ts';
import type { ConnectedNodes } from './nodes-port.ts';

interface Opened {
  readonly forward: VantageConnection['forward'];
  close(): void;
}

/**
 * Connections from vantages. Those of one look share one SSH connection to each vantage, which ends
 * with the last of them: an open to an address that nobody answers cannot be taken back otherwise.
 *
 * @param connect makes connections to the nodes that are nobody else's
 */
export function connectPort(
  cluster: Cluster,
  options: SshOptions,
  connect: () => ConnectedNodes,
): ConnectPort {
  const shared = new Map<string, Shared>();
  return async (action) => {
    const { vantage } = action;
    if (vantage.kind === 'here') return tryConnect(action);
    const name = vantage.kind === 'via' ? vantage.node : vantage.host;
    const key = `${vantage.kind}:${name}`;
    const open = async (): Promise<Opened> =>
      vantage.kind === 'via'
        ? throughNode(connect(), vantage.node)
        : connectVantage(targetOf(cluster, vantage.host), options);
    const use = shared.get(key) ?? new Shared(open, () => shared.delete(key));
    shared.set(key, use);
    return use.during(async (opened) => {
      if (typeof opened === 'string')
        return { kind: 'connect', outcome: 'unmeasured', reason: opened };
      return tryConnect(action, (_, host, port) => opened.forward(host, port));
    });
  };
}

function throughNode(nodes: ConnectedNodes, node: NodeName): Opened {
  return {
    forward: (host, port) => nodes.forward(node, host, port),
    close: () => void nodes.close(),
  };
}

/** A third machine is entered as `~/.ssh/config` says, with the cluster file's key and known hosts. */
function targetOf({ ssh, file }: Cluster, host: string): SshTarget {
  const { identityFile, knownHosts } = ssh;
  return {
    node: host as NodeName,
    address: host,
    host,
    file,
    ...(identityFile !== undefined && { identityFile }),
    ...(knownHosts !== undefined && { knownHosts }),
  };
}

/** One connection for all that use it at the same time. */
class Shared {
  readonly #opening: Promise<Opened | string>;
  readonly #gone: () => void;
  #users = 0;

  constructor(open: () => Promise<Opened>, gone: () => void) {
    // Why it cannot be entered, as the problem's code: the check says it, nothing fails for it.
    this.#opening = open().catch((error: unknown) =>
      error instanceof OperatorError ? error.problems[0].code : 'vantage-not-available',
    );
    this.#gone = gone;
  }

  async during<Result>(use: (opened: Opened | string) => Promise<Result>): Promise<Result> {
    this.#users += 1;
    try {
      return await use(await this.#opening);
    } finally {
      this.#users -= 1;
      if (this.#users === 0) await this.#end();
    }
  }

  async #end(): Promise<void> {
    this.#gone();
    const opened = await this.#opening;
    if (typeof opened !== 'string') opened.close();
  }
}
