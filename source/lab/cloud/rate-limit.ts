import { refuse } from './errors.ts';

const WINDOW_MS = 1000;

/** Calls of an action within a second: 20, or 2 for a price. */
export class RateLimit {
  readonly #calls = new Map<string, number[]>();

  /** @throws ApiError `RequestLimitExceeded` */
  count(action: string, nowMs: number): void {
    const recent = (this.#calls.get(action) ?? []).filter((at) => at > nowMs - WINDOW_MS);
    const limit = action.startsWith('Inquiry') ? 2 : 20;
    if (recent.length >= limit) {
      refuse('RequestLimitExceeded', `More than ${limit} calls of ${action} in a second.`);
    }
    this.#calls.set(action, [...recent, nowMs]);
  }
}
