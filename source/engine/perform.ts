import {
  type Action,
  type AwaitAction,
  InterruptedError,
  type LongAction,
  type Ports,
  type Problem,
  problem,
  type RunResult,
  scriptComplaint,
  type UploadAction,
  type UploadRunOptions,
} from '../model/index.ts';
import { markedAtWork } from './facts/at-work.ts';
import { longStepScript } from './long-step.ts';

/** What became of an action; `unknown`: we lost contact, and it may have happened. */
export type Performed =
  | { readonly state: 'done' }
  | { readonly state: 'failed' | 'unknown'; readonly problem: Problem };

const DONE: Performed = { state: 'done' };
const RECONNECTS = 5;
const UPLOAD_TIMEOUT_MS = 600_000;
const AWAIT_PAUSE_MS = 100;
/** A lasting cause must stand for so long: what is read at first may be of before the change. */
const LASTING_MS = 2500;

/**
 * Performs one action. Only here do actions leave the engine. When the operator insists on
 * stopping, what runs on the node is left running, and that is said; the next run looks.
 */
export async function perform(
  action: Action,
  ports: Ports,
  onOutput: (text: string) => void,
  onProgress?: UploadRunOptions['onProgress'],
): Promise<Performed> {
  switch (action.kind) {
    case 'script': {
      const options = { timeoutMs: action.timeoutMs, onOutput };
      const run = ports.nodes.run(action.node, markedAtWork(action.script), options);
      return settle(action, await leftRunning(run, action, ports));
    }
    case 'upload':
      return performUpload(action, ports, onProgress);
    case 'long':
      return performLong(action, ports, onOutput);
    case 'await':
      return performAwait(action, ports);
  }
}

async function performUpload(
  action: UploadAction,
  ports: Ports,
  onProgress: UploadRunOptions['onProgress'],
): Promise<Performed> {
  const { signal } = ports.stop;
  const told = onProgress ? { onProgress } : {};
  const upload = ports.nodes.upload(action, { timeoutMs: UPLOAD_TIMEOUT_MS, signal, ...told });
  return settle(action, await leftRunning(upload, action, ports));
}

/** The result, unless the operator insists first: then the step goes on without us. */
async function leftRunning(
  running: Promise<RunResult>,
  action: Action,
  ports: Ports,
): Promise<RunResult> {
  const insisted = insistence(ports.stop.signal);
  try {
    const first = await Promise.race([running, insisted.came]);
    if (first !== 'insisted') return first;
  } finally {
    insisted.forget();
  }
  running.catch(() => undefined);
  await ports.journal.append([{ type: 'step-left-running', node: action.node, what: action.kind }]);
  throw new InterruptedError();
}

function insistence(signal: AbortSignal) {
  let hear = () => {};
  const came = new Promise<'insisted'>((resolve) => {
    hear = () => resolve('insisted');
    if (signal.aborted) hear();
    signal.addEventListener('abort', hear, { once: true });
  });
  return { came, forget: () => signal.removeEventListener('abort', hear) };
}

/** A lost connection loses nothing: the step goes on by itself, and is joined again by its name. */
async function performLong(
  action: LongAction,
  ports: Ports,
  onOutput: (text: string) => void,
): Promise<Performed> {
  const options = { timeoutMs: action.timeoutMs, onOutput };
  for (let attempt = 0; ; attempt += 1) {
    const run = ports.nodes.run(action.node, longStepScript(action), options);
    const result = await leftRunning(run, action, ports);
    if (result.kind !== 'disconnected' || attempt >= RECONNECTS) return settle(action, result);
    await ports.clock.sleep(1000, ports.stop.signal);
  }
}

async function performAwait(action: AwaitAction, ports: Ports): Promise<Performed> {
  const deadline = ports.clock.now() + action.deadlineMs;
  let lastingSince: number | undefined;
  for (;;) {
    if (ports.stop.requested) throw new InterruptedError();
    const left = Math.max(1000, deadline - ports.clock.now());
    const result = await ports.nodes.run(action.node, action.script, {
      timeoutMs: left,
      signal: ports.stop.signal,
    });
    if (result.kind === 'exited' && result.exitCode === 0) return DONE;
    if (result.kind === 'disconnected') return settle(action, result);
    const why = action.explain?.(result.stdout);
    const now = ports.clock.now();
    lastingSince = why?.lasting ? (lastingSince ?? now) : undefined;
    const isHopeless = lastingSince !== undefined && now - lastingSince >= LASTING_MS;
    if (why && (isHopeless || now >= deadline)) return { state: 'failed', problem: why.problem };
    if (now >= deadline) return { state: 'failed', problem: timedOut(action, result) };
    await ports.clock.sleep(AWAIT_PAUSE_MS, ports.stop.signal);
  }
}

function timedOut({ node, what, deadlineMs }: AwaitAction, result: RunResult): Problem {
  const { code, params = {} } = what;
  const seconds = deadlineMs / 1000;
  const where = { node, detail: tail(result) };
  return problem('await-timed-out', { ...params, what: code, seconds }, where);
}

function settle(action: Action, result: RunResult): Performed {
  const where = { node: action.node };
  switch (result.kind) {
    case 'exited': {
      if (result.exitCode === 0) return DONE;
      const { code, detail } = scriptComplaint(result.stderr);
      const said = tail({ ...result, stderr: detail });
      return {
        state: 'failed',
        problem: problem(
          failureCode(code, said),
          { exitCode: result.exitCode },
          { ...where, detail: said },
        ),
      };
    }
    case 'timed-out':
      return {
        state: 'unknown',
        problem: problem(
          'action-timed-out',
          { seconds: result.afterMs / 1000 },
          { ...where, detail: tail(result) },
        ),
      };
    case 'disconnected':
      return {
        state: 'unknown',
        problem: { ...result.problem, node: result.problem.node ?? action.node },
      };
  }
}

/** A full disk is the cause, whatever step met it. */
function failureCode(code: string | null, said: string): string {
  const isFull = said.includes('No space left on device');
  if (isFull && (code === null || code === 'config-write-failed')) return 'no-space-left';
  return code ?? 'action-failed';
}

/** The end of what was printed: the operator needs the error, not the whole log. */
function tail(result: RunResult): string {
  return `${result.stdout}\n${result.stderr}`.trim().slice(-4000);
}
