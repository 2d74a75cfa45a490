import { type Message, message, type Problem } from '../../model/index.ts';
import type { Choice, Question } from '../../questions/index.ts';
import {
  cut,
  type Language,
  problems,
  renderMessage,
  renderProblem,
  table,
  wrap,
} from '../../text/index.ts';
import { paint, plainSigns, type Style, symbol } from '../faces/style.ts';
import type { Option } from './asker.ts';

/** How `init` speaks: in which language, how it may look, and how wide. */
export interface Speech {
  readonly language: Language;
  readonly style: Style;
  readonly columns: () => number;
}

/** Of a very wide terminal no more than this is used: long lines are hard to read. */
const WIDEST = 100;

const room = ({ columns }: Speech) => Math.max(20, Math.min(columns(), WIDEST) - 1);

export function words(speech: Speech, text: Message): string {
  return plainSigns(speech.style, renderMessage(text, speech.language));
}

/** In lines that fit, each behind `indent`. */
export function lines(speech: Speech, text: string, indent = ''): string {
  return wrap(text, room(speech) - indent.length)
    .map((line) => indent + line)
    .join('\n');
}

/** Steps that lead to a place in a file lead nowhere while there is none. */
function stepsOf(found: Problem, language: Language): readonly string[] {
  const text = problems.get(found.code)?.next.en ?? [];
  const isUsable = (index: number) =>
    !/\{(file|line|field)\}|cluster file|`ssh\./.test(text[index] ?? '');
  return renderProblem(found, language).nextSteps.filter((_, index) => isUsable(index));
}

/** Why an answer does not do: what is wrong, why, and a way out. */
export function refusal(speech: Speech, found: Problem): string {
  const { language, style } = speech;
  const { title, cause } = renderProblem(found, language);
  // the schema's problems begin with the field, which a question does not have; those of a machine
  // with its name, which is still its address
  const what = title.replace(/^[:：]\s*/, '').replace(/^(\S+)(?:: |：)(?=\1)/, '');
  const first = lines(speech, `${symbol(style, 'failed').trim()} ${plainSigns(style, what)}`);
  const rest = [cause, ...stepsOf(found, language)].filter(Boolean);
  const more = rest.map((text) => lines(speech, plainSigns(style, text), '  '));
  return [paint(style, 'red', first), ...more].join('\n');
}

/** What the choices come to, in columns; a narrow terminal cuts what stands last. */
function costs(speech: Speech, { table: rows = [] }: Question): readonly string[] {
  const cells = rows.map((row) => row.map((cell) => words(speech, cell)));
  return table(cells, ['left', 'right', 'right', 'right']).map(
    (text) => `  ${cut(text, room(speech) - 2)}`,
  );
}

/** What stands above a question: why it is asked; and what Enter answers, with the reason. */
export function preface(speech: Speech, question: Question): string {
  const { why, offered, choices } = question;
  const reason = paint(speech.style, 'dim', lines(speech, words(speech, why), '  '));
  const text = [reason, ...costs(speech, question)].join('\n');
  if (!offered) return text;
  const shown = choices?.find(({ value }) => value === offered.value)?.title;
  const value = shown ? words(speech, shown) : offered.value;
  const because = words(speech, offered.because);
  const enter = lines(speech, words(speech, message('init-enter', { value, because })), '  ');
  return `${text}\n${paint(speech.style, 'dim', enter)}`;
}

/** Choices with what they mean, under each other. */
export function optionsOf(speech: Speech, choices: readonly Choice[]): readonly Option[] {
  const rows = table(
    choices.map(({ title, about }) => [words(speech, title), about ? words(speech, about) : '']),
  );
  return choices.map(({ value, title }, index) => ({
    value,
    short: words(speech, title),
    name: cut(rows[index] ?? value, room(speech) - 4),
  }));
}

/** One line, cut to what fits beside a cursor. */
export function oneLine(speech: Speech, text: string): string {
  return cut(text, room(speech) - 4);
}
