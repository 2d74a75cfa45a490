import { accessSync, constants, lstatSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { EXIT, OperatorError, problem } from '../model/index.ts';
import { type Entry, enterMachine, enterNetwork, isGoingDown, runEntry } from './enter.ts';
import { machineInit } from './machines.ts';
import { networkPid } from './network.ts';
import { parseLabName } from './options.ts';
import { checkoutFolder, labPlaces, SYSTEM_PATH } from './places.ts';
import { requireHost } from './require-host.ts';
import { CLIENT } from './spec.ts';

function refuse(code: string, params: Record<string, string>): never {
  throw new OperatorError(problem(code, params), EXIT.notStarted);
}

/** The operator's environment: the lab's cluster file, state and secrets, this checkout's program. */
function operatorEnvironment(lab: string, env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  const places = labPlaces(lab);
  return {
    ...env,
    ...JSON.parse(readFileSync(places.environment, 'utf8')),
    PATH: `${places.bin}${delimiter}${env.PATH ?? '/usr/local/bin:/usr/bin:/bin'}`,
    XDG_STATE_HOME: places.state,
    IAM_HA_WIZARD_CLUSTER: places.cluster,
    IAM_HA_WIZARD_LAB: lab,
    IAM_HA_WIZARD_NODE: process.execPath,
    IAM_HA_WIZARD_LAUNCHER: join(checkoutFolder(), 'bin/iam-ha-wizard.js'),
  };
}

/** How to run `argv` where the operator sits. @throws OperatorError (125) when the lab is not up. */
export function operatorEntry(
  name: string,
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): Entry {
  requireHost(EXIT.notStarted);
  const lab = parseLabName(name);
  const pid = networkPid(lab, 'operator');
  if (!pid) refuse('lab-not-up', { lab });
  const inside = operatorEnvironment(lab, env);
  requireProgram(argv, inside.PATH ?? '', '', isExecutable);
  return enterNetwork(pid, argv, inside);
}

/** How to run `argv` on a machine, as root. @throws OperatorError (125) when it does not run. */
export function machineEntry(
  name: string,
  machine: string,
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): Entry {
  requireHost(EXIT.notStarted);
  const lab = parseLabName(name);
  if (!networkPid(lab, 'operator')) refuse('lab-not-up', { lab });
  const init = /^[a-z0-9-]+$/.test(machine) ? machineInit(lab, machine) : undefined;
  if (!init) refuse('lab-machine-not-running', { lab, machine });
  requireProgram(argv, SYSTEM_PATH, `/proc/${init}/root`, isThere);
  return enterMachine(init, argv, env);
}

/**
 * Whether the command can be started at all: nsenter would say 127, which is also what a shell
 * says of a command that it could not find.
 */
function requireProgram(
  argv: readonly string[],
  path: string,
  root: string,
  can: (file: string) => boolean,
): void {
  const [program] = argv;
  if (!program) refuse('lab-no-command', {});
  const relative = program.includes('/') && !program.startsWith('/');
  const files = program.includes('/')
    ? [program]
    : path.split(delimiter).map((folder) => join(folder, program));
  if (relative && root) return;
  if (!files.some((file) => can(root + file))) refuse('lab-command-not-found', { program });
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** A link is not followed: it leads somewhere else on the machine than here. */
function isThere(file: string): boolean {
  try {
    lstatSync(file);
    return true;
  } catch {
    return false;
  }
}

/** Runs `argv` where the operator sits, with this process's terminal and streams. Returns its exit code. */
export function labRun(name: string, argv: readonly string[], env: NodeJS.ProcessEnv) {
  return runEntry(operatorEntry(name, argv, env));
}

/**
 * Runs `argv` on a node, as root; it does not need the node's network. Returns its exit code.
 * @throws OperatorError (125) when the machine went down over it: what it did is not known
 */
export async function labExec(
  name: string,
  node: string,
  argv: readonly string[],
  env: NodeJS.ProcessEnv,
): Promise<number> {
  const entry = machineEntry(name, node, argv, env);
  const code = await runEntry(entry);
  const isCutOff = code !== 0 && entry.init !== undefined && isGoingDown(entry.init);
  if (isCutOff) refuse('lab-machine-went-down', { lab: parseLabName(name), machine: node });
  return code;
}

/** Runs `argv` outside, as root on the client. Returns its exit code. */
export function labClient(name: string, argv: readonly string[], env: NodeJS.ProcessEnv) {
  return labExec(name, CLIENT, argv, env);
}
