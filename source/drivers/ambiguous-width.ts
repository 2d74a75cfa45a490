/** Longer than a terminal takes over a slow line; then the usual is taken for true. */
const PATIENCE_MS = 250;

/** One of Unicode's ambiguous widths, the question where the cursor is, and no trace of both. */
const QUESTION = '\r○\u001b[6n\r\u001b[K';

const ANSWER = /\u001b\[\d+;(\d+)R/;

/** What we need of a terminal's input. */
export type RawInput = NodeJS.ReadableStream & { setRawMode?(on: boolean): unknown };

/**
 * Whether the terminal draws signs of ambiguous width (○ ▸ →) in two cells: a setting of many East
 * Asian terminals, that no variable tells. It is asked by drawing one. A terminal that does not
 * answer draws them in one.
 */
export async function drawsAmbiguousWide(
  input: RawInput,
  output: NodeJS.WritableStream,
): Promise<boolean> {
  if (!input.setRawMode) return false;
  input.setRawMode(true);
  try {
    const found = ANSWER.exec(await answerOf(input, () => output.write(QUESTION)));
    return found?.[1] === '3';
  } finally {
    input.setRawMode(false);
  }
}

function answerOf(input: RawInput, ask: () => void): Promise<string> {
  return new Promise((resolve) => {
    let text = '';
    const end = () => {
      clearTimeout(timer);
      input.off('data', hear);
      input.pause();
      resolve(text);
    };
    const hear = (chunk: Buffer | string) => {
      text += String(chunk);
      if (ANSWER.test(text)) end();
    };
    const timer = setTimeout(end, PATIENCE_MS);
    input.on('data', hear);
    ask();
  });
}
