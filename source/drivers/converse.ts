import { randomBytes } from 'node:crypto';
import type { Duplex } from 'node:stream';
import type { Conversation, Said } from '../model/index.ts';

/** Of all answers of a conversation. */
const MOST_BYTES = 4 << 20;
/** A conversation that does not end by itself is a mistake of ours. */
const MOST_TURNS = 32;

/** Holds a conversation over an open connection. Never throws; the stream is the caller's to close. */
export async function converse(
  stream: Duplex,
  conversation: Conversation,
  timeoutMs: number,
): Promise<Said> {
  const nonce = randomBytes(18).toString('base64');
  const answers: Buffer[] = [];
  const reader = new Reader(stream);
  for (let turn = 0; turn < MOST_TURNS; turn += 1) {
    const text = conversation.next(answers, nonce);
    if (!text) return { nonce, answers };
    stream.write(text);
    const answer = await reader.answer(conversation, timeoutMs);
    if (typeof answer === 'string') return { nonce, answers, broken: answer };
    answers.push(answer);
  }
  return { nonce, answers, broken: 'too-many-turns' };
}

class Reader {
  readonly #stream: Duplex;
  #received: Buffer = Buffer.alloc(0);
  #total = 0;
  #isOver = false;
  #wake: () => void = () => {};

  constructor(stream: Duplex) {
    this.#stream = stream;
    const end = () => {
      this.#isOver = true;
      this.#wake();
    };
    for (const event of ['end', 'close', 'error']) stream.on(event, end);
    stream.on('data', (part: Buffer) => {
      this.#total += part.length;
      if (this.#total > MOST_BYTES) stream.destroy();
      else this.#received = Buffer.concat([this.#received, part]);
      this.#wake();
    });
  }

  /** The next whole answer, or why there is none. */
  answer(conversation: Conversation, timeoutMs: number): Promise<Buffer | string> {
    return new Promise((resolve) => {
      const settle = (result: Buffer | string) => {
        clearTimeout(timer);
        this.#wake = () => {};
        resolve(result);
      };
      const timer = setTimeout(() => settle('answer-timeout'), timeoutMs);
      this.#wake = () => {
        const found = this.#take(conversation);
        if (found !== undefined) settle(found);
        else if (this.#isOver || this.#stream.destroyed) settle('closed-early');
      };
      this.#wake();
    });
  }

  #take(conversation: Conversation): Buffer | string | undefined {
    try {
      const length = conversation.lengthOf(this.#received);
      if (length === undefined || length > this.#received.length) return undefined;
      const answer = this.#received.subarray(0, length);
      this.#received = this.#received.subarray(length);
      return answer;
    } catch {
      return 'not-an-answer';
    }
  }
}
