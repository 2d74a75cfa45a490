import type { Language } from '../text/index.ts';

/**
 * A report as a reader meets it: sections of blocks, in words of one language, in no format. Markdown
 * and HTML are two ways to write the same document down, so neither can say what the other does not.
 */
export interface Document {
  readonly language: Language;
  readonly title: string;
  readonly contentsTitle: string;
  /** The heading of the differences, where a format gathers them at its end. */
  readonly diffsTitle: string;
  readonly sections: readonly Section[];
}

export interface Section {
  /** Stable: an anchor. */
  readonly id: string;
  readonly title: string;
  readonly blocks: readonly Block[];
}

/** How something came out. Never told by colour alone: a sign stands before the words. */
export type Tone = 'good' | 'bad' | 'warn' | 'quiet';

/** Text of ours or of others, not escaped yet. */
export type Inline =
  | string
  /** To be copied as it is: a path, a command, an address. */
  | { readonly code: string; readonly strong?: true }
  | { readonly strong: string; readonly code?: undefined }
  | { readonly toned: string; readonly tone: Tone };

export type Inlines = Inline | readonly Inline[];

/** An SVG that stands for itself, and the same in words. */
export interface Picture {
  readonly svg: string;
  readonly title: string;
  readonly sentences: readonly string[];
}

export interface Table {
  readonly kind: 'table';
  readonly caption: string;
  readonly head: readonly string[];
  readonly rows: readonly (readonly Inlines[])[];
  /** Places of the columns that hold numbers. */
  readonly numbers?: readonly number[];
}

export type Block =
  | { readonly kind: 'paragraph'; readonly text: Inlines }
  /** What it all comes to, in a sentence. */
  | { readonly kind: 'verdict'; readonly text: string; readonly tone: Tone }
  /** What must not be overlooked. */
  | { readonly kind: 'note'; readonly text: string }
  | { readonly kind: 'heading'; readonly id: string; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Inlines[]; readonly ordered?: true }
  /** Names with their values. */
  | { readonly kind: 'facts'; readonly rows: readonly (readonly [string, Inlines])[] }
  | Table
  | { readonly kind: 'figure'; readonly picture: Picture }
  | { readonly kind: 'diff'; readonly title: string; readonly text: string };

export function paragraph(text: Inlines): Block {
  return { kind: 'paragraph', text };
}

/** Nothing where there is nothing to list. */
export function list(items: readonly Inlines[]): readonly Block[] {
  return items.length === 0 ? [] : [{ kind: 'list', items }];
}

export function inlinesOf(text: Inlines): readonly Inline[] {
  return Array.isArray(text) ? (text as readonly Inline[]) : [text as Inline];
}

export const SIGNS: Readonly<Record<Tone, string>> = { good: '✔', bad: '✘', warn: '!', quiet: '·' };
