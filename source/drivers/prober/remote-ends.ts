import { epochMs, type RequestEnd, runSchedule } from './schedule.mjs';
import type { Plan, Report } from './thread.ts';

/** What a third machine tells of, each request once; and those that it will never tell of. */
export class RemoteEnds {
  readonly #plan: Plan;
  readonly #report: Report;
  readonly #told = new Set<string>();
  readonly #targets: ReadonlySet<number>;
  #stoppedMs = Number.POSITIVE_INFINITY;
  #filling: { stop(): void } | undefined;

  constructor(plan: Plan, report: Report) {
    this.#plan = plan;
    this.#report = report;
    this.#targets = new Set(plan.targets.map(({ index }) => index));
  }

  take(ends: readonly RequestEnd[]): void {
    const fresh = ends.filter(
      ([target, n]) => this.#targets.has(target) && this.#isFirst(target, n),
    );
    if (fresh.length > 0) this.#report(fresh);
  }

  /** From now on, and for all that was due before and is not told: lost. */
  lose(startMs: number): void {
    const { originMs, ratePerSecond, targets } = this.#plan;
    this.#filling ??= runSchedule({ startMs, ratePerSecond, originMs }, (n) => {
      const dueMs = startMs + (n * 1000) / ratePerSecond;
      if (dueMs > this.#stoppedMs) return;
      const due = targets.filter(({ every = 1 }) => n % every === 0);
      const nowMs = epochMs(originMs);
      // when it would have been sent: how late it was, nobody knows
      this.take(due.map(({ index }) => [index, n, dueMs, nowMs, 'vantage-lost']));
    });
  }

  /** Nothing that is due later is missing. */
  stop(): void {
    this.#stoppedMs = epochMs(this.#plan.originMs);
  }

  end(): void {
    this.#filling?.stop();
  }

  #isFirst(target: number, n: number): boolean {
    const key = `${n} ${target}`;
    if (this.#told.has(key)) return false;
    this.#told.add(key);
    return true;
  }
}
