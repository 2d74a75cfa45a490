import type { Message, Params } from '../model/index.ts';
import { formatCount } from './format.ts';
import type { Language } from './language.ts';
import { renderMessage } from './render.ts';
import { plainSigns, type Style } from './style.ts';
import { wrap } from './table.ts';

/** What every line of the plain face needs: whom it speaks to, and how lines may look. */
export interface Speech {
  readonly language: Language;
  readonly style: Style;
  /** Cells in a row of a terminal; absent where prose is not broken into lines: in a log. */
  readonly proseColumns?: () => number;
  /** What a runbook calls a stage. */
  readonly stageTitle?: (id: string) => string | undefined;
}

/** Longer lines are hard to read. */
const MOST_COLUMNS = 100;

/** Prose in lines that fit beside `indent` cells; a command is never broken, so that it can be copied. */
export function prose(speech: Speech, text: string, indent: number): readonly string[] {
  if (!speech.proseColumns) return [text];
  return wrap(text, Math.max(20, Math.min(speech.proseColumns(), MOST_COLUMNS) - indent));
}

/** A message of ours as text in the reader's language and signs. */
export function say(speech: Speech, code: string, params?: Params): string {
  return sayMessage(speech, params ? { code, params } : { code });
}

export function sayMessage(speech: Speech, message: Message): string {
  return plainSigns(speech.style, renderMessage(message, speech.language));
}

/** A list in a sentence: `a, b` or `a，b`. */
export function sayList(speech: Speech, items: readonly string[]): string {
  return items.join(speech.language === 'zh' ? '，' : ', ');
}

/** A stage's name for people: as the runbook has it; where none is known, one of the operator's own has only its id. */
export function stageName(speech: Speech, id: string): string {
  const title = speech.stageTitle?.(id);
  if (title !== undefined) return plainSigns(speech.style, title);
  const code = `name-of-stage-${id}`;
  const name = say(speech, code);
  return name === code ? id : name;
}

/** A drill's name for people. */
export function drillName(speech: Speech, id: string): string {
  const code = `drill-${id}`;
  const name = say(speech, code);
  return name === code ? id : name;
}

/** A message with a count; English has a text of its own for one (`code-one`). */
export function sayCount(speech: Speech, code: string, count: number): string {
  return say(speech, count === 1 ? `${code}-one` : code, { count: formatCount(count) });
}
