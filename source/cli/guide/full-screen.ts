import { drawsAmbiguousWide } from '../../drivers/ambiguous-width.ts';
import { guardTerminal } from '../../drivers/terminal-guard.ts';
import { EXIT } from '../../model/index.ts';
import type { Scene } from '../../tui/scenes.ts';
import { emitter, type Io } from '../io.ts';
import { screenPrompter } from './prompter.ts';
import { screenStyle } from './terminal.ts';
import { openTheatre, type Theatre } from './theatre.ts';

/** The terminal, and how we may use it. */
export interface GuideTerminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly colour: boolean;
}

/**
 * Takes the full screen for as long as `use` lasts, and gives the terminal back however that ends.
 *
 * @param first what is on the screen until `use` shows something
 * @param use is given the screen, and the outside with the screen in front of it
 */
export async function onFullScreen<Result>(
  io: Io,
  { stdin, stdout, colour }: GuideTerminal,
  first: Scene,
  use: (theatre: Theatre, io: Io) => Promise<Result>,
): Promise<Result> {
  const guard = await guardTerminal((stdout as { readonly fd?: number }).fd ?? 1);
  const style = screenStyle(colour, io.environment);
  const ascii = style.ascii || (await drawsAmbiguousWide(stdin, stdout));
  const theatre = openTheatre({
    stdin,
    stdout,
    scene: first,
    language: io.language,
    style: { ...style, ascii },
    screenReader: io.environment.INK_SCREEN_READER === 'true',
  });
  const ears = listen(theatre);
  const gone = theatre.gone.then((): never => {
    throw new Error('the screen has gone');
  });
  try {
    return await Promise.race([gone, ears.crashed, use(theatre, ioOf(io, theatre))]);
  } finally {
    // it goes now, and that is no failure
    gone.catch(() => undefined);
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
