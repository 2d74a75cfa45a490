import { type Cluster, type ServedTls, whereabouts } from '../cluster/index.ts';
import type { IamOrigin } from '../drivers/iam/index.ts';
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
  type Problem,
  type StagePlan,
} from '../model/index.ts';
import { factsWanted } from '../stages/index.ts';
import type { Runbook } from '../stages/runbook.ts';
import { withAdminPassword } from './admin-password.ts';
import { administrationOf } from './administration.ts';
import { adoptSecrets } from './adopt-secrets.ts';
import { withVip } from './auto-vip.ts';
import type { CloudAccess } from './cloud/access.ts';
import type { RunCloud } from './cloud/for-run.ts';
import { meterOf } from './cloud/result-fields.ts';
import { wasInCloud } from './cloud/sessions.ts';
import { gatherWhoAnswers, meetWhoAnswers, type SilentNode } from './cloud/who-answers.ts';
import { givenSecrets } from './given-secrets.ts';
import { givenTls } from './given-tls.ts';
import type { GlobalOptions } from './invocation.ts';
import type { Io } from './io.ts';
import { type Company, formerOf, type Leaving, meet, settleLeaving } from './leaving/company.ts';
import { meetRunbook, verifyStages } from './left-over.ts';
import { type ConnectedNodes, createNodes } from './nodes-port.ts';
import { type OpenedCluster, openCluster, stateFolder } from './open-cluster.ts';
import { planAll } from './plan-all.ts';
import { iamPreparer, originOf, type PrepareIam } from './prepare-iam.ts';
import { runPorts } from './run-ports.ts';
import { openSession, type RunSession } from './run-session.ts';
import { openRunbook } from './runbook-file.ts';
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
  /** Why nothing is known of the cloud that the cluster file names. */
  readonly cloudProblem?: Problem;
  /** Who we are to the cloud: for who opens it himself. */
  readonly access?: CloudAccess;
  /** Of a tolerant run: who could not be asked. */
  readonly silent: readonly SilentNode[];
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
  /** Who cannot be asked keeps nobody up: for what must be done all the same. */
  readonly tolerant?: true;
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
  const access = await accessFor(io, open, named, stateDir);
  const opened = await withVip(io, options, stateDir, named, access);
  const { cluster } = opened;
  const tls = open.planless ? undefined : await givenTls(cluster, open.command);
  const chosen = await openRunbook(options, io.environment, opened, open.planless ?? false);
  const { runbook } = chosen;
  io.summary.runbook = runbook;
  const ids = { session: randomId(), run: randomId() };
  const made = await openSession(stateDir, opened, open.command, io.language, ids, chosen);
  const given = { ...made, secrets: givenSecrets(made.secrets, cluster, io.environment) };
  const session = withAdminPassword(given, cluster, io.environment);
  if (open.lock) io.summary.billed = () => meterOf(session.journal.records());
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
  const secrets = [...(access?.secrets ?? []), ...(tls ? [tls.key] : [])];
  const run = {
    cluster,
    iam,
    runbook,
    session,
    nodes,
    stop,
    ...(tls && { tls }),
    ports: { ...runPorts(io, cluster, session, nodes, stop, secrets), ...vantages },
  };
  try {
    if (open.planless) verifyStages(options.stages, runbook, session.journal.records());
    else meetRunbook(io, options.stages, runbook, cluster, session.journal.records());
    if (!open.planless) await iam.early();
    sayBusy(io, 'connecting-nodes', { nodes: cluster.nodes.map((node) => node.name).join(', ') });
    const met = open.tolerant
      ? await meetWhoAnswers(nodes, cluster, former)
      : { company: await meet(nodes, cluster, former), silent: [] };
    return await locked(io, open, { ...run, ...met, ...(access && { access }) }, use);
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

/** Who we are to the cloud, where a plan needs one. @throws OperatorError, exit 64, before a node is asked */
async function accessFor(
  io: Io,
  { command, planless }: OpenOptions,
  { cluster, name }: OpenedCluster,
  stateDir: string,
) {
  const isNeeded =
    command === 'destroy'
      ? await wasInCloud(stateDir, name)
      : !planless && cluster.cloud.provider === 'tencent';
  return isNeeded
    ? (await import('./cloud/access.ts')).findAccess(io, whereabouts(cluster, 'cloud.provider'))
    : undefined;
}

/** What takes seconds and is no stage's: a person sees that something goes on. */
function sayBusy(io: Io, code: string, params: Params): void {
  io.emit({ type: 'progress', stage: '', node: null, text: message(code, params) });
}

type Opened = Pick<Run, 'cluster' | 'runbook' | 'session' | 'nodes' | 'stop' | 'ports'> & {
  readonly iam: PrepareIam;
  readonly company: Company;
  readonly access?: CloudAccess;
  readonly tls?: ServedTls;
  readonly silent: readonly SilentNode[];
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
  let cloud: RunCloud | undefined;
  try {
    sayBusy(io, 'looking-at-nodes', { count: cluster.nodes.length });
    const gathered = open.tolerant
      ? await gatherWhoAnswers(company.present, ports, lock)
      : { facts: await gatherFacts(factsWanted(company.present), ports, lock), silent: [] };
    const { facts } = gathered;
    const silent = [...opened.silent, ...gathered.silent];
    const leaving = await settleLeaving({ cluster, company, facts, ports });
    announce(io, opened, await originOf(cluster, facts));
    const run = open.options.adopt ? await adoptSecrets(opened, facts, io.environment) : opened;
    cloud = await cloudFor(io, open, run, facts);
    const stages = open.planless ? [] : await planAll({ ...run, io, open, facts, cloud });
    const seen = cloud && {
      ports: { ...run.ports, cloud: cloud.port },
      ...(cloud.problem && { cloudProblem: cloud.problem }),
    };
    return await use({ ...run, facts, silent, stages, closing, leaving, ...seen });
  } finally {
    cloud?.close();
    const left = open.lock ? names.filter((name) => !released.has(name)) : [];
    await Promise.allSettled(
      left.map((name) => ports.nodes.run(name, release, { timeoutMs: 5000 })),
    );
  }
}

async function cloudFor(
  io: Io,
  { command, planless }: OpenOptions,
  { access, cluster, session, ports, stop }: Opened,
  facts: ReadonlyMap<NodeName, NodeFacts>,
): Promise<RunCloud | undefined> {
  if (!access || planless) return undefined;
  const { openForRun } = await import('./cloud/for-run.ts');
  const mustAnswer = command !== 'check';
  return openForRun({ io, access, cluster, session, ports, facts, stop, mustAnswer });
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
    authzDomain: cluster.domains.authz,
    administration: administrationOf(cluster, session, standIn),
    ...(data !== undefined && { dataNode: data }),
    ...(io.environment.IAM_HA_WIZARD_LAB !== undefined && {
      lab: io.environment.IAM_HA_WIZARD_LAB,
    }),
  };
}
