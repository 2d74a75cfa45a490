import type { Command } from 'commander';
import type { LabIo } from './lab-command.ts';

/** Adds `lab cloud` to `lab`: what `lab up` starts as the lab's cloud, on its router. No command for people. */
export function addCloudCommand(program: Command, io: LabIo): void {
  const lab = program.commands.find((command) => command.name() === 'lab');
  lab
    ?.command('cloud', { hidden: true })
    .option('--name <name>', io.words('help-option-lab-name'), 'demo')
    .action(async ({ name }: { name: string }) => {
      const { serveLabCloud } = await import('../lab/cloud-site/serve.ts');
      await serveLabCloud(name);
      io.exit(0);
    });
}
