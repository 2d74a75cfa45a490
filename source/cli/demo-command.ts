import type { Command } from 'commander';
import { message } from '../model/index.ts';
import type { LabIo } from './lab-command.ts';

/** Adds `lab demo` to `lab`: a fresh lab, and the main job in it. */
export function addDemoCommand(program: Command, io: LabIo, inside: () => Promise<number>): void {
  const lab = program.commands.find((command) => command.name() === 'lab');
  lab
    ?.command('demo', { hidden: true })
    .option('--name <name>', io.words('help-option-lab-name'), 'demo')
    .option('--inside')
    .action(async ({ name, inside: isInside }: { name: string; inside?: boolean }) => {
      io.exit(isInside ? await inside() : await fromOutside(name, io));
    });
}

/** Bare machines first, whatever was there; the lab stays up afterwards. */
async function fromOutside(name: string, io: LabIo): Promise<number> {
  const { labDown } = await import('../lab/down.ts');
  const { labRun } = await import('../lab/run.ts');
  const { upLab } = await import('./lab-up.ts');
  const { isLabPossible } = await import('../lab/host.ts');
  if (isLabPossible().possible) await labDown(name, () => {}, io.environment);
  await upLab({ name }, io, io.confirm ? 'ask' : 'install');
  io.say(message('lab-demo-begins', { lab: name }));
  // a person at a terminal is led; where nobody can answer, it is done
  if (io.confirm) return labRun(name, ['iam-ha-wizard', 'guide'], io.environment);
  return labRun(name, ['iam-ha-wizard', 'lab', 'demo', '--inside'], io.environment);
}
