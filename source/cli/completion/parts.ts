import type { CompletedCommand, CompletedOption, Values } from './tree.ts';

/** A command with everything that can follow it: its own options, then those of the program. */
export interface Place extends CompletedCommand {
  readonly allOptions: readonly CompletedOption[];
}

/** The commands, each with all options that are valid there; the help's own stands once. */
export function placesOf(tree: readonly CompletedCommand[]): readonly Place[] {
  const [program] = tree;
  const everywhere = (program?.options ?? []).filter(({ names }) => !names.includes('--version'));
  return tree.map((command) => {
    if (command === program) return { ...command, allOptions: command.options };
    const own = new Set(command.options.flatMap(({ names }) => names));
    const others = everywhere.filter(({ names }) => !names.some((name) => own.has(name)));
    return { ...command, allOptions: [...command.options, ...others] };
  });
}

/** Options that take a value, with what it may be; each name once. */
export function valuedOptions(
  tree: readonly CompletedCommand[],
): readonly (readonly [string, Values])[] {
  const found = new Map<string, Values>();
  for (const { options } of tree)
    for (const { names, values } of options)
      if (values) for (const name of names) found.set(name, values);
  return [...found];
}

/** Every path that another word leads into. */
export function pathsOf(tree: readonly CompletedCommand[]): readonly string[] {
  return tree.map(({ path }) => path).filter(Boolean);
}

/** Where the sessions are, for a shell: as the program itself has it. */
export const SESSIONS_FOLDER = '${XDG_STATE_HOME:-$HOME/.local/state}/iam-ha-wizard';
