import type { Canvas } from './canvas.ts';
import { type Composed, compose } from './compose.ts';
import { helpScreen } from './help.ts';
import { type Action, actionOf, type KeyBinding, keysOf, type Press } from './keys.ts';
import type { Intent } from './scenes.ts';
import type { Local, Props } from './screen.ts';
import { screenOf } from './screens/index.ts';
import type { Snapshot } from './store.ts';
import { insert } from './text-field.ts';

/** What a key comes to, beside what the operator wants. */
export interface Step {
  readonly local?: Local;
  readonly help?: number | undefined;
  readonly helpChanged?: true;
  readonly language?: true;
  readonly intent?: Intent;
}

function propsOf(snapshot: Snapshot, canvas: Canvas): Props {
  const { scene, run, local } = snapshot;
  return { scene, run, local, canvas };
}

/** The screen with its keys; those that scroll are there where there is something to scroll. */
interface Whole {
  readonly keys: readonly KeyBinding[];
  readonly composed: Composed;
}

function whole(snapshot: Snapshot, canvas: Canvas): Whole {
  const keys = keysFor(snapshot, canvas, SCROLLS);
  const composed = drawWith(snapshot, canvas, keys);
  return composed.range > 0 ? { keys, composed } : still(snapshot, canvas);
}

function still(snapshot: Snapshot, canvas: Canvas): Whole {
  const keys = keysFor(snapshot, canvas, []);
  return { keys, composed: drawWith(snapshot, canvas, keys) };
}

const SCROLLS: readonly Action[] = ['up', 'down', 'page-up', 'page-down'];

function keysFor(
  snapshot: Snapshot,
  canvas: Canvas,
  scrolls: readonly Action[],
): readonly KeyBinding[] {
  if (canvas.tooSmall && !canvas.spoken) return keysOf('too-small', []);
  if (snapshot.help !== undefined) return keysOf('help', ['close', ...scrolls]);
  const props = propsOf(snapshot, canvas);
  const screen = screenOf(snapshot.scene);
  return keysOf(screen.keys(props), [...screen.offers(props), ...scrolls]);
}

/** The keys that are in force: of the help where it is open, else of the screen. */
export function keysInForce(snapshot: Snapshot, canvas: Canvas): readonly KeyBinding[] {
  return whole(snapshot, canvas).keys;
}

function drawWith(snapshot: Snapshot, canvas: Canvas, keys: readonly KeyBinding[]): Composed {
  const { help, local, scene, notice } = snapshot;
  if (help !== undefined) {
    return compose({
      canvas,
      keys,
      notice,
      scroll: help,
      draw: (room) => helpScreen(canvas, keysBelow(snapshot, canvas), room),
    });
  }
  const props = propsOf(snapshot, canvas);
  const journey = 'journey' in scene ? scene.journey : undefined;
  const draw = screenOf(scene).draw;
  return compose({
    canvas,
    keys,
    journey,
    notice,
    scroll: local.scroll,
    draw: (room) => draw(props, room),
  });
}

/** The keys of the screen that the help is about. */
function keysBelow(snapshot: Snapshot, canvas: Canvas): readonly KeyBinding[] {
  const props = propsOf(snapshot, canvas);
  const screen = screenOf(snapshot.scene);
  return keysOf(screen.keys(props), [...screen.offers(props), ...SCROLLS]);
}

/** The whole screen. */
export function draw(snapshot: Snapshot, canvas: Canvas): Composed {
  return whole(snapshot, canvas).composed;
}

/** What a press on a key comes to. Pure. */
export function press(snapshot: Snapshot, canvas: Canvas, pressed: Press): Step {
  const keys = keysInForce(snapshot, canvas);
  const action = actionOf(keys, pressed);
  if (action === undefined) return pressed === 'ctrl-c' ? { intent: { kind: 'quit' } } : {};
  const everywhere = whereverItIs(snapshot, canvas, action);
  if (everywhere) return everywhere;
  const screen = screenOf(snapshot.scene);
  const reaction = screen.react(propsOf(snapshot, canvas), action);
  if (reaction.local || reaction.intent) return reaction;
  const { range, page } = draw(snapshot, canvas);
  const { local } = snapshot;
  return { local: { ...local, scroll: scrolled(local.scroll, action, range, page) } };
}

/** Language, help and leaving: the same on every screen. */
function whereverItIs(snapshot: Snapshot, canvas: Canvas, action: Action): Step | undefined {
  if (action === 'language') return { language: true };
  if (action === 'quit') return { intent: { kind: 'quit' } };
  if (snapshot.help !== undefined) {
    if (action === 'close') return { help: undefined, helpChanged: true };
    const { range, page } = draw(snapshot, canvas);
    return { help: scrolled(snapshot.help, action, range, page), helpChanged: true };
  }
  return action === 'help' ? { help: 0, helpChanged: true } : undefined;
}

function scrolled(at: number, action: Action, range: number, page: number): number {
  const by = { up: -1, down: 1, 'page-up': -page, 'page-down': page }[action as string] ?? 0;
  return Math.max(0, Math.min(range, Math.min(at, range) + by));
}

/** Whether letters are text now. */
export function isTyping({ scene, help }: Snapshot): boolean {
  return help === undefined && (screenOf(scene).types?.(scene) ?? false);
}

/** Typed or pasted text, where there is a field for it. */
export function type(snapshot: Snapshot, text: string): Step {
  if (!isTyping(snapshot)) return {};
  const { refused: _, ...local } = snapshot.local;
  return { local: { ...local, field: insert(local.field, text) } };
}
