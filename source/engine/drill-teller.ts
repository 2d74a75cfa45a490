import {
  type ClockBounds,
  type DrillLive,
  type DrillTrace,
  type Follow,
  type LiveDrill,
  type LiveSample,
  type Measuring,
  NOTHING_KNOWN,
  type NodeName,
  narrow,
  offsetMs,
  type Phases,
  type Ports,
  reduceLive,
  type Sample,
  traceOf,
} from '../model/index.ts';
import { type PlacedSign, phasesOf } from './drill-phases.ts';

export interface TellerOptions {
  readonly id: string;
  readonly run: number;
  readonly victim: NodeName;
  /** Lost on the way, and followed again when it is back. */
  readonly away?: NodeName | undefined;
  readonly frontends: readonly NodeName[];
  readonly follow?: (node: NodeName) => Follow;
  readonly ports: Ports;
}

/** Batches of samples: ten a second is as fast as an eye follows. */
const PUMP_MS = 100;
/** Longer than any drill: what is left of a dead wizard ends by itself. */
const FOLLOW_MS = 10 * 60_000;
/** A node that is away is not there at once. */
const AGAIN_MS = 1000;
/** To end what follows on the nodes. */
const FAREWELL_MS = 2000;

/** Says what a drill does while it does it, and dates its phases. Beside the measurement, never in it. */
export class DrillTeller {
  readonly #options: TellerOptions;
  readonly #bounds = new Map<NodeName, ClockBounds>();
  readonly #signs: PlacedSign[] = [];
  readonly #over = new AbortController();
  #following: readonly Promise<void>[] = [];
  #nowMs: () => number;
  #faultMs: number | undefined;
  #phases: Phases = {};
  #pumped = 0;
  #places: readonly number[] = [];
  #vip: Sample[][] = [];
  #drill: LiveDrill | undefined;
  readonly #samples: LiveSample[] = [];

  constructor(options: TellerOptions) {
    this.#options = options;
    this.#nowMs = options.ports.clock.now;
  }

  tell(live: DrillLive): void {
    const { id, run, ports } = this.#options;
    // samples are many: they are put together once, when it is over
    if (live.kind === 'samples') for (const one of live.samples) this.#samples.push(one);
    else this.#drill = reduceLive(this.#drill, id, run, live);
    ports.emit({ type: 'drill-live', id, run, live });
  }

  step(step: Extract<DrillLive, { kind: 'step' }>['step']): void {
    this.tell({ kind: 'step', step, atMs: this.#nowMs() });
  }

  /** From now on the nodes are followed and samples told. @param vip places of the targets that date a failover */
  begin(measuring: Measuring, vip: readonly number[]): void {
    this.#nowMs = () => measuring.nowMs();
    this.#places = vip;
    this.#vip = vip.map(() => []);
    this.#following = this.#options.frontends.map((node) => this.#followNode(node));
    void this.#pumpUntilOver(measuring);
  }

  /** Nothing is followed any more; a node that does not answer is not waited for. */
  async end(): Promise<void> {
    this.#over.abort();
    const ended = new AbortController();
    const patience = this.#options.ports.clock.sleep(FAREWELL_MS, ended.signal);
    await Promise.race([Promise.all(this.#following), patience]);
    ended.abort();
  }

  /** What was told, in short: for the journal. */
  get trace(): DrillTrace | undefined {
    return this.#drill && traceOf({ ...this.#drill, samples: this.#samples });
  }

  get phases(): Phases {
    return this.#phases;
  }

  /** When the fault was, and when the new holder had the address: on the samples' clock. Undefined: it did not move. */
  get failover(): { readonly faultMs: number; readonly addedMs: number } | undefined {
    const { added } = this.#phases;
    if (this.#faultMs === undefined || added === undefined) return undefined;
    return { faultMs: this.#faultMs, addedMs: this.#faultMs + added };
  }

  /** A message that a node dated while we waited for it: the closest look at its clock that there is. */
  dated(node: NodeName, nodeMs: number, askedMs: number): number {
    this.#narrow(node, nodeMs, askedMs);
    return nodeMs - offsetMs(this.#bounds.get(node) ?? NOTHING_KNOWN);
  }

  fault(atMs: number): void {
    this.#faultMs ??= atMs;
    this.tell({ kind: 'fault', atMs: this.#faultMs });
  }

  async #followNode(node: NodeName): Promise<void> {
    const follow = this.#options.follow?.(node);
    if (!follow) return;
    while (await this.#followOnce(node, follow))
      await this.#options.ports.clock.sleep(AGAIN_MS, this.#over.signal);
  }

  /** @returns whether it was lost and may come back */
  async #followOnce(node: NodeName, follow: Follow): Promise<boolean> {
    const askedMs = this.#nowMs();
    let rest = '';
    const onOutput = (text: string) => {
      const lines = (rest + text).split('\n');
      rest = lines.pop() ?? '';
      for (const line of lines) this.#hear(node, follow, line, askedMs);
    };
    const { signal } = this.#over;
    // However it ends, the drill does not need it: what it would have told stays untold.
    const result = await this.#options.ports.nodes
      .run(node, follow.script, { timeoutMs: FOLLOW_MS, signal, onOutput })
      .catch(() => undefined);
    return result?.kind === 'disconnected' && node === this.#options.away && !signal.aborted;
  }

  #hear(node: NodeName, { read }: Follow, line: string, askedMs: number): void {
    for (const sign of read(line)) {
      if (sign.kind !== 'log')
        this.#narrow(node, sign.atMs, sign.kind === 'clock' ? askedMs : undefined);
      if (sign.kind === 'clock') continue;
      const offset = offsetMs(this.#bounds.get(node) ?? NOTHING_KNOWN);
      // The notify script dates its lines by the second: too coarse to place them.
      const atMs = sign.kind === 'log' ? this.#nowMs() : sign.atMs - offset;
      this.#signs.push({ node, atMs, sign });
      if (sign.kind !== 'evidence') this.tell({ ...sign, node, atMs });
    }
    this.#tellPhases();
  }

  #narrow(node: NodeName, nodeMs: number, askedMs?: number): void {
    const known = this.#bounds.get(node) ?? NOTHING_KNOWN;
    const readMs = this.#nowMs();
    this.#bounds.set(
      node,
      narrow(known, nodeMs, { readMs, ...(askedMs !== undefined && { askedMs }) }),
    );
  }

  async #pumpUntilOver(measuring: Measuring): Promise<void> {
    const { ports } = this.#options;
    while (!this.#over.signal.aborted) {
      this.pump(measuring);
      await ports.clock.sleep(PUMP_MS, this.#over.signal);
    }
  }

  /** Tells the samples that have ended since. */
  pump(measuring: Measuring): void {
    const fresh = measuring.endedSince(this.#pumped);
    if (fresh.length === 0) return;
    this.#pumped += fresh.length;
    for (const { target, sample } of fresh) this.#vip[this.#places.indexOf(target)]?.push(sample);
    this.tell({
      kind: 'samples',
      samples: fresh.map(({ target, sample }) => [target, sample.scheduledMs, sample.outcome]),
    });
    this.#tellPhases();
  }

  #tellPhases(): void {
    if (this.#faultMs === undefined) return;
    const { victim } = this.#options;
    const found = phasesOf(this.#signs, { faultMs: this.#faultMs, victim, vip: this.#vip });
    if (JSON.stringify(found) === JSON.stringify(this.#phases)) return;
    this.#phases = found;
    this.tell({ kind: 'phases', phases: found });
  }
}
