import type { DrillEvent } from '../engine/drill.ts';
import { message } from '../model/index.ts';
import { choose, drill, outcomeOf } from './commands/drill.ts';
import { loadFullScreen } from './guide/load.ts';
import type { Invocation } from './invocation.ts';
import type { Io } from './io.ts';
import { withRun } from './open-run.ts';
import type { Outcome } from './outcome.ts';

type DrillInvocation = Extract<Invocation, { command: 'drill' }>;

/** Drills on the full screen where a person is there to choose and to see; else as lines. */
export async function drillOnTerminal(io: Io, invocation: DrillInvocation): Promise<Outcome> {
  const { options, runs } = invocation;
  const isSeen = io.prompter && !options.plain && !options.yes && io.environment.TERM !== 'dumb';
  if (!isSeen || !io.terminal || runs > 1) return drill(io, invocation);
  return onScreen(io, invocation, io.terminal);
}

async function onScreen(
  io: Io,
  { options, ids, rate }: DrillInvocation,
  { input, output }: NonNullable<Io['terminal']>,
): Promise<Outcome> {
  const { onFullScreen } = await loadFullScreen();
  const { Leave } = await import('./guide/leave.ts');
  const { sitAtDesk } = await import('./drill-desk.ts');
  const events: DrillEvent[] = [];
  const colour = options.color && !io.environment.NO_COLOR;
  const first = { kind: 'busy', what: message('dv-starting') } as const;
  const open = { command: 'drill', options, lock: true, ratePerSecond: rate };
  try {
    await onFullScreen(io, { stdin: input, stdout: output, colour }, first, (theatre, screenIo) =>
      withRun(screenIo, open, async (run) => {
        const drills = choose(run, ids.length > 0 ? ids : 'all');
        const work = <Result>(does: () => Promise<Result>) => does();
        await sitAtDesk({ theatre, run, drills, proven: () => run.stages, rate, work, events });
      }),
    );
  } catch (error) {
    if (!(error instanceof Leave)) throw error;
  }
  // what came of it stays readable when the screen has gone
  for (const event of events) io.emit(event);
  return outcomeOf(events);
}
