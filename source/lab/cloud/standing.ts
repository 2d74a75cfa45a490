import { catchUp, nextDue } from './agenda.ts';
import type { LogEntry } from './api.ts';
import { type Announcement, Arp, type ArpAnswer } from './arp.ts';
import { type Bill, billOf } from './billing.ts';
import { type Context, emptyState, type Pace } from './context.ts';
import { Events } from './events.ts';
import { Faults } from './faults.ts';
import { History } from './history.ts';
import { Ids } from './ids.ts';
import { RateLimit } from './rate-limit.ts';
import type { SecretPair } from './signature.ts';
import { loadState, saveState } from './state-file.ts';
import type { World } from './types.ts';

export interface CloudOptions {
  readonly world: World;
  /** By SecretId. */
  readonly secrets: Readonly<Record<string, SecretPair>>;
  /** Default: 500 ms a task, no delay after an announcement. */
  readonly pace?: Partial<Pace>;
  readonly seed?: string;
  /** Where the state is kept, so that a killed stand-in comes back as it was. */
  readonly stateFile?: string;
  /** After everything that may have changed the state, once it is kept. */
  readonly onSaved?: (context: Context) => void;
  /** The clock of tasks and bills, before it is put ahead; a test may hold it still. */
  readonly wall?: () => number;
  /** The clock that signatures go by. */
  readonly signingClock?: () => number;
}

const LOG_LIMIT = 10_000;

/** The stand-in without its server: everything that it knows, at a virtual time. */
export class Standing {
  readonly context: Context;
  readonly secrets: ReadonlyMap<string, SecretPair>;
  readonly ids: Ids;
  readonly events = new Events();
  readonly faults = new Faults();
  readonly history = new History();
  readonly rate = new RateLimit();
  readonly log: LogEntry[] = [];
  /** The role that every machine has, if any: its name. */
  role: string | undefined;
  readonly signingMs: () => number;
  readonly #wall: () => number;
  readonly #stateFile: string | undefined;
  readonly #onSaved: CloudOptions['onSaved'];
  #arp = new Arp();
  #timer: NodeJS.Timeout | undefined;

  constructor(options: CloudOptions) {
    this.#wall = options.wall ?? Date.now;
    this.signingMs = options.signingClock ?? Date.now;
    this.#stateFile = options.stateFile;
    this.#onSaved = options.onSaved;
    this.secrets = new Map(Object.entries(options.secrets));
    this.ids = new Ids(options.seed ?? 'stand-in');
    const state = loadState(options.stateFile);
    this.context = {
      world: options.world,
      state,
      pace: { taskMs: 500, arpDelayMs: 0, ...options.pace },
      atMs: 0,
      emit: (event) => this.events.emit(event, this.context.atMs),
    };
    this.history.record(this.context);
    this.catchUp();
  }

  #nowMs(): number {
    return this.#wall() + this.context.state.aheadMs;
  }

  /** Does what has become due. */
  catchUp(): void {
    if (catchUp(this.context, this.#nowMs())) {
      this.history.record(this.context);
      this.save();
    }
  }

  /** To the disk; and sees to it that what is due next happens without a request, too. */
  save(): void {
    saveState(this.#stateFile, this.context.state);
    this.#onSaved?.(this.context);
    clearTimeout(this.#timer);
    const next = nextDue(this.context);
    if (next === undefined) return;
    const waitMs = Math.max(1, next - this.#nowMs());
    this.#timer = setTimeout(
      () => {
        this.catchUp();
        this.save();
      },
      Math.min(waitMs, 60_000),
    ).unref();
  }

  /** Keeps the last of them: a lab may be up for weeks. */
  note(entry: LogEntry): void {
    this.log.push(entry);
    if (this.log.length > LOG_LIMIT) this.log.shift();
  }

  stop(): void {
    clearTimeout(this.#timer);
  }

  announce(announcement: Announcement): ArpAnswer {
    this.catchUp();
    const answer = this.#arp.announce(this.context, announcement);
    this.history.record(this.context);
    this.save();
    return answer;
  }

  bill(): Bill {
    this.catchUp();
    return billOf(this.context);
  }

  advance(ms: number): void {
    this.context.state.aheadMs += ms;
    this.catchUp();
    this.save();
  }

  /** As the cloud may do at any time. */
  forgetTokens(): void {
    this.context.state.tokens = {};
    this.save();
  }

  reset(): void {
    this.context.state = { ...emptyState(), aheadMs: this.context.state.aheadMs };
    this.faults.clear();
    this.history.clear();
    this.history.record(this.context);
    this.log.length = 0;
    this.#arp = new Arp();
    this.save();
  }
}
