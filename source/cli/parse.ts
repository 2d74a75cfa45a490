import { type Command, CommanderError } from 'commander';
import { EXIT, OperatorError, type Problem, problem } from '../model/index.ts';
import { chooseLanguage, isLanguage, type Language } from '../text/index.ts';
import { buildProgram, optionsAlone } from './arguments.ts';
import type { Invocation } from './invocation.ts';
import type { RawOptions } from './option-values.ts';

/** What must be known before the command line is understood, so that a mistake can be told. */
export interface Manner {
  readonly language: Language;
  readonly json: boolean;
  /** The command's name as far as it can be seen, for the result event. */
  readonly command: string;
}

/** A command line's end: something to run, something refused, or nothing left to do. */
export type Parsed =
  | { readonly kind: 'run'; readonly invocation: Invocation }
  | { readonly kind: 'refused'; readonly problems: readonly Problem[]; readonly exitCode: number }
  /** Help or the version was written, or a command of `extend` has run. */
  | { readonly kind: 'handled' };

/** Our own words of the command line: nothing after `--` is ours. */
function ownWords(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf('--');
  return end < 0 ? argv : argv.slice(0, end);
}

/** The last `--lang` that names a language; a wrong one is told when the line is parsed. */
function askedLanguage(own: readonly string[]): Language | undefined {
  const named = own.flatMap((word, index) => {
    if (word.startsWith('--lang=')) return [word.slice('--lang='.length)];
    return word === '--lang' ? [own[index + 1] ?? ''] : [];
  });
  return named.filter(isLanguage).at(-1);
}

/** Language and face from the raw words, for help and for mistakes. `argv` is without node and script. */
export function mannerOf(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): Manner {
  const own = ownWords(argv);
  return {
    language: chooseLanguage(askedLanguage(own), environment),
    json: own.includes('--json'),
    command: commandOf(own),
  };
}

/** Options whose next word is their value. */
const WITH_VALUE =
  /^--(?:session|cluster|stage|lang|state-dir|overwrite|break-lock|runbook|confirm|region)$/;

/** The command's name as the result event says it: "apply", "lab up". */
function commandOf(own: readonly string[]): string {
  const words = own.filter(
    (word, index) => /^[a-z][a-z-]*$/.test(word) && !WITH_VALUE.test(own[index - 1] ?? ''),
  );
  return words.slice(0, words[0] === 'lab' ? 2 : 1).join(' ');
}

const CODES: Readonly<Record<string, string>> = {
  'commander.unknownOption': 'unknown-option',
  'commander.unknownCommand': 'unknown-command',
  'commander.missingArgument': 'missing-argument',
  'commander.optionMissingArgument': 'option-without-value',
  'commander.excessArguments': 'too-many-arguments',
};

/** A mistake that commander found, as a problem. What it is about stands quoted in its message. */
export function usageProblem(error: CommanderError): Problem {
  const found = /'([^']*)'/.exec(error.message)?.[1] ?? '';
  return problem(CODES[error.code] ?? 'bad-command-line', { found });
}

/** Commander shows its help where no command was given; here that is the home screen. */
function isHome(error: unknown, program: Command): boolean {
  const isBare = program.args.length === 0;
  return isBare && error instanceof CommanderError && error.code === 'commander.help';
}

function homeOf(program: Command): Parsed {
  try {
    return { kind: 'run', invocation: { command: 'home', options: optionsAlone(program) } };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return { kind: 'refused', problems: error.problems, exitCode: error.exitCode };
  }
}

/**
 * Parses `argv` (without node and script).
 *
 * @returns what to run; mistakes are values with exit code 64. Anything else that a command of
 *   `extend` throws goes through.
 */
export async function parseCommandLine(
  argv: readonly string[],
  parts: {
    readonly language: Language;
    readonly version: string;
    readonly write: (text: string) => void;
    readonly extend?: (program: Command) => void;
    readonly ownStages?: (raw: RawOptions) => Promise<readonly string[]>;
  },
): Promise<Parsed> {
  let invocation: Invocation | undefined;
  const run = (asked: Invocation) => {
    invocation = asked;
  };
  const program = buildProgram({ ...parts, run });
  try {
    await program.parseAsync(argv, { from: 'user' });
  } catch (error) {
    if (isHome(error, program)) return homeOf(program);
    if (error instanceof OperatorError) {
      return { kind: 'refused', problems: error.problems, exitCode: error.exitCode };
    }
    if (!(error instanceof CommanderError)) throw error;
    if (error.exitCode === 0) return { kind: 'handled' };
    return { kind: 'refused', problems: [usageProblem(error)], exitCode: EXIT.usage };
  }
  return invocation ? { kind: 'run', invocation } : { kind: 'handled' };
}
