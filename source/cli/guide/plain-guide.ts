import { EXIT } from '../../model/index.ts';
import type { GlobalOptions } from '../invocation.ts';
import { emitter, type Io } from '../io.ts';
import type { Outcome } from '../outcome.ts';
import type { Prompter } from '../prompts.ts';
import { BUSY, evening } from './evening.ts';
import { Leave } from './leave.ts';
import { openPlainTheatre } from './plain-theatre.ts';
import { screenPrompter } from './prompter.ts';
import { screenStyle } from './terminal.ts';

/** The guided setup as lines and prompts. */
export async function plainGuide(
  io: Io,
  prompter: Prompter,
  options: GlobalOptions,
  begin: 'home' | 'session',
): Promise<Outcome> {
  const { environment, language, face, write } = io;
  const theatre = openPlainTheatre({
    scene: BUSY,
    language,
    style: screenStyle(false, environment),
    columns: () => io.terminal?.output.columns ?? 80,
    write,
    prompter,
    face,
  });
  const lines: Io = {
    ...io,
    get language() {
      return theatre.language();
    },
    face: theatre.face,
    emit: emitter(theatre.face, () => new Date()),
    prompter: screenPrompter(theatre),
    write: () => undefined,
  };
  try {
    return await evening(theatre, lines, options, begin);
  } catch (error) {
    if (error instanceof Leave) return { exitCode: EXIT.done, quiet: true, fields: { ok: true } };
    throw error;
  } finally {
    theatre.close();
  }
}
