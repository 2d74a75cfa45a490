import { Worker } from 'node:worker_threads';
import type { ProbePlan, RequestEnd } from './schedule.mjs';

/** Something that probes the targets of one kind of vantage. */
export interface Prober {
  start(startMs: number): void;
  /** Kept when every request sent has ended, 3 s after the last one at most. */
  stop(): Promise<void>;
  /** Rejected when the prober dies before its time; never kept. */
  readonly died: Promise<never>;
}

export type Plan = Omit<ProbePlan, 'startMs'>;
export type Report = (ends: readonly RequestEnd[]) => void;

type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'ends'; readonly ends: readonly RequestEnd[] }
  | { readonly kind: 'stopped' };

/** Probes from this computer, in a thread of its own. Kept when it is ready to start. */
export async function startThread(plan: Plan, report: Report): Promise<Prober> {
  const worker = new Worker(new URL('./prober-worker.mjs', import.meta.url), {
    workerData: plan,
    // Without the loaders of this process: plain JavaScript needs none, and starts the sooner.
    execArgv: [],
  });
  const died = deathOf(worker);
  const ready = said(worker, 'ready');
  worker.on('message', (message: FromWorker) => {
    if (message.kind === 'ends') report(message.ends);
  });
  await Promise.race([ready, died]);
  return {
    start: (startMs) => worker.postMessage({ kind: 'start', startMs }),
    async stop() {
      const stopped = said(worker, 'stopped');
      worker.postMessage({ kind: 'stop' });
      await Promise.race([stopped, died]);
    },
    died,
  };
}

function deathOf(worker: Worker): Promise<never> {
  const died = new Promise<never>((_, reject) => {
    const die = (cause: unknown) => reject(new Error("the prober's thread died", { cause }));
    worker.once('error', die);
    worker.once('exit', die);
  });
  // It also ends when it was told to, and then nobody waits for this.
  died.catch(() => {});
  return died;
}

function said(worker: Worker, kind: FromWorker['kind']): Promise<void> {
  return new Promise((resolve) => {
    worker.on('message', (message: FromWorker) => {
      if (message.kind === kind) resolve();
    });
  });
}
