import type { Problem, RunState } from '../model/index.ts';
import type { Canvas } from './canvas.ts';
import type { Action, ScreenId } from './keys.ts';
import type { Line } from './lines.ts';
import type { Intent, Journey, Scene } from './scenes.ts';
import { emptyField, fieldOf, type TextField } from './text-field.ts';

/** What a screen remembers of its own: which line is chosen, how far it is scrolled, what is open. */
export interface Local {
  readonly selected: number;
  readonly scroll: number;
  /** What is open over the screen's first view ("diff", "why", "output"); empty: nothing. */
  readonly pane: string;
  readonly field: TextField;
  /** What was typed has been refused: why, where there is more to say than that. */
  readonly refused?: Problem | true;
}

export function freshLocal(scene: Scene): Local {
  const field = scene.kind === 'ask' && scene.initial ? fieldOf(scene.initial) : emptyField;
  return { selected: 0, scroll: 0, pane: '', field };
}

/** Everything a screen is drawn from, and decides by. */
export interface Props<S extends Scene = Scene> {
  readonly scene: S;
  readonly run: RunState;
  readonly local: Local;
  readonly canvas: Canvas;
}

/** What an action comes to: the screen's own memory changes, or the operator wants something. */
export interface Reaction {
  readonly local?: Local;
  readonly intent?: Intent;
}

/** A screen, drawn: the frame puts the parts where they always stand. */
export interface Drawn {
  /** The title bar, left and right; a journey has its own. */
  readonly title?: readonly [Line, Line];
  readonly journey?: Journey;
  /** Always to be seen, above what scrolls. */
  readonly head?: readonly Line[];
  /** Scrolls where there is no room for all of it. */
  readonly body: readonly Line[];
  /** The line of the body that must be seen. */
  readonly focus?: number;
  /** Below what scrolls. The first to go where there is no room. */
  readonly foot?: readonly Line[];
  /** How many rows it has at least, where there is room: so that it does not move the rest. */
  readonly footRows?: number;
}

/** A room for a screen's content, in cells. */
export interface Room {
  readonly columns: number;
  readonly rows: number;
}

/** A component: a key map, a reducer and a view. All pure. */
export interface Screen<S extends Scene = Scene> {
  /** Which map of `keys.ts` is in force. */
  keys(props: Props<S>): ScreenId;
  /** Which actions of that map do something now: the others are not in the footer. */
  offers(props: Props<S>): readonly Action[];
  react(props: Props<S>, action: Action): Reaction;
  draw(props: Props<S>, room: Room): Drawn;
  /** Whether letters are text. Absent: they are keys. */
  types?(scene: S): boolean;
}
