import type { Cluster } from '../cluster/index.ts';
import { tryConnect } from '../drivers/connect.ts';
import { httpRequest } from '../drivers/http.ts';
import {
  connectVantage,
  type SshOptions,
  type SshTarget,
  type VantageConnection,
} from '../drivers/ssh/index.ts';
import {
  type ConnectPort,
  type HttpPort,
  type NodeName,
  type Ports,
  vantageName,
} from '../model/index.ts';
import { startMeasuring } from './measuring.ts';
import type { ConnectedNodes } from './nodes-port.ts';
import { type Entered, isEntered, SharedVantages } from './shared-vantage.ts';

/** All that is asked from somewhere: connections, requests, and the prober's. */
export interface VantagePorts extends Pick<Ports, 'connect' | 'http' | 'prober'> {
  /** Ends what lingers. */
  close(): Promise<void>;
}

export interface VantageOptions {
  readonly cluster: Cluster;
  readonly ssh: SshOptions;
  /** Makes connections to the nodes that are nobody else's. */
  readonly connect: () => ConnectedNodes;
  /** The run's own connections to the nodes. */
  readonly nodes: Pick<ConnectedNodes, 'forward'>;
}

/** Nothing is installed anywhere: nodes and third machines open connections by their own sshd. */
export function vantagePorts(options: VantageOptions): VantagePorts {
  const { connect } = options;
  const shared = new SharedVantages();
  const enter = entering(options.cluster, options.ssh);
  return {
    connect: connectPort(shared, enter, connect),
    http: httpPort(shared, enter, options.nodes),
    prober: (targets, ratePerSecond) => startMeasuring(targets, ratePerSecond, { connect, enter }),
    close: () => shared.close(),
  };
}

/** Enters third machines: as `~/.ssh/config` says, with the cluster file's key and known hosts. */
export type Enter = (host: string) => Promise<VantageConnection>;

export function entering(cluster: Cluster, ssh: SshOptions): Enter {
  return (host) => connectVantage(targetOf(cluster, host), ssh);
}

function connectPort(
  shared: SharedVantages,
  enter: Enter,
  connect: () => ConnectedNodes,
): ConnectPort {
  return async (action) => {
    const { vantage } = action;
    if (vantage.kind === 'here') return tryConnect(action);
    const open = async () =>
      vantage.kind === 'via' ? throughNode(connect(), vantage.node) : enter(vantage.host);
    return shared.during(vantageName(vantage), open, async (entered) => {
      if (!isEntered(entered))
        return { kind: 'connect', outcome: 'unmeasured', reason: entered.code };
      return tryConnect(action, (_, host, port) => entered.forward(host, port));
    });
  };
}

function httpPort(
  shared: SharedVantages,
  enter: Enter,
  nodes: Pick<ConnectedNodes, 'forward'>,
): HttpPort {
  return async (action) => {
    const { vantage } = action;
    if (vantage.kind === 'here') return httpRequest(action);
    if (vantage.kind === 'via')
      return httpRequest(action, (_, host, port) => nodes.forward(vantage.node, host, port));
    const open = () => enter(vantage.host);
    return shared.during(vantageName(vantage), open, async (entered) => {
      if (isEntered(entered))
        return httpRequest(action, (_, host, port) => entered.forward(host, port));
      const reason = entered.code;
      return { kind: 'no-answer', reason, elapsedMs: 0, unmeasured: true, problem: entered };
    });
  };
}

function throughNode(nodes: ConnectedNodes, node: NodeName): Entered {
  return {
    forward: (host, port) => nodes.forward(node, host, port),
    close: () => nodes.close(),
  };
}

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
