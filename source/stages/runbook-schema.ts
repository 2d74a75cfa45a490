import { z } from 'zod';
import {
  checkedText,
  choice,
  chosenBy,
  integer,
  isMapping,
  mapping,
} from '../cluster/schema-parts.ts';

/* As in the cluster file's schema, the message of an issue is the code of our problem. */

const prose = checkedText('expected-text', (text) => text.trim() !== '' && !/[\n\r]/.test(text));
const bilingual = mapping({ en: prose, zh: prose });
const name = checkedText('invalid-stage-name', (text) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text));
const line = integer('invalid-line-range', 1, 9999);
const lines = z.tuple([line, line], { error: 'invalid-line-range' });

/** What the lecture has, what we do in its place, and why. */
const departure = mapping({ lecture: bilingual, here: bilingual, because: bilingual });

const stage = mapping({
  id: name,
  title: bilingual,
  /** Whose reason it is: nothing is put into the lecture's mouth. */
  why: mapping({ words: choice(['lecture', 'ours']), en: prose, zh: prose }),
  /** Its place there: the part's name, the first and the last line. */
  lecture: mapping({ part: bilingual, lines }).optional(),
  departures: z.array(departure, { error: 'expected-list' }).default([]),
});

/** A stage that this version cannot do yet. */
const later = mapping({ id: name, later: z.literal(true, { error: 'expected-true' }) });

const entry = chosenBy<z.infer<typeof stage> | z.infer<typeof later>>((value) =>
  isMapping(value) && Object.hasOwn(value as object, 'later') ? later : stage,
);

export const runbookSchema = mapping({
  version: z.literal(1, { error: 'unknown-runbook-version' }),
  id: name,
  stages: z.array(entry, { error: 'expected-list' }).min(1, { error: 'expected-list' }),
});

export type RunbookStage = Readonly<z.infer<typeof stage>>;
