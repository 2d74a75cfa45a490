import type { Command } from 'commander';
import type { LabOptions, LabStatus } from '../lab/index.ts';
import { EXIT, type Message, message } from '../model/index.ts';
import { withExample } from './help-example.ts';

/** The last event of a `lab` command; see the contract. */
export interface LabResult {
  readonly command: string;
  readonly ok: boolean;
  readonly elapsedMs: number;
  readonly nodes?: LabStatus['nodes'];
  readonly cloud?: LabStatus['cloud'];
  readonly cluster?: string | null;
}

/** What the `lab` commands have of the outside. Problems are thrown as OperatorError. */
export interface LabIo {
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** How far the work in hand is, and the machine it is about. */
  readonly progress: (text: Message, node?: string) => void;
  /** A line for a person; nothing with `--json`. */
  readonly say: (text: Message) => void;
  /** The result event; nothing without `--json`. */
  readonly result: (fields: LabResult) => void;
  /** Absent where nobody can answer. */
  readonly confirm?: (question: Message) => Promise<boolean>;
  /** Text of the catalogue, for the help. */
  readonly words: (code: string) => string;
  readonly exit: (code: number) => void;
}

interface Named {
  readonly name: string;
}

const DEFAULT_NAME = 'demo';

/**
 * Adds `lab up|run|exec|client|shell|status|down`. What they need is loaded when one is called:
 * `run`, `exec` and `client` must add as little as can be to the command that they start.
 */
export function addLabCommand(program: Command, io: LabIo): void {
  const lab = withExample(program.command('lab').description(io.words('help-lab')), io.words);
  lab.helpCommand(false);
  const sub = (usage: string): Command => {
    const name = usage.split(' ')[0] ?? usage;
    return withExample(lab.command(usage), io.words)
      .description(io.words(`help-lab-${name}`))
      .option('--name <name>', io.words('help-option-lab-name'), DEFAULT_NAME);
  };
  addUp(sub('up'), io);
  sub('down').action(({ name }: Named) => down(name, io));
  sub('status').action(({ name }: Named) => tellStatus(name, io));
  sub('run <command...>').action(async (argv: string[], { name }: Named) => {
    const { labRun } = await import('../lab/run.ts');
    io.exit(await labRun(name, argv, io.environment));
  });
  sub('exec <node> <command...>').action(async (node: string, argv: string[], { name }: Named) => {
    const { labExec } = await import('../lab/run.ts');
    io.exit(await labExec(name, node, argv, io.environment));
  });
  sub('client <command...>').action(async (argv: string[], { name }: Named) => {
    const { labClient } = await import('../lab/run.ts');
    io.exit(await labClient(name, argv, io.environment));
  });
  sub('shell [node]').action(async (node: string | undefined, { name }: Named) => {
    const { labExec, labRun } = await import('../lab/run.ts');
    const shell = [io.environment.SHELL || '/bin/sh'];
    const code = node
      ? await labExec(name, node, ['/bin/bash', '--login'], io.environment)
      : await labRun(name, shell, io.environment);
    io.exit(code);
  });
}

function addUp(command: Command, io: LabIo): void {
  const option = (flags: string) => {
    const name = /^--([a-z-]+)/.exec(flags)?.[1];
    command.option(flags, io.words(`help-option-lab-${name}`));
  };
  option('--nodes <n>');
  option('--image <image>');
  option('--subnet <subnet>');
  option('--vip <address>');
  option('--api-domain <domain>');
  option('--authz-domain <domain>');
  option('--user <user>');
  option('--sudo-password <env:X>');
  option('--mongodb');
  option('--cloud <provider>');
  command.action((said: LabOptions & { readonly nodes?: string }) => up(said, io));
}

async function up(said: LabOptions & { readonly nodes?: string }, io: LabIo): Promise<void> {
  const started = Date.now();
  const { nodes, ...rest } = said;
  const options: LabOptions = nodes === undefined ? rest : { ...rest, nodes: Number(nodes) };
  const { upLab } = await import('./lab-up.ts');
  const { spec, changed, cluster, endpoint } = await upLab(options, io);
  const lab = spec.name;
  const names = spec.machines
    .filter((machine) => machine.role === 'node')
    .map((machine) => `${machine.name} ${machine.address}`);
  const params = { lab, nodes: names.join(', '), cluster };
  io.say(message(changed ? 'lab-up' : 'lab-up-already', params));
  for (const { role, address } of spec.machines)
    if (role === 'server') io.say(message('lab-mongodb', { address }));
  if (endpoint) io.say(message('lab-cloud', { endpoint }));
  io.say(message('lab-hint-enter', { lab }));
  io.say(message('lab-hint-remove', { lab }));
  io.result({ command: 'lab up', ok: true, elapsedMs: Date.now() - started, cluster });
  io.exit(EXIT.done);
}

async function down(name: string, io: LabIo): Promise<void> {
  const started = Date.now();
  const { labDown } = await import('../lab/down.ts');
  // Its last message is the answer, not progress.
  await labDown(name, io.say, io.environment);
  io.result({ command: 'lab down', ok: true, elapsedMs: Date.now() - started });
  io.exit(EXIT.done);
}

async function tellStatus(name: string, io: LabIo): Promise<void> {
  const started = Date.now();
  const { labStatus } = await import('../lab/status.ts');
  const { sayCloud } = await import('./lab-cloud-status.ts');
  const status = labStatus(name);
  const { up: isUp, ok, nodes, cloud, cluster, name: lab } = status;
  io.say(message(isUp ? 'lab-status-up' : 'lab-status-down', { lab }));
  for (const { name: node, address, state } of nodes)
    io.say(message(`lab-status-${state}`, { node, address }));
  sayCloud(status, io.say);
  if (cluster) io.say(message('lab-status-cluster', { cluster }));
  const elapsedMs = Date.now() - started;
  io.result({ command: 'lab status', ok, elapsedMs, nodes, cloud, cluster });
  io.exit(ok ? EXIT.done : EXIT.failed);
}
