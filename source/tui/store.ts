import {
  type EngineEvent,
  emptyRunState,
  type Message,
  message,
  type RunState,
  reduceRun,
} from '../model/index.ts';
import type { Language, Style } from '../text/index.ts';
import type { Scene } from './scenes.ts';
import { freshLocal, type Local } from './screen.ts';

/** Everything that the screens draw. Made anew at each flush, never changed. */
export interface Snapshot {
  readonly scene: Scene;
  /** Counts scenes: a screen's own memory begins anew with each. */
  readonly sceneNumber: number;
  /** What the screen remembers of its own; begins anew with each scene. */
  readonly local: Local;
  /** The help over the screen, as far as it is scrolled; absent: closed. */
  readonly help?: number | undefined;
  readonly run: RunState;
  readonly language: Language;
  readonly style: Style;
  /** Why the last key did nothing. */
  readonly notice?: Message | undefined;
  /** Milliseconds since the epoch; stands still at rest. */
  readonly now: number;
}

/** At most this often what the engine says becomes a frame: 200 lines a second must not slow a key. */
const FLUSH_MS = 100;
/** Time is drawn as time, while something is at work. */
const TICK_MS = 1000;

export interface Store {
  snapshot(): Snapshot;
  /** What the engine has said so far, drawn or not yet. */
  state(): RunState;
  subscribe(listener: () => void): () => void;
  /** What the engine says: drawn with the next flush. */
  event(event: EngineEvent): void;
  /** Events of another run begin. */
  clearRun(): void;
  /** What is on the screen: drawn at once. */
  show(scene: Scene): void;
  /** The same scene with other data: the screen keeps its memory. */
  update(scene: Scene): void;
  /** Another language; where it cannot be written, why not is drawn instead. */
  speak(language: Language): void;
  /** What a key has changed of the screen itself: drawn at once. */
  remember(change: { readonly local?: Local; readonly help?: number | undefined }): void;
  close(): void;
}

export interface StoreOptions {
  readonly scene: Scene;
  readonly language: Language;
  readonly style: Style;
  readonly now: () => number;
}

function isAtWork(scene: Scene): boolean {
  return ['work', 'busy', 'drill-running', 'watch'].includes(scene.kind);
}

/** Collects what is to be drawn, and tells those who draw: scenes at once, events ten times a second. */
export function createStore(options: StoreOptions): Store {
  const { scene, language, style, now } = options;
  let current: Snapshot = {
    scene,
    sceneNumber: 0,
    local: freshLocal(scene),
    run: emptyRunState,
    language,
    style,
    now: now(),
  };
  let run = emptyRunState;
  let flush: NodeJS.Timeout | undefined;
  let tick: NodeJS.Timeout | undefined;
  const listeners = new Set<() => void>();
  const publish = (change: Partial<Snapshot>) => {
    clearTimeout(flush);
    flush = undefined;
    current = { ...current, run, now: now(), ...change };
    for (const listener of listeners) listener();
  };
  const later = () => {
    flush ??= setTimeout(() => publish({}), FLUSH_MS);
  };
  const keepTime = () => {
    clearInterval(tick);
    tick = isAtWork(current.scene) ? setInterval(later, TICK_MS) : undefined;
  };
  const put = (change: Partial<Snapshot>) => {
    publish(change);
    keepTime();
  };
  return {
    snapshot: () => current,
    state: () => run,
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    event: (event) => {
      run = reduceRun(run, event);
      later();
    },
    clearRun: () => {
      run = emptyRunState;
    },
    show: (next) =>
      put({
        scene: next,
        sceneNumber: current.sceneNumber + 1,
        local: freshLocal(next),
        help: undefined,
        notice: undefined,
      }),
    update: (next) => put({ scene: next }),
    remember: (change) => publish({ ...change, notice: undefined }),
    speak: (chosen) => {
      const isWritable = chosen !== 'zh' || !style.latin;
      publish(isWritable ? { language: chosen } : { notice: message('tui-latin-only') });
    },
    close: () => {
      clearTimeout(flush);
      clearInterval(tick);
      listeners.clear();
    },
  };
}
