import {
  EXIT,
  InterruptedError,
  type Ipv4Address,
  message,
  type NodeFacts,
  type NodeName,
  OperatorError,
  type Ports,
  type Problem,
  problem,
} from '../../model/index.ts';
import { parseAtWork } from './at-work.ts';
import { type LockRequest, type LockState, parseLock, releaseSnippet } from './lock.ts';
import { factsSections, parseFacts } from './parse.ts';
import { factsScript } from './script.ts';

/** What is to be found out of one node. */
export interface FactsWanted {
  readonly node: NodeName;
  readonly address: Ipv4Address;
  readonly peers: readonly Ipv4Address[];
  readonly units: readonly string[];
  readonly packages: readonly string[];
  readonly tools: readonly string[];
  readonly programs?: readonly string[];
  readonly inCloud?: boolean;
}

/** How every node's lock is taken, in the same round trip. */
export interface LockWish {
  /** Written into the lock as it is. */
  readonly holder: { readonly token: string };
  /** Tokens of dead processes of our own session. */
  readonly takeOver: readonly string[];
  /** Nodes whose lock may be broken. */
  readonly breakLocks: readonly string[];
}

const FACTS_TIMEOUT_MS = 30_000;
/** The longest step is an installation on a slow line. */
const AT_WORK_TIMEOUT_MS = 1_800_000;
const AT_WORK_PAUSE_MS = 500;

interface Gathered {
  readonly facts: NodeFacts;
  readonly lock: LockState | null;
  /** Steps of an earlier run that have not ended yet. */
  readonly atWork: readonly string[];
}

/**
 * The facts of every node, and its lock: one round trip a node, side by side.
 *
 * @throws OperatorError when a node does not answer; "lock-held" (75) when somebody else works
 *   there: then the locks that were taken are given back
 */
export async function gatherFacts(
  wanted: readonly FactsWanted[],
  ports: Ports,
  wish?: LockWish,
): Promise<ReadonlyMap<NodeName, NodeFacts>> {
  const all = await Promise.all(wanted.map((one) => gatherSettled(one, ports, wish)));
  if (wish) await verifyLocks(all, ports, wish);
  return new Map(all.map(({ facts }) => [facts.node, facts]));
}

/** Gathers again until no step of an earlier run is at work: only then are facts and probes true. */
async function gatherSettled(
  wanted: FactsWanted,
  ports: Ports,
  wish?: LockWish,
): Promise<Gathered> {
  const { node } = wanted;
  const deadline = ports.clock.now() + AT_WORK_TIMEOUT_MS;
  for (let told = false; ; told = true) {
    const gathered = await gatherOne(wanted, ports, wish);
    const [step] = gathered.atWork;
    if (!step) return gathered;
    if (ports.stop.requested) throw new InterruptedError();
    if (ports.clock.now() >= deadline)
      throw new OperatorError(problem('step-still-at-work', { step }, { node }));
    if (!told)
      ports.emit({ type: 'progress', stage: '', node, text: message('step-awaited', { step }) });
    await ports.clock.sleep(AT_WORK_PAUSE_MS, ports.stop.signal);
  }
}

async function gatherOne(wanted: FactsWanted, ports: Ports, wish?: LockWish): Promise<Gathered> {
  const { node, address, ...rest } = wanted;
  const lock = wish && { lock: lockRequest(node, wish) };
  const script = factsScript({ nodeAddress: address, ...rest, ...lock });
  const sentAtMs = ports.clock.now();
  const result = await ports.nodes.run(node, script, { timeoutMs: FACTS_TIMEOUT_MS });
  const receivedAtMs = ports.clock.now();
  if (result.kind === 'disconnected') throw new OperatorError(result.problem);
  if (result.kind === 'timed-out') {
    throw new OperatorError(
      problem('action-timed-out', { seconds: result.afterMs / 1000 }, { node }),
    );
  }
  const sections = factsSections(result.stdout);
  return {
    facts: parseFacts(node, result.stdout, { sentAtMs, receivedAtMs }),
    lock: wish ? parseLock(sections.get('lock') ?? '') : null,
    atWork: parseAtWork(sections.get('at-work') ?? ''),
  };
}

export function lockRequest(
  node: NodeName,
  { holder, takeOver, breakLocks }: LockWish,
): LockRequest {
  return {
    token: holder.token,
    content: JSON.stringify(holder),
    takeOver,
    breakLock: breakLocks.includes(node),
  };
}

async function verifyLocks(
  all: readonly Gathered[],
  ports: Ports,
  { holder }: LockWish,
): Promise<void> {
  const problems = all.flatMap(({ facts, lock }) => lockProblem(facts.node, lock));
  const [first, ...others] = problems;
  if (first) {
    const release = releaseSnippet(holder.token);
    const give = (node: NodeName) => ports.nodes.run(node, release, { timeoutMs: 5000 });
    await Promise.allSettled(all.map(({ facts }) => give(facts.node)));
    throw new OperatorError([first, ...others], EXIT.locked);
  }
  await ports.journal.append(
    all.flatMap(({ facts, lock }) =>
      lock?.kind === 'taken-over'
        ? [{ type: 'lock-taken-over' as const, node: facts.node, from: describe(lock.from) }]
        : [],
    ),
  );
}

function describe({
  user,
  host,
  pid,
  since,
}: {
  user: string;
  host: string;
  pid: string;
  since: string;
}) {
  return `${user}@${host} pid ${pid} since ${since}`;
}

/** Why the node is not ours; none: it is. */
export function lockProblem(node: NodeName, lock: LockState | null): readonly Problem[] {
  if (lock?.kind === 'taken' || lock?.kind === 'taken-over') return [];
  if (lock?.kind === 'held') {
    const { session, user, host, pid, since } = lock.by;
    return [problem('lock-held', { session, user, host, pid, since }, { node })];
  }
  return [problem('lock-failed', {}, { node, detail: lock?.detail ?? '' })];
}
