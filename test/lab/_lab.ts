import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import ava, { type TestFn } from 'ava';
import {
  type Entry,
  isLabPossible,
  type LabOptions,
  labDown,
  labPlaces,
  labUp,
  machineEntry,
  operatorEntry,
} from '../../source/lab/index.ts';

/** Tests that need a lab: one after another; where none can be made each is skipped, by name. */
export const inLab: TestFn = (isLabPossible().possible
  ? ava.serial
  : ava.serial.skip) as unknown as TestFn;

/** The oldest Go that builds IAM. */
const GO = [1, 21] as const;

function hasGo(): boolean {
  const { stdout } = spawnSync('go', ['env', 'GOVERSION'], { encoding: 'utf8' });
  const found = /^go(\d+)\.(\d+)/.exec(stdout ?? '');
  if (!found) return false;
  const [major, minor] = [Number(found[1]), Number(found[2])];
  return major > GO[0] || (major === GO[0] && minor >= GO[1]);
}

/**
 * Tests of IAM's real daemons, which a lab has where there is a Go to build them with; elsewhere each
 * is skipped, by name.
 */
export const inRealLab: TestFn = (isLabPossible().possible && hasGo()
  ? ava.serial
  : ava.serial.skip) as unknown as TestFn;

/** One line of `--json`. */
export type Line = Readonly<Record<string, unknown>> & { readonly type: string };

/** What became of a run of the wizard. */
export interface Ran {
  /** Null when it died of a signal. */
  readonly code: number | null;
  readonly events: readonly Line[];
  /** The last `result` event; an empty one when there was none. */
  readonly result: Line;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunOptions {
  readonly env?: Readonly<Record<string, string>>;
  /** Through `iam-ha-wizard lab run`, as a person does it; else started in its place. */
  readonly viaLabRun?: boolean;
}

/** A wizard at work. */
export interface Running {
  /** The wizard itself, or `lab run` with `viaLabRun`. */
  readonly child: ChildProcess;
  readonly ended: Promise<Ran>;
  /** Resolves with the first event, past or to come, that is so; rejects when the run ends before. */
  event(isIt: (event: Line) => boolean): Promise<Line>;
  /** Resolves once it is so of all events until then; rejects when the run ends before. */
  when(isSo: (events: readonly Line[]) => boolean): Promise<void>;
  kill(signal: NodeJS.Signals): void;
}

const LAUNCHER = fileURLToPath(new URL('../../bin/iam-ha-wizard.js', import.meta.url));
const NO_RESULT: Line = { type: 'none' };

/** Starts `iam-ha-wizard ARGS` where the lab's operator sits, without a terminal. */
export function startWizard(
  lab: string,
  args: readonly string[],
  { env = {}, viaLabRun = false }: RunOptions = {},
): Running {
  const words = ['iam-ha-wizard', ...args];
  const around = { ...process.env, ...env };
  const entry = viaLabRun
    ? {
        argv: [process.execPath, LAUNCHER, 'lab', 'run', '--name', lab, '--', ...words],
        env: around,
      }
    : operatorEntry(lab, words, around);
  const [program = '', ...rest] = entry.argv;
  const child = spawn(program, rest, { env: entry.env, stdio: ['ignore', 'pipe', 'pipe'] });
  return follow(child);
}

function follow(child: ChildProcess): Running {
  const events: Line[] = [];
  const listeners = new Set<() => void>();
  let stdout = '';
  let stderr = '';
  let over = false;
  const tell = () => {
    for (const listener of [...listeners]) listener();
  };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    const seen = stdout.lastIndexOf('\n') + 1;
    stdout += text;
    const whole = stdout.slice(seen, stdout.lastIndexOf('\n') + 1);
    events.push(...whole.split('\n').flatMap(readLine));
    tell();
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    stderr += text;
  });
  const ended = new Promise<Ran>((resolve) => {
    child.on('close', (code) => {
      over = true;
      tell();
      const result = events.findLast((event) => event.type === 'result') ?? NO_RESULT;
      resolve({ code, events, result, stdout, stderr });
    });
  });
  const when = (isSo: (all: readonly Line[]) => boolean) =>
    new Promise<void>((resolve, reject) => {
      const look = () => {
        const found = isSo(events);
        if (!found && !over) return;
        listeners.delete(look);
        if (found) resolve();
        else reject(new Error(`the run ended before it was so:\n${stdout}\n${stderr}`));
      };
      listeners.add(look);
      look();
    });
  const event = async (isIt: (one: Line) => boolean) => {
    await when((all) => all.some(isIt));
    return events.find(isIt)!;
  };
  return { child, ended, event, when, kill: (signal) => child.kill(signal) };
}

function readLine(line: string): readonly Line[] {
  if (!line.startsWith('{')) return [];
  return [JSON.parse(line) as Line];
}

/** Runs `iam-ha-wizard ARGS` in the lab to its end. */
export function wizard(lab: string, args: readonly string[], options?: RunOptions): Promise<Ran> {
  return startWizard(lab, args, options).ended;
}

interface Done {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

function runToEnd({ argv, env }: Pick<Entry, 'argv' | 'env'>): Done {
  const [program = '', ...rest] = argv;
  // far longer than any script here takes: one that hangs fails its test
  const ending = { timeout: 120_000, killSignal: 'SIGKILL' } as const;
  const options = { env, encoding: 'utf8', maxBuffer: 64 << 20, ...ending } as const;
  const { status, stdout, stderr } = spawnSync(program, rest, options);
  return { code: status, stdout, stderr };
}

/** Runs a bash script as root on a node. @returns its standard output @throws Error when it fails */
export function onNode(lab: string, node: string, script: string): string {
  const done = runToEnd(machineEntry(lab, node, ['bash', '-c', script], process.env));
  if (done.code === 0) return done.stdout;
  throw new Error(`${node}: exit code ${done.code}\n${script}\n${done.stdout}\n${done.stderr}`);
}

/** Runs a bash script where the operator sits; its exit code is the caller's business. */
export function asOperator(lab: string, script: string): Done {
  return runToEnd(operatorEntry(lab, ['bash', '-c', script], process.env));
}

/**
 * Which boot of the machine answers over SSH; undefined while none does. Not asked by entering it: that
 * would be possible while it still goes down.
 */
export function bootOverSsh(lab: string, address: string): string | undefined {
  const { identity, knownHosts } = labPlaces(lab);
  const options = `-o BatchMode=yes -o ConnectTimeout=2 -o UserKnownHostsFile=${knownHosts} -i ${identity}`;
  const command = `timeout 5 ssh ${options} root@${address} cat /proc/sys/kernel/random/boot_id </dev/null`;
  const { code, stdout } = asOperator(lab, command);
  return code === 0 ? stdout.trim() : undefined;
}

/**
 * The lab of a test file: of this checkout alone, so that two of them may test at once, and a run
 * that was killed is cleared away by the next one.
 */
export function labName(file: string): string {
  const checkout = createHash('sha256').update(process.cwd()).digest('hex').slice(0, 6);
  return `e2e-${file}-${checkout}`;
}

const quiet = () => {};

/** A lab of bare machines, without a cloud unless one is asked for; what an earlier run left under that name goes first. */
export async function upFresh(name: string, options: Omit<LabOptions, 'name'> = {}): Promise<void> {
  await labDown(name, quiet, process.env);
  await labUp({ cloud: 'none', ...options, name }, { report: quiet, env: process.env });
}

/** Removes the lab, in `after.always`. */
export async function down(name: string): Promise<void> {
  if (isLabPossible().possible) await labDown(name, quiet, process.env);
}

/** Waits until it is so. @throws Error after `seconds` */
export async function until(
  what: string,
  isSo: () => boolean | Promise<boolean>,
  seconds = 30,
): Promise<void> {
  const deadline = Date.now() + seconds * 1000;
  while (!(await isSo())) {
    if (Date.now() > deadline) throw new Error(`not within ${seconds} s: ${what}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}

/** Where nothing of a node's own life is: what the wizard writes to, but for data and logs. */
export const MANAGED_ROOTS = ['/etc', '/opt', '/usr/local', '/var/lib/iam-ha-wizard'] as const;

/**
 * Every file, folder and link under `roots`, by path: type, mode, owner, and sha256 or target.
 * Taken as root inside the machine, not by the wizard.
 */
export function manifest(
  lab: string,
  node: string,
  roots: readonly string[] = MANAGED_ROOTS,
): ReadonlyMap<string, string> {
  const list = roots.join(' ');
  const script = `
for root in ${list}; do [ -e $root ] && set -- "$@" $root; done
find "$@" -printf '%p\\t%y %m %u:%g %l\\n'
echo ==
find "$@" -type f -print0 | xargs -0 -r sha256sum`;
  const [entries = '', sums = ''] = onNode(lab, node, script).split('\n==\n');
  const bySum = new Map(
    sums.split('\n').map((line) => [line.slice(66), line.slice(0, 64)] as const),
  );
  return new Map(
    entries
      .split('\n')
      .filter(Boolean)
      .map((line) => {
        const [path = '', what = ''] = line.split('\t');
        return [path, `${what} ${bySum.get(path) ?? ''}`.trim()];
      }),
  );
}

/** The differences of two manifests, one a line: `- path: …` is only in the first. */
export function differences(
  first: ReadonlyMap<string, string>,
  second: ReadonlyMap<string, string>,
): readonly string[] {
  const gone = [...first].filter(([path, what]) => second.get(path) !== what);
  const come = [...second].filter(([path, what]) => first.get(path) !== what);
  return [
    ...gone.map(([path, what]) => `- ${path}: ${what}`),
    ...come.map(([path, what]) => `+ ${path}: ${what}`),
  ];
}
