import { z } from 'zod';
import {
  checkedText,
  choice,
  chosenBy,
  integer,
  isMapping,
  mapping,
} from '../cluster/schema-parts.ts';
import { command, manual, type OwnStep, ownCheck, ownTitle } from './own-steps/schema.ts';

/* As in the cluster file's schema, the message of an issue is the code of our problem. */

const prose = checkedText('expected-text', (text) => text.trim() !== '' && !/[\n\r]/.test(text));
const bilingual = mapping({ en: prose, zh: prose });
const name = checkedText('invalid-stage-name', (text) => /^[a-z0-9]+(?:-[a-z0-9]+)*$/.test(text));
const line = integer('invalid-line-range', 1, 9999);
const lines = z.tuple([line, line], { error: 'invalid-line-range' });

/** What the lecture has, what we do in its place, and why. */
const departure = mapping({ lecture: bilingual, here: bilingual, because: bilingual });

/** Never there: a stage that has one is a step of the operator's own. Named, for who misspells it. */
const absent = z.never({ error: 'unknown-key' }).optional();

const title = chosenBy<z.infer<typeof bilingual>>((value) =>
  isMapping(value) ? bilingual : (ownTitle as z.ZodType<z.infer<typeof bilingual>>),
);

const stage = mapping({
  id: name,
  /** In `iam-ha` these stand at every stage; a runbook of one's own need not repeat them. */
  title: title.optional(),
  /** Whose reason it is: nothing is put into the lecture's mouth. */
  why: mapping({ words: choice(['lecture', 'ours']), en: prose, zh: prose }).optional(),
  /** Its place there: the part's name, the first and the last line. */
  lecture: mapping({ part: bilingual, lines }).optional(),
  departures: z.array(departure, { error: 'expected-list' }).default([]),
  manual: absent,
  command: absent,
  check: absent,
});

const step = { id: name, title: ownTitle, why: ownTitle.optional() };
const ownSteps = {
  manual: mapping({ ...step, manual }),
  command: mapping({ ...step, command }),
  check: mapping({ ...step, check: ownCheck }),
};

/** A stage that this version cannot do yet. */
const later = mapping({ id: name, later: z.literal(true, { error: 'expected-true' }) });

type OwnEntry =
  | z.infer<typeof ownSteps.manual>
  | z.infer<typeof ownSteps.command>
  | z.infer<typeof ownSteps.check>;
export type StageEntry = z.infer<typeof stage>;
export type Entry = StageEntry | OwnEntry | z.infer<typeof later>;

const entry = chosenBy<Entry>((value) => {
  const has = (key: string) => isMapping(value) && Object.hasOwn(value as object, key);
  if (has('later')) return later;
  const kind = (['manual', 'command', 'check'] as const).find(has);
  return (kind ? ownSteps[kind] : stage) as z.ZodType<Entry>;
});

export const runbookSchema = mapping({
  version: z.literal(1, { error: 'unknown-runbook-version' }),
  id: name,
  stages: z.array(entry, { error: 'expected-list' }).min(1, { error: 'expected-list' }),
});

type Bilingual = z.infer<typeof bilingual>;

/** A stage of the product, or a step of the operator's own between them. */
export interface RunbookStage {
  readonly id: string;
  readonly title: Bilingual;
  /** Empty where the operator gave no reason for a step of their own. */
  readonly why: Bilingual & { readonly words: 'lecture' | 'ours' };
  readonly lecture?: { readonly part: Bilingual; readonly lines: readonly [number, number] };
  readonly departures: readonly z.infer<typeof departure>[];
  /** Absent: the stage of that name. */
  readonly own?: OwnStep;
}
