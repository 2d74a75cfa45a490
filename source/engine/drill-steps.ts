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
/** What a breaking step says first: when it began, in seconds by its node's clock. */
const MARK = /^iam-ha-fault (\d+\.\d+)$/m;

/** A fault that is not made here: how it could be undone is not known. */
export class DrillRefusedError extends OperatorError {}

/** Asks the nodes whether it may be broken. @throws DrillRefusedError, OperatorError drill-step-failed */
export async function mayBreak({ questions = [] }: DrillPlan, ports: Ports): Promise<void> {
  for (const { refusal, ...step } of questions) {
    const why = refusal((await carryOut(step, ports)).stdout);
    if (why) throw new DrillRefusedError(why);
  }
}

/**
 * Carries the steps out, one after another.
 *
 * @returns the words that they said
 * @throws OperatorError drill-step-failed
 */
export async function steps(list: readonly DrillStep[], ports: Ports): Promise<readonly string[]> {
  const said: string[] = [];
  for (const step of list) said.push(...saidBy((await carryOut(step, ports)).stdout));
  return said;
}

/** A script says a word by a line of its own, `iam-ha-says WORD`: letters, digits, hyphens. */
export function saidBy(output: string): readonly string[] {
  return [...output.matchAll(/^iam-ha-says ([\w-]+)$/gm)].map(([, word = '']) => word);
}

async function carryOut(step: DrillStep, ports: Ports): Promise<RunResult> {
  const result = await perform(step, ports);
  if (!isDone(result)) throw new OperatorError(saying('drill-step-failed', step, result));
  return result;
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

export interface Injected {
  /** What a node said that refused a step; none is taken after that. */
  readonly refused?: Problem;
  /** The words that the steps said. */
  readonly said: readonly string[];
}

/** A step has begun: when, by its node's own clock (undefined: it did not say), and when we had asked for it. */
type Dated = (step: DrillStep, nodeMs: number | undefined, askedMs: number) => void;

/**
 * Breaks it.
 *
 * @param dated told as soon as a step has begun
 * @throws OperatorError drill-step-failed: nobody knows what became of a step
 */
export async function inject(
  { inject: list, away }: DrillPlan,
  ports: Ports,
  nowMs: () => number,
  dated: Dated,
): Promise<Injected> {
  const said: string[] = [];
  for (const step of list) {
    const result = await injectOne(step, ports, nowMs(), dated);
    said.push(...saidBy(result.stdout));
    // one that goes away may be gone before it has answered
    if (isDone(result) || (result.kind !== 'exited' && step.node === away)) continue;
    if (result.kind === 'exited')
      return { refused: saying('drill-fault-refused', step, result), said };
    throw new OperatorError(saying('drill-step-failed', step, result));
  }
  return { said };
}

async function injectOne(
  step: DrillStep,
  ports: Ports,
  askedMs: number,
  dated: Dated,
): Promise<RunResult> {
  const { delayMs = 0 } = step;
  let told = false;
  const tell = (nodeMs?: number) => {
    if (!told) dated(step, nodeMs && nodeMs + delayMs, askedMs + delayMs);
    told = true;
  };
  const script = ['echo "iam-ha-fault $EPOCHREALTIME"\n', ...step.script];
  const result = await perform({ ...step, script }, ports, (text) => {
    const at = MARK.exec(text)?.[1];
    if (at !== undefined) tell(Number(at) * 1000);
  });
  tell();
  return result;
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
      if (isDone(await perform(step, ports))) break;
      if (ports.clock.now() > deadline || ports.stop.signal.aborted) return false;
      await ports.clock.sleep(pauseMs, ports.stop.signal);
    }
  }
  return true;
}
