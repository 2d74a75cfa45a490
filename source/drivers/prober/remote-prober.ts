import type { RemoteChild } from './remote-child.ts';
import { RemoteEnds } from './remote-ends.ts';
import type { RequestEnd } from './schedule.mjs';
import type { Plan, Prober, Report } from './thread.ts';

/** Longer than a drill, and than a watch keeps one prober: what is left of us ends by itself. */
const ENDS_AFTER_MS = 15 * 60_000;
/** Between questions for the time there: clocks drift. */
const CLOCK_EACH_MS = 1000;
/** What is under way there has ended 3 s after the last request; and the way there and back. */
const STOPPED_WITHIN_MS = 8000;

/**
 * Probes on a third machine, by our own program there. When it is lost, every request that nobody
 * has told of is a `vantage-lost`, until we stop: what was not seen is not taken for good.
 */
export function startRemote(plan: Plan, child: RemoteChild, report: Report): Prober {
  const { originMs, ratePerSecond, targets } = plan;
  const ends = new RemoteEnds(plan, report);
  const toOurs = (atMs: number) => originMs + atMs - child.clock.offset();
  let timer: NodeJS.Timeout | undefined;
  const begin = (startMs: number) => {
    const there = { ratePerSecond, targets, startMs: startMs - originMs + child.clock.offset() };
    timer = setInterval(() => void child.askTime(), CLOCK_EACH_MS);
    child.say({ kind: 'start', plan: there, endsAfterMs: ENDS_AFTER_MS });
    const over = overOf(child, (told) => ends.take(told.map((end) => translate(end, toOurs))));
    return over.then((how) => {
      clearInterval(timer);
      if (how === 'lost') ends.lose(startMs);
    });
  };
  let over = Promise.resolve();
  return {
    start(startMs) {
      over = begin(startMs);
    },
    async stop() {
      ends.stop();
      child.say({ kind: 'stop' });
      const limit = setTimeout(() => child.close(), STOPPED_WITHIN_MS);
      await over;
      clearTimeout(limit);
      ends.end();
      child.close();
    },
    died: new Promise(() => {}),
  };
}

/** Told the ends as they come; kept when no more will. */
function overOf(
  child: RemoteChild,
  take: (ends: readonly RequestEnd[]) => void,
): Promise<'stopped' | 'lost'> {
  return new Promise((resolve) => {
    child.listen((said) => {
      if (said?.kind === 'ends') take(said.ends);
      if (said?.kind === 'stopped') resolve('stopped');
      if (!said) resolve('lost');
    });
  });
}

function translate(end: RequestEnd, toOurs: (atMs: number) => number): RequestEnd {
  const [target, n, sentMs, endedMs, ...rest] = end;
  return [target, n, toOurs(sentMs), toOurs(endedMs), ...rest];
}
