import { join } from 'node:path';
import { DEFAULT_IAM_VERSION, type IamSource, iamRelease } from '../cluster/index.ts';
import { findGo, iamCacheFolder, prepareIam, type RunProgram } from '../drivers/iam/index.ts';
import { type Message, message, OperatorError } from '../model/index.ts';
import type { Crew } from './crew.ts';
import { checkoutFolder } from './places.ts';
import type { Report } from './report.ts';

/** Where the lab's cluster file says that IAM comes from. */
export type LabIam = Extract<IamSource, { kind: 'go' | 'directory' }>;

export interface LabIamContext {
  readonly crew: Crew;
  readonly report: Report;
  readonly env: NodeJS.ProcessEnv;
  readonly signal?: AbortSignal | undefined;
}

/** How often a build says how far it is, in percent. */
const STEP = 25;

/**
 * The real daemons where Go is: built now, since the machines' network leads nowhere. Else, or where
 * `IAM_HA_WIZARD_LAB_IAM=stand-in` asks for it, the stand-in; and why is said.
 */
export async function labIam(context: LabIamContext): Promise<LabIam> {
  const { env, report } = context;
  if (env.IAM_HA_WIZARD_LAB_IAM === 'stand-in') return standIn();
  const go = await findGo(env);
  if (go.kind !== 'usable') {
    report(message(`lab-iam-go-${go.kind}`));
    return standIn();
  }
  try {
    await build(context);
    return { kind: 'go', version: DEFAULT_IAM_VERSION };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const [{ code, detail = '' }] = error.problems;
    report(message('lab-iam-not-built', { why: detail.split('\n').at(-1) || code }));
    return standIn();
  }
}

function standIn(): LabIam {
  return { kind: 'directory', path: join(checkoutFolder(), 'assets/stand-in') };
}

function build({ crew, report, env, signal }: LabIamContext) {
  let said = -1;
  const say = (text: Message, done?: number, total?: number) => {
    const percent = done === undefined || !total ? 0 : Math.floor((100 * done) / total);
    const step = Math.floor(percent / STEP);
    if (done !== undefined && step === said) return;
    said = done === undefined ? -1 : step;
    report(done === undefined ? text : message('lab-iam-compiling', { percent: step * STEP }));
  };
  return prepareIam(
    { kind: 'go', release: iamRelease(DEFAULT_IAM_VERSION) },
    {
      pumpMend: true,
      architecture: process.arch === 'arm64' ? 'aarch64' : 'x86_64',
      env,
      cache: iamCacheFolder(env),
      run: crewRunner(crew),
      signal: signal ?? new AbortController().signal,
      report: say,
      where: {},
    },
  );
}

/** In the lab's cgroup: what a killed `up` leaves of it, the next command ends. */
function crewRunner(crew: Crew): RunProgram {
  return async (argv, { env, onLine }) => {
    try {
      const set = Object.entries(env).filter((one): one is [string, string] => Boolean(one[1]));
      const options = { env: Object.fromEntries(set), ...(onLine ? { onLine } : {}) };
      return { exitCode: 0, stdout: await crew.run(argv, options), stderr: '' };
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      return { exitCode: 1, stdout: '', stderr: error.problems[0].detail ?? '' };
    }
  };
}
