import { systemClock } from '../../drivers/clock.ts';
import {
  EXIT,
  message,
  OperatorError,
  problem,
  STALE_MS,
  type WatchState,
} from '../../model/index.ts';
import { chooseStyle } from '../faces/style.ts';
import { watchEvent, watchLines } from '../faces/watch-lines.ts';
import { loadFullScreen } from '../guide/load.ts';
import type { GlobalOptions, Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openWatch } from '../open-watch.ts';
import type { Outcome } from '../outcome.ts';
import { listenForSignals } from '../stop.ts';

type WatchInvocation = Extract<Invocation, { options: GlobalOptions }>;

const DONE: Outcome = { exitCode: EXIT.done, quiet: true, fields: { ok: true } };
/** A block, or an event, so often; and whenever something is other than it was. */
const EACH_MS = 5000;
/** Several nodes say the same change: it is told once. */
const TOGETHER_MS = 300;

/**
 * The pair, live, until the operator leaves.
 *
 * @throws OperatorError watch-needs-terminal, exit 64, where there is no screen and no other form was asked for
 */
export async function watch(io: Io, { options }: WatchInvocation): Promise<Outcome> {
  const { terminal } = io;
  if (io.json || options.plain) return tellOnAndOn(io, options);
  if (!terminal) throw new OperatorError(problem('watch-needs-terminal'), EXIT.usage);
  const { onFullScreen } = await loadFullScreen();
  const { watchOnScreen } = await import('../watch-screen.ts');
  const { Leave } = await import('../guide/leave.ts');
  const colour = options.color && !io.environment.NO_COLOR && io.environment.TERM !== 'dumb';
  const first = { kind: 'busy', what: message('dv-starting') } as const;
  try {
    await onFullScreen(
      io,
      { stdin: terminal.input, stdout: terminal.output, colour },
      first,
      (theatre, screenIo) => watchOnScreen(theatre, screenIo, options),
    );
  } catch (error) {
    if (!(error instanceof Leave)) throw error;
  }
  return DONE;
}

/** At first nobody has said anything: nodes are given as long as they would be later. */
function isWorthTelling({ nodes, startedMs }: WatchState): boolean {
  const isHeard = nodes.some(({ heardMs }) => heardMs !== undefined);
  return isHeard || systemClock.now() - startedMs > STALE_MS;
}

/** As lines, or as events, until a signal comes. */
async function tellOnAndOn(io: Io, options: GlobalOptions): Promise<Outcome> {
  const style = chooseStyle(Boolean(io.terminal), options.color, io.environment);
  const speech = { language: io.language, style };
  const stop = listenForSignals(() => undefined);
  let change = new AbortController();
  const watching = await openWatch(io, options, () => change.abort());
  const tell = () => {
    const now = systemClock.now();
    if (io.json) io.emit(watchEvent(watching.state(), now));
    else io.write(`${watchLines(speech, watching.state(), now).join('\n')}\n\n`);
  };
  try {
    while (!stop.requested) {
      change = new AbortController();
      const signal = AbortSignal.any([change.signal, stop.asked]);
      await Promise.race([systemClock.sleep(EACH_MS, signal), watching.failed]);
      await systemClock.sleep(TOGETHER_MS, stop.asked);
      if (!stop.requested && isWorthTelling(watching.state())) tell();
    }
  } finally {
    await watching.close();
    stop.release();
  }
  return { ...DONE, endless: true };
}
