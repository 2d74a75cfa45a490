import { drawsAmbiguousWide } from '../../drivers/ambiguous-width.ts';
import { guardTerminal } from '../../drivers/terminal-guard.ts';
import { EXIT } from '../../model/index.ts';
import type { GlobalOptions } from '../invocation.ts';
import { emitter, type Io } from '../io.ts';
import type { Outcome } from '../outcome.ts';
import { BUSY, evening } from './evening.ts';
import { Leave } from './leave.ts';
import { screenPrompter } from './prompter.ts';
import { screenStyle } from './terminal.ts';
import { openTheatre, type Theatre } from './theatre.ts';

/** The terminal, and how we may use it. */
export interface GuideTerminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly colour: boolean;
}

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
  const { stdin, stdout, colour } = terminal;
  const guard = await guardTerminal((stdout as { readonly fd?: number }).fd ?? 1);
  const style = screenStyle(colour, io.environment);
  const ascii = style.ascii || (await drawsAmbiguousWide(stdin, stdout));
  const theatre = openTheatre({
    stdin,
    stdout,
    scene: BUSY,
    language: io.language,
    style: { ...style, ascii },
    screenReader: io.environment.INK_SCREEN_READER === 'true',
  });
  const ears = listen(theatre);
  try {
    const screenIo = ioOf(io, theatre);
    await Promise.race([theatre.gone, ears.crashed, evening(theatre, screenIo, options, begin)]);
    return DONE;
  } catch (error) {
    if (error instanceof Leave) return DONE;
    throw error;
  } finally {
    ears.release();
    theatre.close();
    guard.release();
  }
}

/** The same outside, but for who speaks and who asks. */
function ioOf(io: Io, theatre: Theatre): Io {
  return {
    ...io,
    get language() {
      return theatre.language();
    },
    face: theatre.face,
    emit: emitter(theatre.face, () => new Date()),
    prompter: screenPrompter(theatre),
    write: () => undefined,
  };
}

/** Signals end what waits; a crash gives the terminal back before it is told. */
function listen(theatre: Theatre) {
  let crash: (error: unknown) => void = () => undefined;
  const crashed = new Promise<never>((_, reject) => {
    crash = reject;
  });
  const onSignal = (signal: NodeJS.Signals) => {
    theatre.interrupt(signal === 'SIGINT' ? EXIT.interrupted : EXIT.terminated);
  };
  const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
  for (const signal of signals) process.on(signal, onSignal);
  process.on('uncaughtException', crash);
  return {
    crashed,
    release: () => {
      for (const signal of signals) process.off(signal, onSignal);
      process.off('uncaughtException', crash);
    },
  };
}
