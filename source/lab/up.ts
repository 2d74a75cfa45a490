import { EXIT, InterruptedError, message, OperatorError, problem } from '../model/index.ts';
import { start, waitUntilUp } from './boot.ts';
import { cloudEndpoint, hasCloud } from './cloud-site/settings.ts';
import { isCloudUp, startCloud, waitForCloud } from './cloud-site/start.ts';
import type { Lock } from './lock.ts';
import { machineState, type Stock } from './machines.ts';
import { type LabUpContext, makeLab, openSite } from './make-lab.ts';
import { networkPid } from './network.ts';
import { differsFrom, type LabOptions, labSpec } from './options.ts';
import { labPlaces } from './places.ts';
import type { Report } from './report.ts';
import type { LabSpec } from './spec.ts';
import { isUp, readRecord } from './state.ts';
import { hasTraces, sweep, takeLabLock } from './sweep.ts';

export interface LabUpResult {
  readonly spec: LabSpec;
  /** False when the lab was up already. */
  readonly changed: boolean;
  /** Where the lab's cloud answers inside the lab; undefined when it has none. */
  readonly endpoint: string | undefined;
  /** The cluster file. */
  readonly cluster: string;
}

/**
 * Makes the lab: machines, network, cloud, cluster file. A lab that is up is left as it is (a machine
 * that is off is started, and a cloud that died); what an interrupted `up` left is removed first. `ensureLabPossible`
 * comes before. @throws OperatorError for bad options, a lab that differs, a lab that is busy;
 * InterruptedError when the signal aborts it. Then nothing of the lab is left.
 */
export async function labUp(options: LabOptions, context: LabUpContext): Promise<LabUpResult> {
  const spec = labSpec(options);
  const password = readPassword(spec, context.env);
  const traces = hasTraces(spec.name);
  const lock = await takeLabLock(spec.name);
  const { cluster } = labPlaces(spec.name);
  try {
    const existing = isUp(spec.name) ? readRecord(spec.name) : undefined;
    if (existing?.stock) {
      refuseOther(existing.spec, spec, options);
      const changed = await startStopped(existing.spec, existing.stock, lock, context);
      return { spec: existing.spec, changed, endpoint: endpointOf(existing.spec), cluster };
    }
    if (traces) await clearUp(spec.name, context.report);
    await makeOrClear(spec, password, lock, context);
    return { spec, changed: true, endpoint: endpointOf(spec), cluster };
  } finally {
    lock.release();
  }
}

const endpointOf = (spec: LabSpec) => (hasCloud(spec) ? cloudEndpoint(spec) : undefined);

function readPassword(spec: LabSpec, env: NodeJS.ProcessEnv): string | undefined {
  if (spec.sudoPassword === null) return undefined;
  const password = env[spec.sudoPassword];
  if (password && !/[\n\r]/.test(password)) return password;
  throw new OperatorError(
    problem('lab-password-not-set', { variable: spec.sudoPassword }),
    EXIT.usage,
  );
}

function refuseOther(existing: LabSpec, wanted: LabSpec, options: LabOptions): void {
  const option = differsFrom(existing, wanted, options);
  if (option)
    throw new OperatorError(problem('lab-differs', { lab: existing.name, option }), EXIT.usage);
}

async function clearUp(lab: string, report: Report): Promise<void> {
  const left = await sweep(lab);
  if (left.length > 0)
    throw new OperatorError(problem('lab-left-behind', { lab, left: left.join(', ') }));
  report(message('lab-cleared', { lab }));
}

/** Half a lab helps nobody, and its cause is in the error. */
async function makeOrClear(
  spec: LabSpec,
  password: string | undefined,
  lock: Lock,
  context: LabUpContext,
): Promise<void> {
  try {
    await makeLab(spec, password, lock, context);
  } catch (error) {
    await sweep(spec.name);
    throw context.signal?.aborted ? new InterruptedError() : error;
  }
}

async function startStopped(
  spec: LabSpec,
  stock: Stock,
  lock: Lock,
  context: LabUpContext,
): Promise<boolean> {
  const stopped = spec.machines.filter(({ name }) => machineState(spec.name, name) === 'off');
  const switchPid = networkPid(spec.name, 'switch');
  const router = networkPid(spec.name, 'router');
  const isCloudless = hasCloud(spec) && !isCloudUp(spec.name);
  if ((stopped.length === 0 && !isCloudless) || !switchPid || !router) return false;
  const site = openSite(spec, lock, context);
  if (isCloudless) startCloud(site, router);
  for (const machine of stopped) start(site, machine, stock, switchPid);
  await Promise.all([
    ...stopped.map((machine) => waitUntilUp(site, machine)),
    ...(isCloudless ? [waitForCloud(site)] : []),
  ]);
  return true;
}
