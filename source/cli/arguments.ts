import { Command, Option } from 'commander';
import stringWidth from 'string-width';
import { REPORT_FORMATS, type ReportFormat } from '../report/formats.ts';
import { type Language, renderMessage } from '../text/index.ts';
import { addCloud, addSweep } from './cloud-arguments.ts';
import { makeCompletion } from './completion/completion.ts';
import { withExample } from './help-example.ts';
import { DRILL_IDS, type GlobalOptions, type Invocation, STAGE_IDS } from './invocation.ts';
import { globalOptions, oneOf, type RawOptions, usageError, wholeNumber } from './option-values.ts';

export interface ProgramParts {
  /** Carries out what was asked for. */
  readonly run: (invocation: Invocation) => void | Promise<void>;
  readonly language: Language;
  readonly version: string;
  /** Where help and the version go. */
  readonly write: (text: string) => void;
  /** Stages beside the program's that `--stage` may name. */
  readonly ownStages?: (raw: RawOptions) => Promise<readonly string[]>;
  /** Adds commands that parse and run themselves: `lab`. */
  readonly extend?: (program: Command) => void;
}

type Words = (code: string) => string;

/**
 * The command line as a commander program. It never exits and never writes an error: a mistake is
 * thrown, as OperatorError or CommanderError, and `parseCommandLine` makes a problem of it.
 */
export function buildProgram(parts: ProgramParts): Command {
  const words: Words = (code) => renderMessage({ code }, parts.language);
  const program = new Command('iam-ha-wizard');
  program
    .exitOverride()
    .configureOutput({ writeOut: parts.write, writeErr: () => {} })
    .configureHelp({ styleTitle: (title) => helpTitle(title, words), displayWidth: stringWidth })
    .helpOption('-h, --help', words('help-option-help'))
    .helpCommand(false)
    .description(words('help-program'))
    .version(parts.version, '-V, --version', words('help-option-version'))
    .showSuggestionAfterError(false);
  addGlobalOptions(program, words);
  program.hook('preAction', (_, command) =>
    verifyStages(command.optsWithGlobals<RawOptions>(), parts.ownStages),
  );
  addWork(program, parts, words);
  addDrills(program, parts, words);
  addRecords(program, parts, words);
  addCloud(command(program, 'cloud', words), { run: parts.run, words, optionsOf });
  makeCompletion(program, command(program, 'completion', words), parts.write);
  parts.extend?.(program);
  addGuide(program, parts, words);
  program.addHelpText('after', `\n${words('help-examples')}`);
  return program;
}

/** Commander's headings in the operator's language. */
function helpTitle(title: string, words: Words): string {
  const code = `help-title-${title.replace(':', '').toLowerCase().replaceAll(' ', '-')}`;
  const text = words(code);
  return text === code ? title : text;
}

function collect(value: string, before: readonly string[] | undefined): readonly string[] {
  return [...(before ?? []), value];
}

function addGlobalOptions(program: Command, words: Words): void {
  const flags: readonly (readonly [string, string])[] = [
    ['--session <name>', 'session'],
    ['--cluster <file>', 'cluster'],
    ['--stage <id>', 'stage'],
    ['--lang <en|zh>', 'lang'],
    ['--plain', 'plain'],
    ['--json', 'json'],
    ['--no-color', 'no-color'],
    ['--state-dir <folder>', 'state-dir'],
    ['--yes', 'yes'],
    ['--overwrite <path>', 'overwrite'],
    ['--adopt', 'adopt'],
    ['--break-lock <node>', 'break-lock'],
    ['--accept-new-host-keys', 'accept-new-host-keys'],
    ['--runbook <file>', 'runbook'],
    ['--confirm <step>', 'confirm'],
  ];
  const repeatable = ['stage', 'overwrite', 'break-lock', 'confirm'];
  for (const [flag, name] of flags) {
    const option = new Option(flag, words(`help-option-${name}`));
    program.addOption(repeatable.includes(name) ? option.argParser(collect) : option);
  }
}

function command(program: Command, usage: string, words: Words): Command {
  const name = usage.split(' ')[0] ?? usage;
  return withExample(program.command(usage).description(words(`help-${name}`)), words);
}

/** Before any command is carried out; a runbook of one's own is asked only for a name that we do not know. */
async function verifyStages(raw: RawOptions, ownStages: ProgramParts['ownStages']): Promise<void> {
  const { stage: asked = [] } = raw;
  const isOurs = (id: string) => STAGE_IDS.includes(id);
  const own = asked.every(isOurs) ? [] : ((await ownStages?.(raw)) ?? []);
  const known = [...STAGE_IDS, ...own.filter((id) => !isOurs(id))];
  for (const id of asked) oneOf(id, known, 'unknown-stage');
}

function optionsOf(command: Command): GlobalOptions {
  return globalOptions(command.optsWithGlobals<RawOptions>(), (id) => id);
}

function addWork(program: Command, { run }: ProgramParts, words: Words): void {
  const init = command(program, 'init [file]', words);
  init.action((file: string | undefined) =>
    run({ command: 'init', ...(file !== undefined && { file }), options: optionsOf(init) }),
  );
  for (const name of ['plan', 'apply', 'check', 'watch'] as const) {
    const made = command(program, name, words);
    made.action(() => run({ command: name, options: optionsOf(made) }));
  }
  const moveVip = command(program, 'move-vip <node>', words);
  moveVip.action((node: string) => run({ command: 'move-vip', node, options: optionsOf(moveVip) }));
  for (const name of ['undo', 'destroy'] as const) {
    const made = command(program, name, words);
    made.option('--packages', words('help-option-packages'));
    made.action(({ packages = false }: { packages?: boolean }) =>
      run({ command: name, packages, options: optionsOf(made) } as Invocation),
    );
  }
}

function addGuide(program: Command, { run }: ProgramParts, words: Words): void {
  const guide = command(program, 'guide', words);
  guide.action(() => run({ command: 'guide', options: optionsOf(guide) }));
}

/** The options of a command line without a command. */
export function optionsAlone(program: Command): GlobalOptions {
  return optionsOf(program);
}

interface DrillOptions {
  readonly all?: boolean;
  readonly runs: string;
  readonly rate: string;
}

function addDrills(program: Command, { run }: ProgramParts, words: Words): void {
  const drill = command(program, 'drill [ids...]', words)
    .option('--all', words('help-option-all'))
    .option('--runs <n>', words('help-option-runs'), '1')
    .option('--rate <per-second>', words('help-option-rate'), '100');
  drill.action((named: readonly string[], { all = false, runs, rate }: DrillOptions) => {
    if (all && named.length > 0) throw usageError('all-and-ids', {});
    const ids = named.map((id) => oneOf(id, DRILL_IDS, 'unknown-drill'));
    return run({
      command: 'drill',
      ids,
      all,
      runs: wholeNumber('--runs', runs, 1, 1000),
      rate: wholeNumber('--rate', rate, 1, 1000),
      options: optionsOf(drill),
    });
  });
}

function addRecords(program: Command, { run }: ProgramParts, words: Words): void {
  const sessions = command(program, 'sessions', words).helpCommand(false);
  const list = withExample(sessions.command('list', { isDefault: true }), words);
  list.description(words('help-sessions-list'));
  list.action(() => run({ command: 'sessions', action: 'list', options: optionsOf(list) }));
  for (const action of ['show', 'forget'] as const) {
    const made = withExample(sessions.command(`${action} <name>`), words);
    made.description(words(`help-sessions-${action}`));
    made.action((name: string) =>
      run({ command: 'sessions', action, name, options: optionsOf(made) }),
    );
  }
  addSweep(sessions, { run, words, optionsOf });
  const report = command(program, 'report', words)
    .option('--format <format>', words('help-option-format'))
    .option('--output <file>', words('help-option-output'));
  report.action(({ format, output }: { format?: string; output?: string }) => {
    if (format !== undefined) oneOf(format, REPORT_FORMATS, 'unknown-format');
    return run({
      command: 'report',
      ...(format !== undefined && { format: format as ReportFormat }),
      ...(output !== undefined && { output }),
      options: optionsOf(report),
    });
  });
}
