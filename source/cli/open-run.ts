import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Cluster } from '../cluster/index.ts';
import type { IamOrigin } from '../drivers/iam/index.ts';
import { packageRoot } from '../drivers/package-root.ts';
import { randomId } from '../drivers/session/random.ts';
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
  type StagePlan,
} from '../model/index.ts';
import { factsWanted, planStagesFor } from '../stages/index.ts';
import { hasImportedSchema } from '../stages/made-before.ts';
import type { Runbook } from '../stages/runbook.ts';
import type { StageInput } from '../stages/stage-input.ts';
import { withAdminPassword } from './admin-password.ts';
import { administrationOf } from './administration.ts';
import { adoptSecrets } from './adopt-secrets.ts';
import { alertSecrets } from './alert-secrets.ts';
import { withVip } from './auto-vip.ts';
import { givenSecrets } from './given-secrets.ts';
import type { GlobalOptions } from './invocation.ts';
import type { Io } from './io.ts';
import { type Company, formerOf, type Leaving, meet, settleLeaving } from './leaving/company.ts';
import { meetRunbook, verifyStages } from './left-over.ts';
import { type ConnectedNodes, createNodes } from './nodes-port.ts';
import { openCluster, stateFolder } from './open-cluster.ts';
import { iamPreparer, originOf, type PrepareIam } from './prepare-iam.ts';
import { runPorts } from './run-ports.ts';
import { openSession, type RunSession } from './run-session.ts';
import { openRunbook, runbookSecrets } from './runbook-file.ts';
import { sshOptions } from './ssh-options.ts';
import { listenForSignals, type SignalStopper } from './stop.ts';
import { vantagePorts } from './vantages.ts';

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
  /** What goes with the nodes that the cluster file has no more. */
  readonly leaving: Leaving;
}

export interface OpenOptions {
  readonly command: string;
  readonly options: GlobalOptions;
  /** Whether the nodes are locked: for all that changes something. */
  readonly lock: boolean;
  /** Requests a second of drills: their predictions depend on it. */
  readonly ratePerSecond?: number;
  /** Nothing is planned: what was changed is taken back, and that needs no IAM to be had. */
  readonly planless?: true;
}

/** Opens a run, hands it to `use`, and whatever happens gives everything back. */
export async function withRun<Result>(
  io: Io,
  open: OpenOptions,
  use: (run: Run) => Promise<Result>,
): Promise<Result> {
  const { options } = open;
  const stateDir = stateFolder(options, io.environment);
  const named = await openCluster(options, io.environment);
  const opened = await withVip(io, options, stateDir, named);
  const { cluster } = opened;
  const chosen = await openRunbook(options, io.environment, opened, open.planless ?? false);
  const { runbook } = chosen;
  io.summary.runbook = runbook;
  const ids = { session: randomId(), run: randomId() };
  const made = await openSession(stateDir, opened, open.command, io.language, ids, chosen);
  const given = { ...made, secrets: givenSecrets(made.secrets, cluster, io.environment) };
  const session = withAdminPassword(given, cluster, io.environment);
  const stop = listenForSignals(() =>
    io.emit({ type: 'progress', stage: '', node: null, text: message('stopping') }),
  );
  const ssh = sshOptions(io, options, session, stop);
  const former = formerOf(open.command, session.journal.records(), cluster);
  const everybody = { ...cluster, nodes: [...cluster.nodes, ...former.map(({ node }) => node)] };
  const connect = () => createNodes(everybody, ssh, io.environment);
  const nodes = connect();
  const vantages = vantagePorts({ cluster, ssh, connect, nodes });
  const iam = iamPreparer(io, cluster, stop.asked);
  const run = {
    cluster,
    iam,
    runbook,
    session,
    nodes,
    stop,
    ports: { ...runPorts(io, cluster, session, nodes, stop), ...vantages },
  };
  try {
    if (open.planless) verifyStages(options.stages, runbook, session.journal.records());
    else meetRunbook(io, options.stages, runbook, cluster, session.journal.records());
    if (!open.planless) await iam.early();
    sayBusy(io, 'connecting-nodes', { nodes: cluster.nodes.map((node) => node.name).join(', ') });
    const company = await meet(nodes, cluster, former);
    return await locked(io, open, { ...run, company }, use);
  } catch (error) {
    // what the signal tore down is not the reason
    if (stop.exitCode !== undefined) throw new InterruptedError(stop.exitCode);
    throw error;
  } finally {
    await vantages.close();
    await nodes.close();
    stop.release();
    await session.release();
  }
}

/** What takes seconds and is no stage's: a person sees that something goes on. */
function sayBusy(io: Io, code: string, params: Params): void {
  io.emit({ type: 'progress', stage: '', node: null, text: message(code, params) });
}

type Opened = Pick<Run, 'cluster' | 'runbook' | 'session' | 'nodes' | 'stop' | 'ports'> & {
  readonly iam: PrepareIam;
  readonly company: Company;
};

/** Facts with the lock; then `use`; the locks that `use` did not give back are given back here. */
async function locked<Result>(
  io: Io,
  open: OpenOptions,
  opened: Opened,
  use: (run: Run) => Promise<Result>,
): Promise<Result> {
  const { cluster, session, ports, company } = opened;
  const names = company.present.nodes.map((node) => node.name);
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
    const facts = await gatherFacts(factsWanted(company.present), ports, lock);
    const leaving = await settleLeaving({ cluster, company, facts, ports });
    announce(io, opened, await originOf(cluster, facts));
    const run = open.options.adopt ? await adoptSecrets(opened, facts, io.environment) : opened;
    const stages = open.planless ? [] : await planAll(io, open, run, facts);
    return await use({ ...run, facts, stages, closing, leaving });
  } finally {
    const left = open.lock ? names.filter((name) => !released.has(name)) : [];
    await Promise.allSettled(
      left.map((name) => ports.nodes.run(name, release, { timeoutMs: 5000 })),
    );
  }
}

async function planAll(
  io: Io,
  open: OpenOptions,
  opened: Opened,
  facts: ReadonlyMap<NodeName, NodeFacts>,
): Promise<readonly StagePlan[]> {
  const input = await stageInput(io, open, opened, facts);
  const { stages } = open.options;
  return planStagesFor(input, opened.runbook, stages, open.ratePerSecond ?? 100);
}

async function stageInput(
  io: Io,
  { options }: OpenOptions,
  { cluster, session, iam, runbook }: Opened,
  facts: ReadonlyMap<NodeName, NodeFacts>,
): Promise<StageInput> {
  return {
    cluster,
    facts,
    secrets: session.secrets,
    alertSecrets: alertSecrets(cluster, io.environment),
    runbookSecrets: runbookSecrets(runbook, io.environment),
    iam: await iam.forNodes(facts),
    consents: { adopt: options.adopt, overwrite: options.overwrite },
    language: session.language,
    session: { name: session.name, id: session.id },
    schemaImported: () => hasImportedSchema(session.journal.records()),
    asset: (path) => readFileSync(join(packageRoot(), 'assets', path), 'utf8'),
  };
}

function announce(io: Io, { cluster, session }: Opened, { standIn, version }: IamOrigin): void {
  const { mariadb, redis } = cluster.databases;
  const isHere = mariadb.kind === 'install' || redis.kind === 'install';
  const data = isHere ? cluster.nodes.find((node) => node.data)?.name : undefined;
  io.summary.context = {
    cluster: cluster.name,
    nodes: cluster.nodes,
    standIn,
    ...(version !== undefined && { iam: version }),
    apiDomain: cluster.domains.api,
    administration: administrationOf(cluster, session, standIn),
    ...(data !== undefined && { dataNode: data }),
    ...(io.environment.IAM_HA_WIZARD_LAB !== undefined && {
      lab: io.environment.IAM_HA_WIZARD_LAB,
    }),
  };
}
