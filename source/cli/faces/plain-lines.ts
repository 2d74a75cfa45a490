import stringWidth from 'string-width';
import {
  allChecks,
  type ChangeView,
  type CheckEvent,
  type Problem,
  type RunState,
} from '../../model/index.ts';
import {
  changeSign,
  formatDuration,
  renderProblem,
  sanitize,
  sanitizeLine,
} from '../../text/index.ts';
import { paint, plainSigns, type SymbolName, symbol } from './style.ts';
import { prose, type Speech, say, sayMessage } from './words.ts';

function place({ file, line, field }: Problem): string {
  const at = [file, line].filter((part) => part !== undefined).join(':');
  return [at, field].filter(Boolean).join('  ');
}

function nextLines(speech: Speech, steps: readonly string[]): readonly string[] {
  const lead = `${say(speech, 'next-steps')}  `;
  const indent = ' '.repeat(speech.language === 'zh' ? lead.length + 3 : lead.length);
  return steps.map((step, index) => `${index === 0 ? lead : indent}${step}`);
}

/** Of a problem below a check; one that stands alone has less. */
const INDENT = 7;

/** A failure: what happened and its code, why that is likely, what was said, where, what to try. */
export function problemLines(
  speech: Speech,
  problem: Problem,
  mark: SymbolName = 'failed',
): readonly string[] {
  const { style } = speech;
  const { title, cause, nextSteps } = renderProblem(problem, speech.language);
  const node = problem.node && !title.includes(problem.node) ? `${problem.node}: ` : '';
  const said = problem.detail ? sanitize(problem.detail).trimEnd().split('\n') : [];
  const rest = [
    ...(cause ? prose(speech, cause, INDENT) : []),
    ...said.map((line) => paint(style, 'dim', `| ${line}`)),
    ...(place(problem) ? [sanitizeLine(place(problem))] : []),
    ...nextLines(speech, nextSteps),
  ];
  const head = `${symbol(style, mark)} ${paint(style, 'bold', node + title)}  ${problem.code}`;
  return [head, ...rest.map((line) => `  ${line}`)].map((line) => plainSigns(style, line));
}

function changeHead(speech: Speech, change: ChangeView): string {
  const node = change.node ? `${change.node}  ` : '';
  return `${node}${symbol(speech.style, changeSign(change))} ${sayMessage(speech, change.summary)}`;
}

function effectText(speech: Speech, { effect }: ChangeView): string {
  if (effect === 'none') return '';
  const text = say(speech, `effect-${effect}`);
  return `  ${paint(speech.style, effect === 'outage' ? 'red' : 'yellow', text)}`;
}

/** A change of the plan, in a line. */
export function plannedLine(speech: Speech, change: ChangeView): string {
  return `  ${changeHead(speech, change)}${effectText(speech, change)}`;
}

/** A diff, indented; `+` and `-` carry the meaning, colour adds to it. */
export function diffLines(speech: Speech, diff: string): readonly string[] {
  const lines = sanitize(diff).trimEnd().split('\n');
  return lines.map((line) => {
    if (line.startsWith('+')) return `      ${paint(speech.style, 'green', line)}`;
    if (line.startsWith('-')) return `      ${paint(speech.style, 'red', line)}`;
    return `      ${line.startsWith('@@') ? paint(speech.style, 'cyan', line) : line}`;
  });
}

function took(speech: Speech, { startedAt, endedAt }: ChangeView): string {
  if (!startedAt || !endedAt) return '';
  const text = formatDuration(Date.parse(endedAt) - Date.parse(startedAt), speech.language);
  return `  ${paint(speech.style, 'dim', text)}`;
}

/** A change that has ended, well or not. */
export function endedLine(speech: Speech, change: ChangeView): string {
  const mark = symbol(speech.style, change.state === 'failed' ? 'failed' : 'passed');
  return `  ${mark} ${changeHead(speech, change)}${took(speech, change)}`;
}

/** A change in hand, for the line that a terminal rewrites. */
export function startedText(speech: Speech, change: ChangeView): string {
  return changeHead(speech, change);
}

function explanation(speech: Speech, check: CheckEvent, state: RunState): string {
  const cause = allChecks(state).find((other) => other.id === check.because);
  const name = cause ? sayMessage(speech, cause.title) : sanitizeLine(check.because ?? '');
  return say(speech, 'check-because', { check: name });
}

function reasonText(speech: Speech, check: CheckEvent, state: RunState): string {
  const { because, problem, code, params } = check;
  if (because) return explanation(speech, check, state);
  // The problem stands below, in full.
  return problem ? '' : sayMessage(speech, params ? { code, params } : { code });
}

/** The reason beside the claim, or below it where a terminal is too narrow for both. */
function withReason(speech: Speech, claim: string, reason: string): readonly string[] {
  if (!reason) return [claim];
  const dim = (text: string) => paint(speech.style, 'dim', text);
  const line = `${claim}  ${dim(reason)}`;
  if (!speech.proseColumns || stringWidth(line) < speech.proseColumns()) return [line];
  return [claim, ...prose(speech, reason, INDENT).map((text) => `      ${dim(text)}`)];
}

/** A check's verdict in a line; a failed or warned one with its problem below. */
export function checkLines(speech: Speech, check: CheckEvent, state: RunState): readonly string[] {
  const { problem } = check;
  const node = problem?.node ?? check.node;
  const mark = symbol(speech.style, check.verdict);
  const title = sayMessage(speech, check.title);
  const claim = node && !title.includes(node) ? `${node}  ${title}` : title;
  const lines = withReason(speech, `  ${mark} ${claim}`, reasonText(speech, check, state));
  if (!problem) return lines;
  return [...lines, ...problemLines(speech, problem, check.verdict).map((text) => `    ${text}`)];
}
