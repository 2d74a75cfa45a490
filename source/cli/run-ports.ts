import type { Cluster } from '../cluster/index.ts';
import { systemClock } from '../drivers/clock.ts';
import { runLocalScript } from '../drivers/local-script.ts';
import { randomId } from '../drivers/session/random.ts';
import { backupsPort } from '../drivers/session/store.ts';
import type { Ports, Secret } from '../model/index.ts';
import { alertSecrets } from './alert-secrets.ts';
import type { Io } from './io.ts';
import { maskEvent } from './mask.ts';
import type { ConnectedNodes } from './nodes-port.ts';
import { allSecrets, type RunSession } from './run-session.ts';
import { runbookSecrets } from './runbook-file.ts';
import type { SignalStopper } from './stop.ts';

/** What the engine needs of the world; what is asked from vantages comes beside it. */
export function runPorts(
  io: Io,
  cluster: Cluster,
  session: RunSession,
  nodes: ConnectedNodes,
  stop: SignalStopper,
  more: readonly Secret[] = [],
): Omit<Ports, 'connect' | 'http' | 'prober'> {
  const secrets = [
    ...more,
    ...runbookSecrets(io.summary.runbook, io.environment).values(),
    ...allSecrets(session.secrets),
    ...alertSecrets(cluster, io.environment).values(),
  ];
  return {
    nodes,
    local: runLocalScript,
    clock: systemClock,
    journal: session.journal,
    backups: backupsPort(session.paths),
    stop,
    nonce: randomId,
    emit: (event) => io.emit(maskEvent(event, secrets)),
  };
}
