import { setTimeout as delay } from 'node:timers/promises';
import type { Clock } from '../model/index.ts';

/** The computer's clock. An aborted sleep ends early; it does not throw. */
export const systemClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => delay(ms, undefined, signal ? { signal } : {}).catch(() => undefined),
};
