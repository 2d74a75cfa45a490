import { EXIT } from '../../model/index.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import type { Outcome } from '../outcome.ts';
import { BUSY, evening } from './evening.ts';
import { type GuideTerminal, onFullScreen } from './full-screen.ts';
import { Leave } from './leave.ts';

const DONE: Outcome = { exitCode: EXIT.done, quiet: true, fields: { ok: true } };

/**
 * The guided setup on the full screen.
 *
 * @param begin with the home screen, or with the session that is here
 */
export async function guide(
  io: Io,
  options: GlobalOptions,
  terminal: GuideTerminal,
  begin: 'home' | 'session',
): Promise<Outcome> {
  try {
    return await onFullScreen(io, terminal, BUSY, (theatre, screenIo) =>
      evening(theatre, screenIo, options, begin),
    );
  } catch (error) {
    if (error instanceof Leave) return DONE;
    throw error;
  }
}
