import { InterruptedError, type Problem, type RunState } from '../../model/index.ts';
import type { Language, Style } from '../../text/index.ts';
import { createStore, type Intent, type Mounted, mount, type Scene } from '../../tui/index.ts';
import type { Face } from '../faces/face.ts';
import { Leave } from './leave.ts';
import { stopUntilForeground } from './terminal.ts';

/** What the operator can want of a scene; leaving is thrown. */
export type Answer = Exclude<Intent, { kind: 'quit' | 'home' | 'stop' | 'suspend' }>;

/** The screen, as the wiring uses it: it shows scenes, and waits for what the operator wants. */
export interface Theatre {
  /** Shows it and waits. @throws Leave; InterruptedError when a signal came */
  ask(scene: Scene): Promise<Answer>;
  show(scene: Scene): void;
  /** What is on the screen now. */
  scene(): Scene;
  /** The same scene with other data. */
  update(scene: Scene): void;
  readonly face: Face;
  readonly language: () => Language;
  readonly style: Style;
  readonly run: () => RunState;
  readonly clearRun: () => void;
  /** Problems that the engine has told since they were last taken. */
  takeProblems(): readonly Problem[];
  /** Lends the terminal to another program (an editor). */
  lend(use: () => Promise<void>): Promise<void>;
  /** Ends what waits: a signal came. */
  interrupt(exitCode: number): void;
  close(): void;
  /** Rejects when drawing failed. */
  readonly gone: Promise<unknown>;
}

export interface TheatreOptions {
  readonly scene: Scene;
  readonly language: Language;
  readonly style: Style;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly screenReader: boolean;
}

interface Waiting {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (why: Error) => void;
}

/** Opens the screen. */
export function openTheatre(options: TheatreOptions): Theatre {
  const store = createStore({ ...options, now: Date.now });
  let waiting: Waiting | undefined;
  let interrupted: number | undefined;
  let problems: Problem[] = [];
  const settle = (use: (one: Waiting) => void) => {
    const one = waiting;
    waiting = undefined;
    if (one) use(one);
    return one !== undefined;
  };
  const send = (intent: Intent) => {
    if (intent.kind === 'home' || intent.kind === 'quit') {
      const to = intent.kind === 'home' ? 'home' : 'shell';
      // at work nobody waits for an answer: what is in hand is finished first
      if (!settle(({ reject }) => reject(new Leave(to)))) interruptOurselves();
    } else if (intent.kind === 'stop') interruptOurselves();
    else if (intent.kind !== 'suspend') settle(({ resolve }) => resolve(intent));
  };
  const mounted: Mounted = mount({ ...options, store, send, stopped: stopUntilForeground });
  return {
    ask: (scene) =>
      new Promise<Answer>((resolve, reject) => {
        if (interrupted !== undefined) return reject(new InterruptedError(interrupted));
        waiting = { resolve, reject };
        store.show(scene);
      }),
    show: store.show,
    scene: () => store.snapshot().scene,
    update: store.update,
    face: {
      show: (event) => {
        if (event.type === 'problem') problems.push(event.problem);
        store.event(event);
      },
      settle: () => {},
    },
    language: () => store.snapshot().language,
    style: options.style,
    run: () => store.state(),
    clearRun: store.clearRun,
    takeProblems: () => {
      const taken = problems;
      problems = [];
      return taken;
    },
    lend: (use) => mounted.lend(use),
    interrupt: (exitCode) => {
      interrupted = exitCode;
      const { scene } = store.snapshot();
      if (scene.kind === 'work' || scene.kind === 'drill-running')
        store.update({ ...scene, stopping: true });
      settle(({ reject }) => reject(new InterruptedError(exitCode)));
    },
    close: () => {
      store.close();
      mounted.unmount();
    },
    gone: mounted.gone,
  };
}

/** The same way as a signal from outside: a run finishes the action in hand, and says so. */
function interruptOurselves(): void {
  process.kill(process.pid, 'SIGINT');
}
