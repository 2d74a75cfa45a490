import { styleText } from 'node:util';
import { isOtherCharset } from './language.ts';

/** How lines may look; nothing depends on colour. */
export interface Style {
  readonly colour: boolean;
  /** Only ASCII symbols: `TERM=dumb`, the Linux console and another charset draw something else. */
  readonly ascii: boolean;
  /** The locale has no Chinese characters: they are not written at all. */
  readonly latin?: true;
}

export type Paint = 'red' | 'green' | 'yellow' | 'cyan' | 'bold' | 'dim';

/** `text` in a colour, where there are colours. */
export function paint(style: Style, format: Paint, text: string): string {
  return style.colour && text ? styleText(format, text, { validateStream: false }) : text;
}

const UNICODE = {
  passed: '✔',
  warned: '!',
  failed: '✘',
  unknown: '?',
  add: '+',
  edit: '~',
  remove: '-',
  turn: '↻',
  stage: '▸',
  ellipsis: '…',
} as const;

export type SymbolName = keyof typeof UNICODE;

const ASCII: Readonly<Record<SymbolName, string>> = {
  ...UNICODE,
  passed: 'ok',
  failed: 'X',
  turn: '*',
  stage: '>',
  ellipsis: '...',
};

const COLOURS: Partial<Record<SymbolName, Paint>> = {
  passed: 'green',
  warned: 'yellow',
  failed: 'red',
  unknown: 'yellow',
  add: 'green',
  remove: 'red',
  edit: 'cyan',
  turn: 'cyan',
  stage: 'bold',
};

/** A symbol from the one table, with its ASCII twin, both as wide as the table's widest. */
export function symbol(style: Style, name: SymbolName): string {
  const text = style.ascii ? ASCII[name].padEnd(2) : UNICODE[name];
  const colour = COLOURS[name];
  return colour ? paint(style, colour, text) : text;
}

/** Text of ours in a terminal that draws only ASCII: dashes, dots and quotes become plain ones. */
export function plainSigns(style: Style, text: string): string {
  if (!style.ascii) return text;
  return text
    .replaceAll('–', '-')
    .replaceAll('…', '...')
    .replaceAll(' · ', ' | ')
    .replaceAll('→', '->')
    .replaceAll('’', "'")
    .replace(/[“”]/g, '"');
}

/**
 * The style for a stream. Colour only on a terminal, never with `--no-color`, `NO_COLOR` (not
 * empty, as no-color.org has it) or `TERM=dumb`.
 */
export function chooseStyle(
  isTerminal: boolean,
  colorAllowed: boolean,
  environment: Readonly<Record<string, string | undefined>>,
): Style {
  const dumb = environment.TERM === 'dumb';
  return {
    colour: isTerminal && colorAllowed && !environment.NO_COLOR && !dumb,
    ascii: dumb || environment.TERM === 'linux' || isOtherCharset(environment),
  };
}
