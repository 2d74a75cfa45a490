import { type DrillStep, OperatorError, type Ports, problem } from '../model/index.ts';

const PAUSE_MS = 100;

/**
 * Carries the steps out, one after another.
 *
 * @returns the words that they said
 * @throws OperatorError drill-step-failed
 */
export async function steps(list: readonly DrillStep[], ports: Ports): Promise<readonly string[]> {
  const said: string[] = [];
  for (const step of list) said.push(...(await perform(step, ports)));
  return said;
}

/** A script says a word by a line of its own, `iam-ha-says WORD`: letters, digits, hyphens. */
export function saidBy(output: string): readonly string[] {
  return [...output.matchAll(/^iam-ha-says ([\w-]+)$/gm)].map(([, word = '']) => word);
}

async function perform(
  { node, script, timeoutMs }: DrillStep,
  ports: Ports,
  onOutput?: (text: string) => void,
): Promise<readonly string[]> {
  const options = { timeoutMs, ...(onOutput && { onOutput }) };
  const result = await ports.nodes.run(node, script, options);
  if (result.kind === 'exited' && result.exitCode === 0) return saidBy(result.stdout);
  const detail = `${result.stdout}\n${result.stderr}`.trim();
  throw new OperatorError(problem('drill-step-failed', {}, { node, detail }));
}

/**
 * Breaks it.
 *
 * @param dated told as soon as a step has begun: when, by its node's own clock (undefined where it
 *   did not say), and when we had asked for it
 * @returns the words that the steps said
 */
export async function inject(
  list: readonly DrillStep[],
  ports: Ports,
  nowMs: () => number,
  dated: (step: DrillStep, nodeMs: number | undefined, askedMs: number) => void,
): Promise<readonly string[]> {
  const said: string[] = [];
  for (const step of list) {
    const askedMs = nowMs();
    let told = false;
    const tell = (nodeMs?: number) => {
      if (!told) dated(step, nodeMs, askedMs);
      told = true;
    };
    const script = ['echo "iam-ha-fault $EPOCHREALTIME"\n', ...step.script];
    const words = await perform({ ...step, script }, ports, (text) => {
      const at = /^iam-ha-fault (\d+\.\d+)$/m.exec(text)?.[1];
      if (at !== undefined) tell(Number(at) * 1000);
    });
    tell();
    said.push(...words);
  }
  return said;
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
      const result = await ports.nodes.run(step.node, step.script, { timeoutMs: step.timeoutMs });
      if (result.kind === 'exited' && result.exitCode === 0) break;
      if (ports.clock.now() > deadline) return false;
      await ports.clock.sleep(PAUSE_MS);
    }
  }
  return true;
}
