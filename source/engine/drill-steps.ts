import {
  type DrillStep,
  OperatorError,
  type Ports,
  type Problem,
  problem,
  type RunResult,
} from '../model/index.ts';

const PAUSE_MS = 100;
/** What a breaking step says first: when it began, in seconds by its node's clock. */
const MARK = /^iam-ha-fault (\d+\.\d+)$/m;

/** Carries the steps out, one after another. @throws OperatorError drill-step-failed */
export async function steps(list: readonly DrillStep[], ports: Ports): Promise<void> {
  for (const step of list) {
    const result = await perform(step, ports);
    if (!isDone(result)) throw new OperatorError(saying('drill-step-failed', step, result));
  }
}

function perform(
  { node, script, timeoutMs }: DrillStep,
  ports: Ports,
  onOutput?: (text: string) => void,
): Promise<RunResult> {
  return ports.nodes.run(node, script, { timeoutMs, ...(onOutput && { onOutput }) });
}

function isDone(result: RunResult): boolean {
  return result.kind === 'exited' && result.exitCode === 0;
}

function saying(code: string, { node }: DrillStep, { stdout, stderr }: RunResult): Problem {
  const detail = `${stdout}\n${stderr}`.replace(MARK, '').trim();
  return problem(code, {}, { node, detail });
}

/**
 * Breaks it.
 *
 * @param dated told as soon as a step has begun: when, by its node's own clock (undefined where it
 *   did not say), and when we had asked for it
 * @returns what a node said that refused a step; none is taken after that
 * @throws OperatorError drill-step-failed: nobody knows what became of a step
 */
export async function inject(
  list: readonly DrillStep[],
  ports: Ports,
  nowMs: () => number,
  dated: (step: DrillStep, nodeMs: number | undefined, askedMs: number) => void,
): Promise<Problem | undefined> {
  for (const step of list) {
    const askedMs = nowMs();
    let told = false;
    const tell = (nodeMs?: number) => {
      if (!told) dated(step, nodeMs, askedMs);
      told = true;
    };
    const script = ['echo "iam-ha-fault $EPOCHREALTIME"\n', ...step.script];
    const result = await perform({ ...step, script }, ports, (text) => {
      const at = MARK.exec(text)?.[1];
      if (at !== undefined) tell(Number(at) * 1000);
    });
    tell();
    if (isDone(result)) continue;
    if (result.kind === 'exited') return saying('drill-fault-refused', step, result);
    throw new OperatorError(saying('drill-step-failed', step, result));
  }
  return undefined;
}

/** Tries the steps until all exit 0. */
export async function until(
  list: readonly DrillStep[],
  withinMs: number,
  ports: Ports,
): Promise<boolean> {
  const deadline = ports.clock.now() + withinMs;
  for (const step of list) {
    for (;;) {
      if (isDone(await perform(step, ports))) break;
      if (ports.clock.now() > deadline) return false;
      await ports.clock.sleep(PAUSE_MS);
    }
  }
  return true;
}
