import type { DrillEvent } from '../engine/drill.ts';
import { message } from '../model/index.ts';
import { choose, drill, outcomeOf } from './commands/drill.ts';
import { loadFullScreen } from './guide/load.ts';
import type { Invocation } from './invocation.ts';
import type { Io } from './io.ts';
import { withRun } from './open-run.ts';
import type { Outcome } from './outcome.ts';

type DrillInvocation = Extract<Invocation, { command: 'drill' }>;

interface Terminal {
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
}

/** Drills on the full screen where a person is there to choose and to see; else as lines. */
export async function drillOnTerminal(
  io: Io,
  invocation: DrillInvocation,
  terminal: Terminal,
): Promise<Outcome> {
  const { options, runs } = invocation;
  const isSeen = io.prompter && !options.plain && !options.yes && io.environment.TERM !== 'dumb';
  return isSeen && runs === 1 ? onScreen(io, invocation, terminal) : drill(io, invocation);
}

async function onScreen(
  io: Io,
  { options, ids, rate }: DrillInvocation,
  { stdin, stdout }: Terminal,
): Promise<Outcome> {
  const { onFullScreen } = await loadFullScreen();
  const { Leave } = await import('./guide/leave.ts');
  const { sitAtDesk } = await import('./drill-desk.ts');
  const events: DrillEvent[] = [];
  const colour = options.color && !io.environment.NO_COLOR;
  const first = { kind: 'busy', what: message('dv-starting') } as const;
  const open = { command: 'drill', options, lock: true, ratePerSecond: rate };
  try {
    await onFullScreen(io, { stdin, stdout, colour }, first, (theatre, screenIo) =>
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
