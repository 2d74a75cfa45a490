import { message, OperatorError } from '../../model/index.ts';
import { say } from '../../text/index.ts';
import type { Scene } from '../../tui/scenes.ts';
import { withTakeover } from '../commands/takeover.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import { withRun } from '../open-run.ts';
import { watchOnScreen } from '../watch-screen.ts';
import { beginNew } from './begin-new.ts';
import { RATE_PER_SECOND } from './drills.ts';
import { editCluster } from './edit.ts';
import { GuidedRun } from './guided-run.ts';
import { type House, openHouse, optionsFor } from './house.ts';
import { travel } from './journey.ts';
import { Leave, Reopen } from './leave.ts';
import { readAlong } from './read-along.ts';
import { readReport } from './report.ts';
import type { Theatre } from './theatre.ts';

/** What is on the screen before anything is known. */
export const BUSY: Scene = { kind: 'busy', what: message('tui-looking-here') };

/** What a person types to have the lab, and to be rid of it. */
const LAB_COMMANDS = [
  'iam-ha-wizard lab up',
  'iam-ha-wizard lab run -- iam-ha-wizard guide',
  'iam-ha-wizard lab down',
];

/** Home and sessions, until the operator leaves. Never returns: leaving is thrown. */
export async function evening(
  theatre: Theatre,
  io: Io,
  options: GlobalOptions,
  begin: 'home' | 'session',
): Promise<never> {
  const house = await openHouse(options, io);
  if (begin === 'session') await enter(theatre, io, options, house);
  for (let next = house; ; next = await openHouse(options, io))
    await atHome(theatre, io, options, next);
}

/** `guide`: the session that is named or here; where there is none, the questions. */
async function enter(
  theatre: Theatre,
  io: Io,
  options: GlobalOptions,
  house: House,
): Promise<void> {
  const { session } = options;
  if (session === undefined && !house.here) return askAnew(theatre, io, options);
  const chosen =
    session === undefined ? options : await optionsFor(options, session, house.here, io);
  return visit(theatre, io, chosen);
}

async function atHome(
  theatre: Theatre,
  io: Io,
  options: GlobalOptions,
  house: House,
): Promise<void> {
  const answer = await theatre.ask(house.scene);
  if (answer.kind !== 'enter') return;
  const { entry, session } = answer;
  if (entry === 'new') return askAnew(theatre, io, options);
  const chosen =
    session === undefined ? options : await optionsFor(options, session, house.here, io);
  if (entry === 'start' || entry === 'continue') return visit(theatre, io, chosen);
  if (entry === 'drills') return visit(theatre, io, chosen, 'drills');
  if (entry === 'report') await orTold(theatre, () => readReport(theatre, io, chosen));
  else if (entry === 'watch') await orTold(theatre, () => watchOnScreen(theatre, io, chosen));
  else await sayLab(theatre);
}

async function sayLab(theatre: Theatre): Promise<void> {
  await theatre.ask({
    kind: 'reading',
    title: message('tui-home-lab-what'),
    lines: (speech) => [say(speech, 'tui-lab-how'), '', ...LAB_COMMANDS.map((one) => `  ${one}`)],
  });
}

/** Ten questions; then the deployment that they describe. */
async function askAnew(theatre: Theatre, io: Io, options: GlobalOptions): Promise<void> {
  await orTold(theatre, async () => {
    const fresh = await beginNew(theatre, io, options);
    if (fresh) await visit(theatre, io, fresh);
  });
}

/** A session, until it is left; what cannot be opened is told, and tried again when asked. */
async function visit(
  theatre: Theatre,
  io: Io,
  options: GlobalOptions,
  goal: 'stages' | 'drills' = 'stages',
): Promise<void> {
  for (;;) {
    try {
      await withTakeover(io, options, (consented) => openRun(theatre, io, consented, goal));
    } catch (error) {
      if (error instanceof Leave && error.to === 'home') return;
      if (error instanceof Reopen) {
        if (await orTold(theatre, () => editCluster(theatre, io, options))) continue;
        return;
      }
      if (!(error instanceof OperatorError)) throw error;
      const answer = await told(theatre, error, true);
      if (answer === 'edit') {
        if (!(await orTold(theatre, () => editCluster(theatre, io, options)))) return;
      } else if (answer === 'read') await readAlong(theatre, io, options);
      else if (answer !== 'retry') return;
    }
  }
}

function openRun(
  theatre: Theatre,
  io: Io,
  options: GlobalOptions,
  goal: 'stages' | 'drills',
): Promise<never> {
  theatre.clearRun();
  theatre.show(BUSY);
  const open = { command: 'guide', options, lock: true, ratePerSecond: RATE_PER_SECOND };
  return withRun(io, open, (run) => travel(new GuidedRun(theatre, run, io, options), goal));
}

/** A failure without a stage. @throws Leave when the operator leaves from there */
async function told(theatre: Theatre, { problems }: OperatorError, canRetry: boolean) {
  theatre.takeProblems();
  const answer = await theatre
    .ask({
      kind: 'failed',
      problems,
      canIgnore: false,
      canRetry,
      canEdit: canRetry,
      canGoBack: false,
      ...(canRetry && problems[0].code === 'session-in-use' && { canRead: true as const }),
    })
    .catch((error) => {
      if (error instanceof Leave && error.to === 'home') return { kind: 'back' } as const;
      throw error;
    });
  return answer.kind;
}

/** @returns whether it was done; what went wrong has been told */
async function orTold(theatre: Theatre, does: () => Promise<void>): Promise<boolean> {
  try {
    await does();
    return true;
  } catch (error) {
    if (error instanceof Leave && error.to === 'home') return false;
    if (!(error instanceof OperatorError)) throw error;
    await told(theatre, error, false);
    return false;
  }
}
