import { classify, type ProbedSample, type Sample } from '../../model/index.ts';
import type { RequestEnd } from './schedule.mjs';

export type { ProbedSample };

export interface Collector {
  add(ends: readonly RequestEnd[]): void;
  /** In the order in which the requests ended. */
  since(index: number): readonly ProbedSample[];
  /** Every target's samples, by scheduled time. */
  byTarget(): readonly (readonly Sample[])[];
  /** The target's first ok sample, or undefined if there is none within the time, or ever. */
  firstOk(target: number, timeoutMs: number): Promise<Sample | undefined>;
  /** No more samples will come: those who wait are told. */
  end(): void;
}

interface Waiter {
  readonly target: number;
  tell(sample?: Sample): void;
}

/** Gathers what the probers report. */
export function createCollector(
  targetCount: number,
  scheduledMs: (n: number) => number,
): Collector {
  const all: ProbedSample[] = [];
  const waiters = new Set<Waiter>();
  let isEnded = false;
  const find = (target: number) =>
    all.find((one) => one.target === target && one.sample.outcome === 'ok')?.sample;
  const take = (end: RequestEnd) => {
    const sample = toSample(scheduledMs(end[1]), end);
    all.push({ target: end[0], sample });
    if (sample.outcome !== 'ok') return;
    for (const waiter of waiters) if (waiter.target === end[0]) waiter.tell(sample);
  };
  return {
    add: (ends) => ends.forEach(take),
    since: (index) => all.slice(index),
    byTarget: () =>
      Array.from({ length: targetCount }, (_, target) =>
        all
          .filter((one) => one.target === target)
          .map((one) => one.sample)
          .sort((a, b) => a.scheduledMs - b.scheduledMs),
      ),
    firstOk(target, timeoutMs) {
      const already = find(target);
      if (already || isEnded) return Promise.resolve(already);
      return wait(waiters, target, timeoutMs);
    },
    end() {
      isEnded = true;
      for (const waiter of waiters) waiter.tell();
    },
  };
}

function wait(
  waiters: Set<Waiter>,
  target: number,
  timeoutMs: number,
): Promise<Sample | undefined> {
  return new Promise((resolve) => {
    const waiter: Waiter = {
      target,
      tell(sample) {
        waiters.delete(waiter);
        clearTimeout(timer);
        resolve(sample);
      },
    };
    const timer = setTimeout(() => waiter.tell(), timeoutMs);
    waiters.add(waiter);
  });
}

function toSample(scheduledMs: number, end: RequestEnd): Sample {
  const [, , sentMs, endedMs, reason, node, backend] = end;
  return {
    scheduledMs,
    sentMs,
    endedMs,
    ...classify(scheduledMs, endedMs, reason),
    ...(node === undefined ? {} : { node }),
    ...(backend === undefined ? {} : { backend }),
  };
}
