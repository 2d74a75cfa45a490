import type { Cluster } from '../cluster/index.ts';
import { systemClock } from '../drivers/clock.ts';
import { httpRequest } from '../drivers/http.ts';
import { runLocalScript } from '../drivers/local-script.ts';
import { randomId } from '../drivers/session/random.ts';
import { backupsPort } from '../drivers/session/store.ts';
import type { NodeName, Ports, Secret } from '../model/index.ts';
import { alertSecrets } from './alert-secrets.ts';
import type { Io } from './io.ts';
import { maskEvent } from './mask.ts';
import { startMeasuring } from './measuring.ts';
import type { ConnectedNodes } from './nodes-port.ts';
import { allSecrets, type RunSession } from './run-session.ts';
import { runbookSecrets } from './runbook-file.ts';
import type { SignalStopper } from './stop.ts';

/** What the engine needs of the world; the connections from vantages come beside it. */
export function runPorts(
  io: Io,
  cluster: Cluster,
  session: RunSession,
  connect: () => ConnectedNodes,
  nodes: ConnectedNodes,
  stop: SignalStopper,
  cloudSecrets: readonly Secret[] = [],
): Omit<Ports, 'connect'> {
  const secrets = [
    ...cloudSecrets,
    ...runbookSecrets(io.summary.runbook, io.environment).values(),
    ...allSecrets(session.secrets),
    ...alertSecrets(cluster, io.environment).values(),
  ];
  return {
    nodes,
    http: (action) =>
      httpRequest(action, (node: NodeName, host: string, port: number) =>
        nodes.forward(node, host, port),
      ),
    prober: (targets, ratePerSecond) => startMeasuring(targets, ratePerSecond, connect),
    local: runLocalScript,
    clock: systemClock,
    journal: session.journal,
    backups: backupsPort(session.paths),
    stop,
    nonce: randomId,
    emit: (event) => io.emit(maskEvent(event, secrets)),
  };
}
