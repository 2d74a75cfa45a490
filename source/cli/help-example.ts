import type { Command } from 'commander';

/** `lab up`: the command's name with those above it, but for the program's. */
function pathOf(command: Command): string {
  const { parent } = command;
  return parent?.parent ? `${pathOf(parent)} ${command.name()}` : command.name();
}

/** Adds the example of the command (`help-example-lab-up`) below its help, and where the other options are. */
export function withExample(command: Command, words: (code: string) => string): Command {
  const example = words(`help-example-${pathOf(command).replaceAll(' ', '-')}`);
  const text = `\n${words('help-example')}\n  ${example}\n\n${words('help-global-options')}`;
  return command.addHelpText('after', text);
}
