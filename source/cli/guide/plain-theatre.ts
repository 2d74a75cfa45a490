import { InterruptedError, type Problem } from '../../model/index.ts';
import type { Language, Style } from '../../text/index.ts';
import { draw, isTyping, keysInForce, press, type as typeText } from '../../tui/brain.ts';
import { type Canvas, canvasOf } from '../../tui/canvas.ts';
import { drawLine } from '../../tui/lines.ts';
import type { Intent, Scene } from '../../tui/scenes.ts';
import { createStore, type Store } from '../../tui/store.ts';
import type { Face } from '../faces/face.ts';
import type { Prompter } from '../prompts.ts';
import { Leave } from './leave.ts';
import type { Answer, Theatre } from './theatre.ts';

export interface PlainTheatreOptions {
  readonly scene: Scene;
  readonly language: Language;
  readonly style: Style;
  readonly columns: () => number;
  readonly write: (text: string) => void;
  readonly prompter: Prompter;
  /** Says what is done while it is done. */
  readonly face: Face;
}

/**
 * The same screens, one below the other, for a terminal that can do nothing else: the keys are
 * letters before an Enter, a list's line is named by its number.
 */
export function openPlainTheatre(options: PlainTheatreOptions): Theatre {
  const store = createStore({ ...options, now: Date.now });
  const { face, prompter } = options;
  let interrupted: number | undefined;
  let problems: Problem[] = [];
  const ask = async (scene: Scene): Promise<Answer> => {
    store.show(scene);
    face.settle();
    for (;;) {
      if (interrupted !== undefined) throw new InterruptedError(interrupted);
      print(options, store);
      const intents = await read(options, store, prompter);
      for (const intent of intents) {
        if (intent.kind === 'quit' || intent.kind === 'stop') throw new Leave('shell');
        if (intent.kind === 'home') throw new Leave('home');
        if (intent.kind !== 'suspend') return intent;
      }
    }
  };
  return {
    ask,
    show: store.show,
    scene: () => store.snapshot().scene,
    update: store.update,
    face: {
      show: (event) => {
        if (event.type === 'problem') problems.push(event.problem);
        store.event(event);
        // the plan is what the stage's own screen shows
        const isPlan = 'state' in event && event.state === 'planned';
        if (!isPlan && event.type !== 'problem') face.show(event);
      },
      settle: face.settle,
    },
    language: () => store.snapshot().language,
    style: options.style,
    run: store.state,
    clearRun: store.clearRun,
    takeProblems: () => {
      const taken = problems;
      problems = [];
      return taken;
    },
    lend: (use) => use(),
    interrupt: (exitCode) => {
      interrupted = exitCode;
    },
    close: store.close,
    gone: new Promise(() => undefined),
  };
}

function canvasFor({ style, columns }: PlainTheatreOptions, store: Store): Canvas {
  const { language, now } = store.snapshot();
  return canvasOf({ columns: columns(), rows: 24, language, style, now, spoken: true });
}

function print(options: PlainTheatreOptions, store: Store): void {
  const { rows } = draw(store.snapshot(), canvasFor(options, store));
  const text = rows.map((row) => drawLine(options.style, row).trimEnd()).join('\n');
  options.write(`\n${text.replaceAll(/\n{3,}/g, '\n\n')}\n`);
}

/** A line of the operator's: text where text is asked for, else keys, or a list's number. */
async function read(
  options: PlainTheatreOptions,
  store: Store,
  prompter: Prompter,
): Promise<readonly Intent[]> {
  const { scene } = store.snapshot();
  const isSecret = scene.kind === 'ask' && scene.secret;
  const line = isSecret ? await prompter.askSecret('') : await prompter.askLine(': ');
  // the end of input: nobody is there any more
  if (line === null) return [{ kind: 'quit' }];
  const canvas = canvasFor(options, store);
  if (isTyping(store.snapshot())) {
    take(store, typeText(store.snapshot(), line));
    return take(store, press(store.snapshot(), canvas, 'enter'));
  }
  const number = /^\d{1,3}$/.test(line) ? Number(line) : undefined;
  const keys = keysInForce(store.snapshot(), canvas);
  if (number !== undefined && keys.some(({ action }) => action === 'up')) choose(store, number - 1);
  const pressed = line === '' || number !== undefined ? ['enter'] : [...line];
  return pressed.flatMap((one) => take(store, press(store.snapshot(), canvas, one)));
}

function choose(store: Store, selected: number): void {
  const { scene, local } = store.snapshot();
  const pane = scene.kind === 'question' ? 'moved' : local.pane;
  store.remember({ local: { ...local, selected, pane } });
}

function take(store: Store, step: ReturnType<typeof press>): readonly Intent[] {
  if (step.language) store.speak(store.snapshot().language === 'en' ? 'zh' : 'en');
  if (step.local) store.remember({ local: step.local });
  if (step.helpChanged) store.remember({ help: step.help });
  return step.intent ? [step.intent] : [];
}
