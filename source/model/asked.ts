import type { View } from './drill.ts';
import { type Message, message } from './message.ts';

/** How each third machine asked, and how well its clock is known: once for each. */
export function askedMessages(views: readonly View[]): readonly Message[] {
  const ways = new Map<string, Message>();
  for (const { vantage, by, clockMs = 0 } of views) {
    if (by) ways.set(`${vantage} ${by}`, message(`asked-by-${by}`, { vantage, ms: clockMs }));
  }
  return [...ways.values()];
}
