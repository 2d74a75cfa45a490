import {
  InterruptedError,
  type ProbedSample,
  type ProbeTarget,
  type Sample,
} from '../../model/index.ts';
import { type Collector, createCollector } from './collector.ts';
import type { Forward } from './forward.ts';
import { startForwarded } from './forwarded.ts';
import type { RemoteChild } from './remote-child.ts';
import { startRemote } from './remote-prober.ts';
import type { IndexedTarget } from './schedule.mjs';
import { epochMs, measureOrigin } from './schedule.mjs';
import { type Plan, type Prober, type Report, startThread } from './thread.ts';

export interface ProberOptions {
  /** Requests a second at each target: 1 to 1,000. */
  readonly ratePerSecond: number;
  /** Stops it, as `stop()` does. */
  readonly signal?: AbortSignal;
  /** Needed for every vantage but `here`, unless a child of ours asks there. */
  readonly forward?: Forward;
  /** Our program on a third machine, where it can ask this target. It is ended with the prober. */
  readonly childOf?: (target: ProbeTarget) => RemoteChild | undefined;
  /** Targets, by place, that are not asked: nobody can stand there. They have no samples. */
  readonly absent?: ReadonlySet<number>;
}

/** A moment worth remembering beside the samples, on the samples' clock. */
export interface Marker {
  readonly name: string;
  /** Since 1970. */
  readonly atMs: number;
}

export interface ProberHandle {
  /** The scheduled time of every target's first request, since 1970. */
  readonly startMs: number;
  readonly ratePerSecond: number;
  /** Now, on the samples' clock. */
  nowMs(): number;
  /** What ended since (and with) the `index`-th; at most 100 ms old. */
  samplesSince(index: number): readonly ProbedSample[];
  readonly markers: readonly Marker[];
  mark(name: string): Marker;
  /** The first ok sample of a target, or undefined when there is none in time. */
  waitForFirstOk(targetIndex: number, timeoutMs: number): Promise<Sample | undefined>;
  /**
   * Sends nothing more, waits for what is under way (3 s at most), and gives all samples of each
   * target, by scheduled time. Rejects if the prober died: then there is no measurement.
   */
  stop(): Promise<readonly (readonly Sample[])[]>;
}

/** From "start" to the first request: time for the message to reach the thread. */
const LEAD_MS = 20;
/** The same to a third machine, beside the way there: this thread has its hands full at a start. */
const REMOTE_LEAD_MS = 150;
/** Who answered, where nginx or a proxy before it says so. */
const NODE_HEADERS = ['x-iam-node', 'x-served-by'];
const BACKEND_HEADERS = ['x-iam-backend'];

/**
 * Sends requests to each target on a fixed schedule, each on a new connection, until stopped.
 * @throws InterruptedError when the signal has already been given
 */
export async function startProber(
  targets: readonly ProbeTarget[],
  options: ProberOptions,
): Promise<ProberHandle> {
  const { ratePerSecond, signal, absent = new Set() } = options;
  verifyVantages(targets, options);
  if (!(ratePerSecond >= 1 && ratePerSecond <= 1000)) throw new RangeError(`${ratePerSecond}/s`);
  if (signal?.aborted) throw new InterruptedError();
  const originMs = measureOrigin();
  let startMs = 0;
  const collector = createCollector(targets.length, (n) => startMs + (n * 1000) / ratePerSecond);
  const asked = indexed(targets).filter(({ index }) => !absent.has(index));
  const plan = { originMs, ratePerSecond, targets: asked };
  const { probers, leadMs } = await prepare(plan, options, collector.add);
  startMs = epochMs(originMs) + leadMs;
  for (const prober of probers) {
    prober.died.catch(collector.end);
    prober.start(startMs);
  }
  const stop = stopOnce(probers, collector);
  stopOnSignal(stop, signal);
  return { ...createMarkers(originMs), ...view(collector), startMs, ratePerSecond, stop };
}

function verifyVantages(
  targets: readonly ProbeTarget[],
  { forward, childOf }: ProberOptions,
): void {
  if (forward || targets.every((one) => one.vantage.kind === 'here' || childOf?.(one))) return;
  throw new TypeError('another machine needs forward');
}

function indexed(targets: readonly ProbeTarget[]): readonly IndexedTarget[] {
  return targets.map((target, index) => ({
    nodeHeaders: NODE_HEADERS,
    backendHeaders: BACKEND_HEADERS,
    ...target,
    index,
  }));
}

interface Prepared {
  readonly probers: readonly Prober[];
  /** From "start" to the first request. */
  readonly leadMs: number;
}

/** Those here, those of each third machine that has our program, and those that sshd opens. */
async function prepare(
  plan: Plan,
  { forward, childOf = () => undefined }: ProberOptions,
  report: Report,
): Promise<Prepared> {
  const here = plan.targets.filter(({ vantage }) => vantage.kind === 'here');
  const remote = plan.targets.filter(({ vantage }) => vantage.kind !== 'here');
  const children = new Set(remote.map(childOf));
  const probers: Prober[] = [];
  let leadMs = LEAD_MS;
  if (here.length > 0) probers.push(await startThread({ ...plan, targets: here }, report));
  for (const child of children) {
    const targets = remote.filter((one) => childOf(one) === child);
    if (child) {
      probers.push(startRemote({ ...plan, targets }, child, report));
      leadMs = Math.max(leadMs, REMOTE_LEAD_MS + 2 * child.clock.roundTripMs);
    } else if (forward) probers.push(startForwarded({ ...plan, targets }, forward, report));
  }
  return { probers, leadMs };
}

function view(collector: Collector): Pick<ProberHandle, 'samplesSince' | 'waitForFirstOk'> {
  return { samplesSince: collector.since, waitForFirstOk: collector.firstOk };
}

function createMarkers(originMs: number): Pick<ProberHandle, 'markers' | 'mark' | 'nowMs'> {
  const markers: Marker[] = [];
  const nowMs = () => epochMs(originMs);
  return {
    nowMs,
    markers,
    mark(name) {
      const marker = { name, atMs: nowMs() };
      markers.push(marker);
      return marker;
    },
  };
}

function stopOnce(probers: readonly Prober[], collector: Collector): ProberHandle['stop'] {
  let stopping: ReturnType<ProberHandle['stop']> | undefined;
  const stopAll = async () => {
    try {
      await Promise.all(probers.map((prober) => prober.stop()));
    } finally {
      collector.end();
    }
    return collector.byTarget();
  };
  return () => {
    stopping ??= stopAll();
    return stopping;
  };
}

function stopOnSignal(stop: ProberHandle['stop'], signal?: AbortSignal): void {
  // A rejection is for whoever calls stop() for the samples.
  const onAbort = () => void stop().catch(() => {});
  signal?.addEventListener('abort', onAbort, { once: true });
  if (signal?.aborted) onAbort();
}
