import { z } from 'zod';
import {
  checkedText,
  choice,
  chosenBy,
  integer,
  isMapping,
  mapping,
  secretRef,
} from '../../cluster/schema-parts.ts';
import { isNodeName, type NodeName } from '../../model/index.ts';

/* As in the cluster file's schema, the message of an issue is the code of our problem. */

/** The operator's own words; what is said in one language only is said in it to everybody. */
export interface OwnText {
  readonly en: string;
  readonly zh: string;
}

/** `all`, `data`, `frontends`, or nodes by name. */
export type Place = 'all' | 'data' | 'frontends' | readonly NodeName[];

export interface OwnExpectation {
  readonly exit: number;
  /** What standard output is, but for line breaks at its end. */
  readonly equals?: string;
  readonly contains?: string;
}

export interface OwnCheckStep {
  readonly from: 'here' | Place;
  readonly run: string;
  readonly expect: OwnExpectation;
  readonly secrets: readonly string[];
  readonly timeout: number;
  readonly within: number;
  /** What to do when it does not hold. */
  readonly otherwise?: OwnText;
}

export interface ManualStep {
  readonly text: OwnText;
  readonly undo?: OwnText;
  readonly check?: OwnCheckStep;
}

export interface CommandStep {
  readonly on: Place;
  readonly run: string;
  /** Null: stays by design (`undo: none`). */
  readonly undo: string | null;
  readonly probe?: string;
  readonly secrets: readonly string[];
  readonly timeout: number;
  readonly effect: 'none' | 'reload' | 'rolling-restart' | 'outage';
  readonly order: 'side-by-side' | 'one-by-one';
}

/** What an operator's own step does: exactly one of three things. */
export type OwnStep =
  | { readonly kind: 'manual'; readonly manual: ManualStep }
  | { readonly kind: 'command'; readonly command: CommandStep }
  | { readonly kind: 'check'; readonly check: OwnCheckStep };

/** Longer than any of these should be; a script of this length belongs in a file of its own. */
const LONGEST = 20_000;
const isFilled = (text: string) => text.trim() !== '' && text.length <= LONGEST;
const line = checkedText('expected-text', (text) => isFilled(text) && !/[\n\r]/.test(text));
const lines = checkedText('expected-lines', isFilled);
/** A carriage return is a part of a command's last word to bash: `nginx\r` is not found. */
const script = checkedText('expected-script', (text) => isFilled(text) && !/[\r\0]/.test(text));

/** Text in one language or in both. */
function own(words: z.ZodType<string>): z.ZodType<OwnText> {
  const both = mapping({ en: words.optional(), zh: words.optional() }).transform(
    ({ en, zh }, context): OwnText => {
      // a misspelt language is told as that
      if (context.issues.length > 0) return z.NEVER;
      const text = en ?? zh;
      if (text !== undefined) return { en: en ?? text, zh: zh ?? text };
      context.issues.push({ code: 'custom', message: 'expected-text', input: {}, path: [] });
      return z.NEVER;
    },
  );
  const one = words.transform((text): OwnText => ({ en: text, zh: text }));
  return chosenBy<OwnText>((value) =>
    isMapping(value) ? (both as z.ZodType<OwnText>) : (one as z.ZodType<OwnText>),
  ) as unknown as z.ZodType<OwnText>;
}

export const ownTitle = own(line);
export const ownText = own(lines);

const WORDS = ['all', 'data', 'frontends'];
const name = checkedText<NodeName>('invalid-node-name', isNodeName);
const names = z
  .array(name, { error: 'invalid-step-place' })
  .min(1, { error: 'invalid-step-place' });

function place(more: readonly string[]) {
  const words = [...WORDS, ...more];
  const word = checkedText(
    'invalid-step-place',
    (text) => words.includes(text) || isNodeName(text),
  ).transform((text) => (words.includes(text) ? text : [text]));
  return chosenBy<unknown>((value) =>
    Array.isArray(value) ? (names as z.ZodType<unknown>) : (word as z.ZodType<unknown>),
  );
}

const on = place([]) as unknown as z.ZodType<Place>;
const from = place(['here']) as unknown as z.ZodType<'here' | Place>;

const secrets = z
  .array(secretRef, { error: 'expected-list' })
  .default([])
  .transform((refs) => refs.map(({ variable }) => variable));

const DAY = 86_400;

const expectation = mapping({
  exit: integer('invalid-exit-code', 0, 255).default(0),
  equals: z.string({ error: 'expected-string' }).optional(),
  contains: lines.optional(),
});

/** Of many checks of one node one must not use up the time of all. */
const MOST_CHECK_SECONDS = 20;

export const ownCheck = mapping({
  from,
  run: script,
  expect: expectation.default({ exit: 0 }),
  secrets,
  timeout: integer('invalid-seconds', 1, MOST_CHECK_SECONDS).default(10),
  within: integer('invalid-seconds', 0, 3600).default(30),
  otherwise: ownText.optional(),
});

export const manual = mapping({
  text: ownText,
  undo: ownText.optional(),
  check: ownCheck.optional(),
});

const undo = script.transform((text) => (text.trim() === 'none' ? null : text));

export const command = mapping({
  on,
  run: script,
  undo,
  probe: script.optional(),
  secrets,
  timeout: integer('invalid-seconds', 1, DAY).default(300),
  effect: choice(['none', 'reload', 'rolling-restart', 'outage']).default('none'),
  order: choice(['side-by-side', 'one-by-one']).default('side-by-side'),
});
