import type { Command } from 'commander';
import { packageVersion } from '../drivers/package-root.ts';
import { type EventBody, EXIT, type Message, type Problem } from '../model/index.ts';
import { hasVip, ownTitle } from '../stages/runbook-words.ts';
import { renderMessage } from '../text/index.ts';
import { hearCrashes } from './crash.ts';
import { addDemoCommand } from './demo-command.ts';
import { type Ending, endingOf, interrupted } from './ending.ts';
import { createJsonFace } from './faces/json.ts';
import { createPlainFace } from './faces/plain.ts';
import { chooseStyle } from './faces/style.ts';
import type { Invocation } from './invocation.ts';
import { emitter, type Io } from './io.ts';
import { addCloudCommand } from './lab-cloud.ts';
import { addLabCommand, type LabIo } from './lab-command.ts';
import type { Outcome } from './outcome.ts';
import { type Manner, mannerOf, parseCommandLine } from './parse.ts';
import { createPrompter } from './prompts.ts';
import { hearSignals } from './stop.ts';
import { createTerminalHold } from './terminal-hold.ts';

/** The process, as far as the command line needs it. */
export interface Surroundings {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly stdin: NodeJS.ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
}

/**
 * The command line, from its words to its exit code.
 *
 * @param argv without node and script
 */
export async function main(argv: readonly string[], around: Surroundings): Promise<number> {
  const manner = mannerOf(argv, around.environment);
  const started = Date.now();
  const io = createIo(argv, manner, around);
  const bug = (error: unknown) => {
    io.hold.giveBack();
    const { outcome, problems } = endingOf(error);
    return end(io, manner.command, started, outcome, problems);
  };
  const ear = hearCrashes(bug);
  try {
    return await understand(argv, manner, around, io, started);
  } catch (error) {
    return bug(error);
  } finally {
    ear.release();
  }
}

async function understand(
  argv: readonly string[],
  manner: Manner,
  around: Surroundings,
  io: Io,
  started: number,
): Promise<number> {
  let labExit: number | undefined;
  const lab = labIo(io, manner, (code) => {
    labExit = code;
  });
  const extend = (program: Command) => {
    addLabCommand(program, lab);
    addCloudCommand(program, lab);
    addDemoCommand(program, lab, () =>
      carryOut(io, 'demo', started, async () => (await import('./commands/demo.ts')).demo(io)),
    );
  };
  const parsed = await parseCommandLine(argv, {
    language: manner.language,
    version: packageVersion(),
    write: (text) => around.stdout.write(text),
    extend,
    ownStages: async (raw) => (await import('./own-stages.ts')).ownStages(raw, around.environment),
  });
  switch (parsed.kind) {
    case 'handled':
      return labExit ?? EXIT.done;
    case 'refused':
      return end(
        io,
        manner.command,
        started,
        { exitCode: parsed.exitCode, fields: { ok: false } },
        parsed.problems,
      );
    case 'run':
      return carryOut(io, parsed.invocation.command, started, () =>
        runCommand(io, parsed.invocation),
      );
  }
}

/** What the `lab` commands have of the outside. */
function labIo(io: Io, { json, language }: Manner, exit: (code: number) => void): LabIo {
  const words = (code: string) => renderMessage({ code }, language);
  const { prompter } = io;
  const confirm = prompter && {
    confirm: (question: Message) => prompter.askYesNo(renderMessage(question, language)),
  };
  return {
    environment: io.environment,
    progress: (text, node) => io.emit({ type: 'progress', stage: 'lab', node: node ?? null, text }),
    say: (text) => {
      io.face.settle();
      if (!json) io.write(`${renderMessage(text, language)}\n`);
    },
    result: (fields) => {
      if (json) io.emit({ type: 'result', ...fields } as EventBody);
    },
    words,
    exit,
    ...confirm,
  };
}

/** Their standard output is that of the command which they run. */
const PASS_THROUGH = ['lab run', 'lab exec', 'lab client'];

function createIo(argv: readonly string[], manner: Manner, around: Surroundings): Io {
  const { language, json, command } = manner;
  const { stdin, stdout, stderr, environment } = around;
  const summary: Io['summary'] = {};
  const out = PASS_THROUGH.includes(command) && !json ? stderr : stdout;
  const write = (text: string) => out.write(text);
  const attended = !json && Boolean(stdin.isTTY && stdout.isTTY) && !environment.CI;
  const style = chooseStyle(Boolean(out.isTTY), !argv.includes('--no-color'), environment);
  const face = json
    ? createJsonFace(write, language)
    : createPlainFace({
        language,
        style,
        write,
        interactive: Boolean(out.isTTY) && environment.TERM !== 'dumb',
        columns: () => out.columns ?? 80,
        context: () => summary.context && { ...summary.context, partial: !hasVip(summary.runbook) },
        stageTitle: (id) => ownTitle(summary.runbook, id, language),
        // For a person who reads along; a log is for those who know.
        ...(attended && {
          why: (id) => summary.runbook?.stages.find((stage) => stage.id === id)?.why[language],
        }),
      });
  return {
    environment,
    language,
    json,
    face,
    emit: emitter(face, () => new Date()),
    summary,
    remembered: {},
    write,
    hold: createTerminalHold(stdin),
    ...(attended && {
      prompter: createPrompter({ input: stdin, output: stderr }, language),
      terminal: { input: stdin, output: stdout },
    }),
  };
}

async function carryOut(
  io: Io,
  command: string,
  started: number,
  work: () => Promise<Outcome>,
): Promise<number> {
  const finish = (ending: Ending) => end(io, command, started, ending.outcome, ending.problems);
  // Nothing is at work where only this hears: the locks of a dead run are taken over by the next.
  const ear = hearSignals((exitCode) => process.exit(finish(interrupted(exitCode))));
  try {
    const outcome = await work();
    if (ear.exitCode === undefined) return finish({ outcome, problems: [] });
    if (outcome.endless)
      return finish({ outcome: { ...outcome, exitCode: ear.exitCode }, problems: [] });
    return finish(interrupted(ear.exitCode, 'interrupted', outcome.fields));
  } catch (error) {
    io.hold.giveBack();
    return finish(endingOf(error));
  } finally {
    ear.release();
  }
}

function end(
  io: Io,
  command: string,
  started: number,
  outcome: Outcome,
  problems: readonly Problem[],
): number {
  for (const one of problems) io.emit({ type: 'problem', problem: one });
  if (outcome.quiet && !io.json) return outcome.exitCode;
  const standIn = io.summary.context?.standIn ? ({ standIn: true } as const) : {};
  const elapsedMs = Date.now() - started;
  // nothing that costs money is lost sight of where a run ended early
  const billed = outcome.fields.ok ? {} : io.summary.billed?.();
  io.emit({ type: 'result', command, elapsedMs, ...standIn, ...billed, ...outcome.fields });
  io.face.settle();
  return outcome.exitCode;
}

/** Each command is loaded only when it is asked for. */
async function runCommand(io: Io, invocation: Invocation): Promise<Outcome> {
  switch (invocation.command) {
    case 'home':
    case 'guide':
      return (await import('./guide/begin.ts')).beginGuide(io, invocation);
    case 'init':
      return (await import('./init/init.ts')).init(io, invocation);
    case 'plan':
      return (await import('./commands/plan.ts')).plan(io, invocation);
    case 'apply':
      return (await import('./commands/apply.ts')).apply(io, invocation);
    case 'check':
      return (await import('./commands/check.ts')).check(io, invocation);
    case 'drill':
      return (await import('./drill-screen.ts')).drillOnTerminal(io, invocation);
    case 'watch':
      return (await import('./commands/watch.ts')).watch(io, invocation);
    case 'move-vip':
      return (await import('./commands/move-vip.ts')).moveVip(io, invocation);
    case 'undo':
      return (await import('./commands/undo.ts')).undo(io, invocation);
    case 'destroy':
      return (await import('./commands/destroy.ts')).destroy(io, invocation);
    case 'cloud':
      return (await import('./commands/cloud-policy.ts')).cloudPolicy(io, invocation);
    case 'sessions':
      return (await import('./commands/sessions.ts')).sessions(io, invocation);
    case 'report':
      return (await import('./commands/report.ts')).report(io, invocation);
  }
}
