import { elapsedMs, type ProgressView, type RunState } from '../../model/index.ts';
import { formatElapsed, sanitizeLine } from '../../text/index.ts';
import { type Speech, sayMessage } from './words.ts';

/** A program's own output in a log is a sign of life, and no more: this long apart, for each node. */
const SIGN_OF_LIFE_MS = 10_000;

/** When each node last had a line in a log, by the events' clock. */
export class LastWords {
  readonly #at = new Map<string | null, number>();

  note(node: string | null, at: string | undefined): void {
    if (at) this.#at.set(node, Date.parse(at));
  }

  /** Whether it is time for a sign of life; then it is noted. */
  isDue({ node, at }: ProgressView): boolean {
    const last = this.#at.get(node);
    if (last !== undefined && Date.parse(at) - last < SIGN_OF_LIFE_MS) return false;
    this.note(node, at);
    return true;
  }
}

/** What a node is busy with in a line; of a program's output, its last one. Empty when it says nothing. */
export function progressLine(speech: Speech, state: RunState, progress: ProgressView): string {
  const { text, node, done, total } = progress;
  const words = typeof text === 'string' ? lastLine(text) : sayMessage(speech, text);
  if (!words) return '';
  const count = done !== undefined && total !== undefined ? `  ${done}/${total}` : '';
  return `  ${formatElapsed(elapsedMs(state))}  ${node ? `${node}  ` : ''}${words}${count}`;
}

/** Dots and dashes alone are a program's way to pass the time. */
function lastLine(text: string): string {
  return sanitizeLine(text.split(/[\r\n]+/).findLast((line) => /\p{L}/u.test(line)) ?? '');
}
