import { Transform } from 'node:stream';

const START = '\u001b[200~';
const END = '\u001b[201~';
/** Asks the terminal to mark what is pasted, and to stop that. */
export const BRACKETS = { on: '\u001b[?2004h', off: '\u001b[?2004l' } as const;

/** How much of a mark `text` may end with: it is kept until the rest has come. */
function beginOf(mark: string, text: string): number {
  for (let size = Math.min(mark.length - 1, text.length); size > 0; size--)
    if (text.endsWith(mark.slice(0, size))) return size;
  return 0;
}

/**
 * Keystrokes as they are, and pasted text with its line breaks as blanks: else two addresses that
 * are pasted on two lines would answer two questions. Enter is always a person's.
 */
class Pasting extends Transform {
  #pasting = false;
  #rest = '';

  override _transform(chunk: Buffer | string, _encoding: string, done: () => void): void {
    this.#rest += chunk.toString();
    for (;;) {
      const mark = this.#pasting ? END : START;
      const at = this.#rest.indexOf(mark);
      if (at < 0) break;
      this.#pass(this.#rest.slice(0, at));
      this.#rest = this.#rest.slice(at + mark.length);
      this.#pasting = !this.#pasting;
    }
    const mark = this.#pasting ? END : START;
    // an escape by itself is a key; only more of the mark is waited for
    const kept = beginOf(mark, this.#rest);
    const end = this.#rest.length - (kept > 1 ? kept : 0);
    this.#pass(this.#rest.slice(0, end));
    this.#rest = this.#rest.slice(end);
    done();
  }

  #pass(text: string): void {
    if (text === '') return;
    this.push(this.#pasting ? text.replaceAll(/[\r\n\t]+/g, ' ') : text);
  }
}

/** The keyboard as inquirer takes it, with pasted line breaks made harmless. */
export function pasteFriendly(input: NodeJS.ReadStream): NodeJS.ReadStream {
  const through = new Pasting();
  input.setEncoding('utf8');
  input.pipe(through);
  const dress = {
    isTTY: true,
    setRawMode: (mode: boolean) => {
      input.setRawMode(mode);
      return through;
    },
  };
  return Object.assign(through, dress) as unknown as NodeJS.ReadStream;
}
