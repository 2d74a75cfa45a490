import { createInterface } from 'node:readline/promises';
import { Writable } from 'node:stream';
import { InterruptedError } from '../model/index.ts';
import { type Language, renderMessage } from '../text/index.ts';

/** Asks a person at a terminal, one line at a time. Never used where nobody can answer. */
export interface Prompter {
  /** A yes or no, asked again until it is one. An empty line and the end of input are a no. */
  askYesNo(question: string): Promise<boolean>;
  /** For what must not be said by habit (an outage): true only if exactly `word` was typed. */
  askWord(question: string, word: string): Promise<boolean>;
  /** A line, or null at the end of input. */
  askLine(question: string): Promise<string | null>;
  /** The same without echo, for a secret. */
  askSecret(question: string): Promise<string | null>;
}

const YES = new Set(['y', 'yes', '是', '好', '是的']);
const NO = new Set(['', 'n', 'no', '否', '不', '不是']);

/** Ctrl-C at a question: nothing has been done about it. */
export class QuestionInterruptedError extends InterruptedError {}

export interface PromptStreams {
  readonly input: NodeJS.ReadableStream;
  /** Standard error as a rule: standard output belongs to what the command prints. */
  readonly output: NodeJS.WritableStream;
}

/**
 * Prompts on a terminal. Ctrl-C at a prompt throws QuestionInterruptedError.
 */
export function createPrompter(streams: PromptStreams, language: Language): Prompter {
  const askLine = (question: string) => readOneLine(streams, question);
  const again = renderMessage({ code: 'prompt-yes-no-again' }, language);
  return {
    askLine,
    async askSecret(question) {
      streams.output.write(`${question} `);
      const answer = await readOneLine({ ...streams, output: silent() }, '');
      streams.output.write('\n');
      return answer;
    },
    async askYesNo(question) {
      const hint = renderMessage({ code: 'prompt-yes-no' }, language);
      for (let asked = `${question} ${hint} `; ; asked = `${again} `) {
        const answer = (await askLine(asked))?.trim().toLowerCase() ?? '';
        if (YES.has(answer)) return true;
        if (NO.has(answer)) return false;
      }
    },
    async askWord(question, word) {
      const hint = renderMessage({ code: 'prompt-word', params: { word } }, language);
      return (await askLine(`${question}\n${hint} `))?.trim() === word;
    },
  };
}

/** Takes what readline would echo. */
function silent(): NodeJS.WritableStream {
  return new Writable({ write: (_chunk, _encoding, done) => done() });
}

async function readOneLine(
  { input, output }: PromptStreams,
  question: string,
): Promise<string | null> {
  // An input that has ended says so only once.
  if ('readableEnded' in input && input.readableEnded) return null;
  // With `terminal` readline switches the terminal's own echo off; it is not one in tests.
  const terminal = 'isTTY' in input && input.isTTY === true;
  const lines = createInterface({ input, output, terminal });
  const stop = new AbortController();
  let interrupted = false;
  lines.once('SIGINT', () => {
    interrupted = true;
    stop.abort();
  });
  // Ctrl-Z and fg: readline pauses at it, and waits for somebody to go on
  lines.on('SIGCONT', () => lines.prompt(true));
  // At the end of input the promise of `question` never settles by itself.
  lines.once('close', () => stop.abort());
  try {
    return await lines.question(question, { signal: stop.signal });
  } catch (error) {
    output.write('\n');
    if (interrupted) throw new QuestionInterruptedError();
    if (stop.signal.aborted) return null;
    throw error;
  } finally {
    lines.close();
  }
}
