import type { Command } from 'commander';
import { usageError } from '../option-values.ts';
import { bashScript } from './bash.ts';
import { fishScript } from './fish.ts';
import { completionTree, SHELLS } from './tree.ts';
import { zshScript } from './zsh.ts';

const SCRIPTS = { bash: bashScript, zsh: zshScript, fish: fishScript } as const;

/**
 * Makes `command` print a shell's completion script. The script knows every command by itself and
 * asks the program nothing: a Tab is quick. Its descriptions are in the language of this run.
 */
export function makeCompletion(program: Command, command: Command, write: (text: string) => void) {
  command.argument('<shell>').action((shell: string) => {
    const known = SHELLS.find((one) => one === shell);
    if (!known) throw usageError('unknown-shell', { found: shell, known: SHELLS.join(', ') });
    write(SCRIPTS[known](completionTree(program)));
  });
}
