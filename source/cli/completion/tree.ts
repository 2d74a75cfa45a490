import type { Command, Option } from 'commander';
import { DRILL_IDS, STAGE_IDS } from '../invocation.ts';

/** What may follow: words, files, folders, the sessions of this computer, or anything. */
export type Values =
  | { readonly kind: 'words'; readonly words: readonly string[] }
  | { readonly kind: 'files' | 'folders' | 'sessions' | 'anything' };

export interface CompletedOption {
  /** `--lang`, `-h`. */
  readonly names: readonly string[];
  readonly about: string;
  /** Absent: it stands by itself. */
  readonly values?: Values;
}

export interface CompletedWord {
  readonly name: string;
  readonly about: string;
}

/** One command of the tree, with what can follow it. */
export interface CompletedCommand {
  /** `lab up`; empty for the program itself. */
  readonly path: string;
  readonly commands: readonly CompletedWord[];
  /** Its own; those of the program are valid everywhere. */
  readonly options: readonly CompletedOption[];
  readonly arguments: Values | undefined;
}

const words = (...list: readonly string[]): Values => ({ kind: 'words', words: list });
const FILES: Values = { kind: 'files' };
const SESSIONS: Values = { kind: 'sessions' };

/** What an option's value may be, by its name; any text where it is not here. */
const OPTION_VALUES: Readonly<Record<string, Values>> = {
  '--session': SESSIONS,
  '--cluster': FILES,
  '--stage': words(...STAGE_IDS),
  '--lang': words('en', 'zh'),
  '--state-dir': { kind: 'folders' },
  '--format': words('markdown'),
  '--output': FILES,
  '--image': words('bookworm', 'trixie'),
  '--cloud': words('tencent', 'console', 'none'),
};

export const SHELLS = ['bash', 'zsh', 'fish'] as const;

/** What stands behind a command, by its path. */
const ARGUMENTS: Readonly<Record<string, Values>> = {
  init: FILES,
  drill: words(...DRILL_IDS),
  'sessions show': SESSIONS,
  'sessions forget': SESSIONS,
  completion: words(...SHELLS),
};

function optionOf(option: Option): CompletedOption {
  const names = [option.short, option.long].filter((name) => typeof name === 'string');
  const takesValue = option.required || option.optional;
  const values = OPTION_VALUES[option.long ?? ''] ?? { kind: 'anything' as const };
  return { names, about: option.description, ...(takesValue && { values }) };
}

function commandsUnder(command: Command, path: string): readonly CompletedCommand[] {
  const help = command.createHelp();
  const below = help.visibleCommands(command).filter(({ parent }) => parent === command);
  const own: CompletedCommand = {
    path,
    commands: below.map((one) => ({ name: one.name(), about: one.description() })),
    options: help.visibleOptions(command).map(optionOf),
    arguments: ARGUMENTS[path],
  };
  const deeper = below.flatMap((one) => commandsUnder(one, `${path} ${one.name()}`.trim()));
  return [own, ...deeper];
}

/** Every command that the help shows, the program itself first. */
export function completionTree(program: Command): readonly CompletedCommand[] {
  return commandsUnder(program, '');
}
