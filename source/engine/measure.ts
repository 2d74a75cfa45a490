import {
  type Check,
  type Content,
  type Measured,
  type Measurement,
  message,
  type NodeName,
  type Ports,
  type RunResult,
  type ScriptAction,
  type StagePlan,
} from '../model/index.ts';
import { batchScript, readBatch } from './batch.ts';
import type { Judged } from './check-graph.ts';
import { measureCloud } from './cloud/measure.ts';
import { holdDialogue } from './dialogue.ts';

export interface StagedCheck {
  readonly stage: string;
  readonly check: Check;
}

/** What goes at the end of a node's round trip: the lock's release. */
export interface Closing {
  readonly nodes: readonly NodeName[];
  readonly script: (node: NodeName) => Content;
}

const BATCH_TIMEOUT_MS = 60_000;

export function checksOf(stages: readonly StagePlan[]): readonly StagedCheck[] {
  return stages.flatMap((stage) => stage.checks.map((check) => ({ stage: stage.id, check })));
}

/**
 * Measures the checks once: all scripts of a node in one round trip, nodes side by side, and all
 * bare connections from vantages with them, and one look at the cloud; then the
 * requests from vantages, one after another, so that they do not meet the nodes' own counting.
 *
 * @param closing goes at the end of each node's round trip (the lock's release), whatever it costs
 */
export async function measureOnce(
  checks: readonly StagedCheck[],
  ports: Ports,
  closing?: Closing,
): Promise<readonly Judged[]> {
  const all = checks.flatMap(({ check }) => check.measurements);
  const scripts = all.filter((one): one is ScriptAction => one.kind === 'script');
  const nodes = new Set([...scripts.map((one) => one.node), ...(closing?.nodes ?? [])]);
  const measured = new Map<Measurement, Measured>();
  const connections = all.map(async (one) => {
    if (one.kind === 'connect') measured.set(one, await ports.connect(one));
  });
  // an operator's own commands at the operator's: nothing else is measured there
  const local = all.map(async (one) => {
    if (one.kind === 'local') measured.set(one, await ports.local(one));
  });
  await Promise.all([
    ...connections,
    ...local,
    measureCloud(all, ports).then((seen) => {
      for (const [one, said] of seen) measured.set(one, said);
    }),
    ...[...nodes].map(async (node) => {
      const mine = scripts.filter((one) => one.node === node);
      const batch = [...mine.map((one) => one.script), ...(closing ? [closing.script(node)] : [])];
      const results = await runBatch(node, batch, ports);
      mine.forEach((one, index) => {
        measured.set(one, results[index]!);
      });
    }),
  ]);
  for (const one of all) if (one.kind === 'http') measured.set(one, await ports.http(one));
  for (const one of all)
    if (one.kind === 'dialogue') measured.set(one, await holdDialogue(one, ports));
  return checks.map(({ stage, check }) => ({
    stage,
    check,
    verdict: check.judge(check.measurements.map((one) => measured.get(one)!)),
  }));
}

async function runBatch(
  node: NodeName,
  scripts: readonly Content[],
  ports: Ports,
): Promise<readonly RunResult[]> {
  const options = { timeoutMs: BATCH_TIMEOUT_MS, signal: ports.stop.signal };
  return readBatch(await ports.nodes.run(node, batchScript(scripts), options), scripts.length);
}

const RETRY_PAUSE_MS = 300;

/** Checks that need no patience take seconds all the same: that is said before. */
export function sayMeasuring(checks: readonly StagedCheck[], ports: Ports): void {
  const [first] = checks;
  if (!first) return;
  const text = message('measuring-checks', { count: checks.length });
  ports.emit({ type: 'progress', stage: first.stage, node: null, text });
}

/** Measures again what has not passed, each check until its own deadline; `closing` goes with the first time. */
export async function measureUntilDeadline(
  checks: readonly StagedCheck[],
  ports: Ports,
  closing?: Closing,
): Promise<readonly Judged[]> {
  sayMeasuring(checks, ports);
  const started = ports.clock.now();
  const settled = new Map<Check, Judged>();
  let open = checks;
  for (;;) {
    const judged = await measureOnce(open, ports, settled.size === 0 ? closing : undefined);
    open.forEach(({ check }, index) => {
      settled.set(check, judged[index]!);
    });
    const elapsed = ports.clock.now() - started;
    open = open.filter(({ check }) => isOpen(settled.get(check)!, check.deadlineMs - elapsed));
    if (open.length === 0 || ports.stop.requested)
      return checks.map(({ check }) => settled.get(check)!);
    await ports.clock.sleep(RETRY_PAUSE_MS, ports.stop.signal);
  }
}

function isOpen(judged: Judged, leftMs: number): boolean {
  return leftMs > 0 && (judged.verdict.state === 'failed' || judged.verdict.state === 'unknown');
}
