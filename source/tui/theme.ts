import { type Paint, paint, type Style } from '../text/index.ts';

/** What a piece of a line is, as far as colour can add to it; nothing depends on colour. */
export type Tone =
  | 'good'
  | 'bad'
  | 'warn'
  | 'accent'
  | 'strong'
  | 'quiet'
  | 'added'
  | 'removed'
  | 'hunk'
  | 'key';

const PAINTS: Readonly<Record<Tone, Paint>> = {
  good: 'green',
  bad: 'red',
  warn: 'yellow',
  accent: 'cyan',
  strong: 'bold',
  quiet: 'dim',
  added: 'green',
  removed: 'red',
  hunk: 'cyan',
  key: 'cyan',
};

/** Every symbol of the full-screen face: as it is, and its ASCII twin, which is as many cells wide. */
const SYMBOLS = {
  done: ['✔', '+', 'good'],
  failed: ['✘', 'x', 'bad'],
  warned: ['!', '!', 'warn'],
  unknown: ['?', '?', 'warn'],
  current: ['▸', '>', 'accent'],
  open: ['○', '.', 'quiet'],
  busy: ['◐', '*', 'accent'],
  skipped: ['↷', '~', 'warn'],
  changed: ['±', '#', 'warn'],
  add: ['+', '+', 'added'],
  edit: ['~', '~', 'accent'],
  remove: ['-', '-', 'removed'],
  turn: ['↻', '@', 'accent'],
  rule: ['─', '-', 'quiet'],
  dot: ['·', '|', 'quiet'],
  up: ['↑', '^', 'quiet'],
  down: ['↓', 'v', 'quiet'],
  arrow: ['→', '>', 'quiet'],
  swap: ['⇄', '/', 'quiet'],
  cursor: ['█', '_', 'accent'],
  full: ['■', '#', 'good'],
  empty: ['□', '-', 'quiet'],
  // a drill's lanes: requests, who has the VIP, the fault's column, its time measured against what was said
  answered: ['■', '#', 'good'],
  late: ['▒', '~', 'warn'],
  lost: ['□', 'X', 'bad'],
  waiting: ['·', '?', 'warn'],
  held: ['═', '=', 'accent'],
  free: ['·', '.', 'quiet'],
  'leaves-down': ['╗', '+', 'accent'],
  'leaves-up': ['╝', '+', 'accent'],
  'comes-down': ['╚', '+', 'accent'],
  'comes-up': ['╔', '+', 'accent'],
  fault: ['│', '|', 'bad'],
  'fault-held': ['╪', '|', 'bad'],
  'band-from': ['├', '[', 'quiet'],
  'band-to': ['┤', ']', 'quiet'],
  band: ['─', '-', 'quiet'],
  phase: ['┼', '+', 'accent'],
  measured: ['●', 'o', 'strong'],
  // the picture of the pair
  'top-left': ['┌', '+', 'quiet'],
  'top-right': ['┐', '+', 'quiet'],
  'bottom-left': ['└', '+', 'quiet'],
  'bottom-right': ['┘', '+', 'quiet'],
  side: ['│', '|', 'quiet'],
  way: ['│', '|', 'quiet'],
  'way-end': ['▼', 'v', 'quiet'],
  spark: ['▁▂▃▄▅▆▇█', '.:-=+*%#', 'good'],
} as const satisfies Readonly<Record<string, readonly [string, string, Tone]>>;

export type SymbolName = keyof typeof SYMBOLS;

/** For the test that compares the twins. */
export const symbolTable: Readonly<Record<string, readonly [string, string, Tone]>> = SYMBOLS;

/** A piece of a line, in one tone. */
export interface Span {
  readonly text: string;
  readonly tone?: Tone | undefined;
}

export function glyph(style: Style, name: SymbolName): Span {
  const [unicode, ascii, tone] = SYMBOLS[name];
  return { text: style.ascii ? ascii : unicode, tone };
}

/** Keys as they are written in the footer, and what they are where only ASCII is drawn. */
const KEY_CAPS: Readonly<Record<string, string>> = {
  '⏎': 'Enter',
  '↑↓': 'Up/Down',
  '←→': 'Left/Right',
};

export function keyCap(style: Style, cap: string): string {
  return style.ascii ? (KEY_CAPS[cap] ?? cap) : cap;
}

/** The piece as a terminal draws it. */
export function drawSpan(style: Style, { text, tone }: Span): string {
  return tone ? paint(style, PAINTS[tone], text) : text;
}
