import type { DrillEvent, EngineEvent, LiveSample } from '../../source/model/index.ts';
import { recorded } from './_drill-frames.ts';

export const OUTSIDE = 'ssh:198.51.100.10';
export const PUBLIC = '203.0.113.8';

/** A recorded drill as it would be with a public address that follows `cloudMs` after the VIP. */
export function withOutside(id: string, cloudMs: number): readonly EngineEvent[] {
  const events = recorded(id);
  const told = (kind: string) =>
    events.flatMap((event) =>
      event.type === 'drill-live' && event.live.kind === kind ? [event.live] : [],
    );
  const fault = told('fault')[0];
  const faultMs = fault?.kind === 'fault' ? fault.atMs : 0;
  const last = told('phases').at(-1);
  const addedMs = faultMs + ((last?.kind === 'phases' && last.phases.added) || 0);
  const followedMs = addedMs + cloudMs;
  const isLost = (atMs: number) => atMs >= addedMs && atMs < followedMs;
  const shown = (samples: readonly LiveSample[]) =>
    samples.flatMap(([target, atMs, outcome]): readonly LiveSample[] => [
      [target, atMs, outcome],
      [target + 2, atMs, isLost(atMs) ? 'late' : 'ok'],
    ]);
  return events.map((event): EngineEvent => {
    if (event.type === 'drill') return seenOutside(event, cloudMs);
    if (event.type !== 'drill-live') return event;
    const { live } = event;
    if (live.kind === 'samples')
      return { ...event, live: { ...live, samples: shown(live.samples) } };
    if (live.kind !== 'targets') return event;
    const more = live.targets.map((one) => ({ ...one, vantage: OUTSIDE, outside: true as const }));
    return { ...event, live: { ...live, targets: [...live.targets, ...more] } };
  });
}

function seenOutside(event: DrillEvent & EngineEvent, cloudMs: number): EngineEvent {
  const more = event.views.map((view) => ({
    ...view,
    vantage: OUTSIDE,
    target: PUBLIC,
    outside: true as const,
    outageMs: cloudMs,
    cloudMs: cloudMs + 4,
  }));
  return {
    ...event,
    views: [...event.views, ...more],
    outageMs: Math.max(event.outageMs, cloudMs),
  };
}
