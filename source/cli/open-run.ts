import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/index.ts';
import { systemClock } from '../drivers/clock.ts';
import { httpRequest } from '../drivers/http.ts';
import { readIamFolder } from '../drivers/iam-source.ts';
import { packageRoot } from '../drivers/package-root.ts';
import { randomId } from '../drivers/session/random.ts';
import { backupsPort } from '../drivers/session/store.ts';
import type { SshOptions } from '../drivers/ssh/index.ts';
import { gatherFacts } from '../engine/facts/gather.ts';
import { releaseSnippet } from '../engine/facts/lock.ts';
import type { Closing } from '../engine/measure.ts';
import {
  InterruptedError,
  message,
  type NodeFacts,
  type NodeName,
  type Params,
  type Ports,
  Secret,
  type StagePlan,
} from '../model/index.ts';
import { factsWanted, planStagesFor } from '../stages/index.ts';
import { hasImportedSchema } from '../stages/made-before.ts';
import type { Runbook } from '../stages/runbook.ts';
import type { StageInput } from '../stages/stage-input.ts';
import { renderMessage } from '../text/index.ts';
import { withAdminPassword } from './admin-password.ts';
import { administrationOf } from './administration.ts';
import type { GlobalOptions } from './invocation.ts';
import type { Io } from './io.ts';
import { maskEvent } from './mask.ts';
import { startMeasuring } from './measuring.ts';
import { type ConnectedNodes, createNodes } from './nodes-port.ts';
import { openCluster, stateFolder } from './open-cluster.ts';
import type { Prompter } from './prompts.ts';
import { readRunbook } from './read-runbook.ts';
import { allSecrets, openSession, type RunSession } from './run-session.ts';
import { listenForSignals, type SignalStopper } from './stop.ts';

/** Everything a command that works on the nodes has in hand. */
export interface Run {
  readonly cluster: Cluster;
  readonly runbook: Runbook;
  readonly session: RunSession;
  readonly nodes: ConnectedNodes;
  readonly ports: Ports;
  readonly stop: SignalStopper;
  readonly facts: ReadonlyMap<NodeName, NodeFacts>;
  readonly stages: readonly StagePlan[];
  /** Gives the nodes' locks back, in a round trip that is made anyway. */
  readonly closing: Closing;
}

export interface OpenOptions {
  readonly command: string;
  readonly options: GlobalOptions;
  /** Whether the nodes are locked: for all that changes something. */
  readonly lock: boolean;
  /** Requests a second of drills: their predictions depend on it. */
  readonly ratePerSecond?: number;
}

/** Opens a run, hands it to `use`, and whatever happens gives everything back. */
export async function withRun<Result>(
  io: Io,
  open: OpenOptions,
  use: (run: Run) => Promise<Result>,
): Promise<Result> {
  const { options } = open;
  const opened = await openCluster(options, io.environment);
  const { cluster } = opened;
  const runbook = readRunbook();
  io.summary.runbook = runbook;
  const ids = { session: randomId(), run: randomId() };
  const stateDir = stateFolder(options, io.environment);
  const made = await openSession(stateDir, opened, open.command, io.language, ids);
  const session = withAdminPassword(made, cluster, io.environment);
  const stop = listenForSignals(() =>
    io.emit({ type: 'progress', stage: '', node: null, text: message('stopping') }),
  );
  const ssh = sshOptions(io, options, session, stop);
  const connect = () => createNodes(cluster, ssh, io.environment);
  const nodes = connect();
  const run = {
    cluster,
    runbook,
    session,
    nodes,
    stop,
    ports: ports(io, session, connect, nodes, stop),
  };
  try {
    sayBusy(io, 'connecting-nodes', { nodes: cluster.nodes.map((node) => node.name).join(', ') });
    await nodes.connectAll();
    return await locked(io, open, run, use);
  } catch (error) {
    // what the signal tore down is not the reason
    if (stop.exitCode !== undefined) throw new InterruptedError(stop.exitCode);
    throw error;
  } finally {
    await nodes.close();
    stop.release();
    await session.release();
  }
}

/** What takes seconds and is no stage's: a person sees that something goes on. */
function sayBusy(io: Io, code: string, params: Params): void {
  io.emit({ type: 'progress', stage: '', node: null, text: message(code, params) });
}

type Opened = Pick<Run, 'cluster' | 'runbook' | 'session' | 'nodes' | 'stop' | 'ports'>;

/** Facts with the lock; then `use`; the locks that `use` did not give back are given back here. */
async function locked<Result>(
  io: Io,
  open: OpenOptions,
  opened: Opened,
  use: (run: Run) => Promise<Result>,
): Promise<Result> {
  const { cluster, runbook, session, ports } = opened;
  const names = cluster.nodes.map((node) => node.name);
  const release = releaseSnippet(session.holder.token);
  const released = new Set<NodeName>();
  const closing: Closing = {
    nodes: open.lock ? names : [],
    script: (node) => {
      released.add(node);
      return release;
    },
  };
  const lock = open.lock
    ? { holder: session.holder, takeOver: session.deadTokens, breakLocks: open.options.breakLocks }
    : undefined;
  try {
    sayBusy(io, 'looking-at-nodes', { count: cluster.nodes.length });
    const facts = await gatherFacts(factsWanted(cluster), ports, lock);
    const input = await stageInput(open, opened, facts);
    announce(io, opened, input);
    const stages = planStagesFor(input, runbook, open.options.stages, open.ratePerSecond ?? 100);
    return await use({ ...opened, facts, stages, closing });
  } finally {
    const left = open.lock ? names.filter((name) => !released.has(name)) : [];
    await Promise.allSettled(
      left.map((name) => ports.nodes.run(name, release, { timeoutMs: 5000 })),
    );
  }
}

async function stageInput(
  { options }: OpenOptions,
  { cluster, session }: Opened,
  facts: ReadonlyMap<NodeName, NodeFacts>,
): Promise<StageInput> {
  const { source } = cluster.iam;
  if (source.kind !== 'directory') throw new Error('notYet lets only a directory through');
  const where = { file: cluster.file, field: 'iam.source' };
  return {
    cluster,
    facts,
    secrets: session.secrets,
    iam: await readIamFolder(source.path, where),
    consents: { adopt: options.adopt, overwrite: options.overwrite },
    language: session.language,
    session: { name: session.name, id: session.id },
    schemaImported: () => hasImportedSchema(session.journal.records()),
    asset: (path) => readFileSync(join(packageRoot(), 'assets', path), 'utf8'),
  };
}

function announce(io: Io, { cluster, session }: Opened, input: StageInput): void {
  const data = cluster.nodes.find((node) => node.data)?.name;
  io.summary.context = {
    cluster: cluster.name,
    nodes: cluster.nodes,
    standIn: input.iam.standIn,
    apiDomain: cluster.domains.api,
    administration: administrationOf(cluster, session, input.iam.standIn),
    ...(data !== undefined && { dataNode: data }),
    ...(io.environment.IAM_HA_WIZARD_LAB !== undefined && {
      lab: io.environment.IAM_HA_WIZARD_LAB,
    }),
  };
}

/** Nodes connect side by side; a person is asked one thing at a time. */
function oneAtATime(): <Answer>(ask: () => Promise<Answer>) => Promise<Answer> {
  let queue: Promise<unknown> = Promise.resolve();
  return (ask) => {
    const mine = queue.then(ask);
    queue = mine.catch(() => undefined);
    return mine;
  };
}

function sshOptions(io: Io, options: GlobalOptions, session: RunSession, stop: SignalStopper) {
  return {
    sessionKnownHosts: session.paths.knownHosts,
    acceptNewHostKeys: options.acceptNewHostKeys,
    signal: stop.signal,
    environment: io.environment,
    ...(io.prompter && askingOptions(io, io.prompter)),
  };
}

function askingOptions(io: Io, prompter: Prompter): Pick<SshOptions, 'askHostKey' | 'askSecret'> {
  const inTurn = oneAtATime();
  return {
    askHostKey: (key) =>
      inTurn(() => {
        io.face.settle();
        const question = message('ask-host-key', { ...key });
        return prompter.askYesNo(renderMessage(question, io.language));
      }),
    askSecret: (what) =>
      inTurn(async () => {
        io.face.settle();
        const typed = await prompter.askSecret(renderMessage(what, io.language));
        return typed === null ? undefined : new Secret('typed', typed);
      }),
  };
}

function ports(
  io: Io,
  session: RunSession,
  connect: () => ConnectedNodes,
  nodes: ConnectedNodes,
  stop: SignalStopper,
): Ports {
  const secrets = allSecrets(session.secrets);
  return {
    nodes,
    http: (action) =>
      httpRequest(action, (node: NodeName, host: string, port: number) =>
        nodes.forward(node, host, port),
      ),
    prober: (targets, ratePerSecond) => startMeasuring(targets, ratePerSecond, connect),
    clock: systemClock,
    journal: session.journal,
    backups: backupsPort(session.paths),
    stop,
    nonce: randomId,
    emit: (event) => io.emit(maskEvent(event, secrets)),
  };
}
