import type { Theatre } from './guide/theatre.ts';
import type { GlobalOptions } from './invocation.ts';
import type { Io } from './io.ts';
import { openWatch } from './open-watch.ts';

/** Ages grow while nobody speaks: so often they are drawn anew. */
const DRAW_MS = 1000;

/** The pair, live, on the full screen until the operator goes back. */
export async function watchOnScreen(
  theatre: Theatre,
  io: Io,
  options: GlobalOptions,
): Promise<void> {
  const draw = () => theatre.update({ kind: 'watch', watch: watching.state() });
  const watching = await openWatch(io, options, () => draw());
  const timer = setInterval(draw, DRAW_MS);
  try {
    const asked = theatre.ask({ kind: 'watch', watch: watching.state() });
    await Promise.race([asked, watching.failed]);
  } finally {
    clearInterval(timer);
    await watching.close();
  }
}
