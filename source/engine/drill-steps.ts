import {
  type DrillPlan,
  type DrillStep,
  OperatorError,
  type Ports,
  type Problem,
  problem,
  type RunResult,
} from '../model/index.ts';

const PAUSE_MS = 100;

/** A fault that is not made here: how it could be undone is not known. */
export class DrillRefusedError extends OperatorError {
  constructor(why: Problem) {
    super(why);
  }
}

/** Asks the nodes whether it may be broken. @throws DrillRefusedError, OperatorError drill-step-failed */
export async function mayBreak({ questions = [] }: DrillPlan, ports: Ports): Promise<void> {
  for (const { refusal, ...step } of questions) {
    const why = refusal((await perform(step, ports)).stdout);
    if (why) throw new DrillRefusedError(why);
  }
}

/** Carries the steps out, one after another. @throws OperatorError drill-step-failed */
export async function steps(list: readonly DrillStep[], ports: Ports): Promise<void> {
  for (const step of list) await perform(step, ports);
}

interface PerformOptions {
  readonly onOutput?: (text: string) => void;
  /** The node may be gone before it has answered: that is no failure. */
  readonly mayBeLost?: boolean;
}

async function perform(
  { node, script, timeoutMs }: DrillStep,
  ports: Ports,
  { onOutput, mayBeLost }: PerformOptions = {},
): Promise<RunResult> {
  const options = { timeoutMs, ...(onOutput && { onOutput }) };
  const result = await ports.nodes.run(node, script, options);
  if (result.kind === 'exited' ? result.exitCode === 0 : mayBeLost) return result;
  const detail = `${result.stdout}\n${result.stderr}`.trim();
  throw new OperatorError(problem('drill-step-failed', {}, { node, detail }));
}

/**
 * Breaks it.
 *
 * @param dated told as soon as a step has begun: when, by its node's own clock (undefined where it
 *   did not say), and when we had asked for it
 */
export async function inject(
  { inject: list, away }: DrillPlan,
  ports: Ports,
  nowMs: () => number,
  dated: (step: DrillStep, nodeMs: number | undefined, askedMs: number) => void,
): Promise<void> {
  for (const step of list) {
    const askedMs = nowMs();
    let told = false;
    const tell = (nodeMs?: number) => {
      const { delayMs = 0 } = step;
      if (!told) dated(step, nodeMs && nodeMs + delayMs, askedMs + delayMs);
      told = true;
    };
    const script = ['echo "iam-ha-fault $EPOCHREALTIME"\n', ...step.script];
    const onOutput = (text: string) => {
      const at = /^iam-ha-fault (\d+\.\d+)$/m.exec(text)?.[1];
      if (at !== undefined) tell(Number(at) * 1000);
    };
    await perform({ ...step, script }, ports, { onOutput, mayBeLost: step.node === away });
    tell();
  }
}

/** Tries the steps until all exit 0; not when the operator insists on leaving. */
export async function until(
  list: readonly DrillStep[],
  withinMs: number,
  ports: Ports,
  pauseMs = PAUSE_MS,
): Promise<boolean> {
  const deadline = ports.clock.now() + withinMs;
  for (const step of list) {
    for (;;) {
      const result = await ports.nodes.run(step.node, step.script, { timeoutMs: step.timeoutMs });
      if (result.kind === 'exited' && result.exitCode === 0) break;
      if (ports.clock.now() > deadline || ports.stop.signal.aborted) return false;
      await ports.clock.sleep(pauseMs, ports.stop.signal);
    }
  }
  return true;
}
