import type { ConnectAction, HttpAction, LocalAction, UploadAction } from './action.ts';
import type { CloudPort } from './cloud.ts';
import type { EventBody } from './event.ts';
import type { JournalBody, JournalRecord } from './journal/records.ts';
import type { Message, Problem } from './message.ts';
import type { ConnectResult, HttpResult, RunResult } from './observation.ts';
import type { AskedHow, ProbeTarget, Sample } from './prober.ts';
import type { Content } from './secret.ts';
import type { NodeName } from './values.ts';

export interface RunOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  readonly onOutput?: (text: string) => void;
}

export interface UploadRunOptions extends RunOptions {
  /** How far it is, in bytes as they travel; without them, what a person should read and keep. */
  readonly onProgress?: (text: Message, done?: number, total?: number) => void;
}

/** The nodes, as the engine sees them. Every call but an upload is one round trip. */
export interface NodesPort {
  /** Runs a bash script as root. Its end is a value; it throws only for bugs. */
  run(node: NodeName, script: Content, options: RunOptions): Promise<RunResult>;
  upload(action: UploadAction, options: UploadRunOptions): Promise<RunResult>;
  /** Commands sent and answered so far, by node. */
  roundTrips(): Readonly<Record<string, number>>;
}

/** One request from a vantage; never throws. */
export type HttpPort = (action: HttpAction) => Promise<HttpResult>;

/** One connection from a vantage; never throws. */
export type ConnectPort = (action: ConnectAction) => Promise<ConnectResult>;

/** One script on the operator's computer; never throws. */
export type LocalPort = (action: LocalAction) => Promise<RunResult>;

export interface Clock {
  /** Milliseconds since the epoch. */
  now(): number;
  sleep(ms: number, signal?: AbortSignal): Promise<void>;
}

/** Where originals of changed files are kept, by the sha256 of their content. */
export interface BackupsPort {
  put(content: Buffer): Promise<string>;
  get(sha256: string): Promise<Buffer>;
}

/** The session's memory: append-only; an append has reached the disk when it resolves. */
export interface JournalPort {
  append(records: readonly JournalBody[]): Promise<void>;
  /** Every record so far, those of earlier runs included. */
  records(): readonly JournalRecord[];
}

/** How a run stops early: gently (finish the action in hand) or at once. */
export interface Stopper {
  /** True once the operator has asked to stop. */
  readonly requested: boolean;
  /** Aborted when the operator insists: remote steps go on by themselves. */
  readonly signal: AbortSignal;
}

/** A sample, and the target it belongs to: its place in the list. */
export interface ProbedSample {
  readonly target: number;
  readonly sample: Sample;
}

/** A running measurement of what clients see. */
export interface Measuring {
  /** Now, on the samples' clock: milliseconds since the epoch. */
  nowMs(): number;
  /** What ended since the `index`-th sample, over all targets; or only over those that `isOf` takes. */
  samplesSince(index: number, isOf?: (target: number) => boolean): readonly Sample[];
  /** The same with the target of each: its place in the list. */
  endedSince(index: number): readonly ProbedSample[];
  /** Each so-manieth time of the schedule at which this target, by place, is asked. Absent: as its own `every`. */
  everyOf?(place: number): number | undefined;
  /** How this target, by place, is asked from a third machine; undefined: it is not asked from one. */
  askedHow?(place: number): AskedHow | undefined;
  /** Targets, by place, from where nobody can ask, and why: they have no samples. Absent: none. */
  readonly absent?: ReadonlyMap<number, Problem>;
  /** Sends nothing more, and gives each target's samples. */
  stop(): Promise<readonly (readonly Sample[])[]>;
}

/** Starts to measure, at a fixed rate at each target. */
export type ProberPort = (
  targets: readonly ProbeTarget[],
  ratePerSecond: number,
) => Promise<Measuring>;

export interface Ports {
  readonly nodes: NodesPort;
  readonly http: HttpPort;
  readonly connect: ConnectPort;
  readonly local: LocalPort;
  readonly prober: ProberPort;
  /** Only where the cluster file names a cloud that we speak to. */
  readonly cloud?: CloudPort;
  readonly clock: Clock;
  readonly journal: JournalPort;
  readonly backups: BackupsPort;
  readonly stop: Stopper;
  /** Randomness for names that must not be guessed or repeated. */
  readonly nonce: () => string;
  readonly emit: (event: EventBody) => void;
}
