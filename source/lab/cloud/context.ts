import { refuse } from './errors.ts';
import type { LabEvent } from './events.ts';
import type { Eip, HaVip, State, World, WorldRegion } from './types.ts';

/** How fast things go: real milliseconds of the virtual clock. */
export interface Pace {
  /** From the call to the end of its task. */
  taskMs: number;
  /** From an announcement to when the cloud follows it. */
  arpDelayMs: number;
}

/** What every action works on. */
export interface Context {
  readonly world: World;
  state: State;
  readonly pace: Pace;
  /** The virtual clock, as far as everything that was due has been done. */
  atMs: number;
  emit(event: LabEvent): void;
}

export function emptyState(): State {
  return {
    havips: [],
    eips: [],
    tasks: [],
    claims: [],
    tokens: {},
    securityGroups: {},
    issued: 0,
    bought: {},
    bill: [],
    temporary: {},
    aheadMs: 0,
  };
}

/** @throws ApiError `UnsupportedRegion` */
export function regionOf(context: Context, region: string): WorldRegion {
  const found = context.world.regions.find((one) => one.region === region);
  return found ?? refuse('UnsupportedRegion', `The region ${region} is not supported.`);
}

/** @throws ApiError `ResourceNotFound` */
export function haVipOf(context: Context, region: string, id: unknown): HaVip {
  const found = context.state.havips.find((one) => one.region === region && one.id === id);
  return found ?? refuse('ResourceNotFound', `The HAVIP ${id} is not found.`);
}

export function eipById(context: Context, region: string, id: unknown): Eip | undefined {
  return context.state.eips.find((one) => one.region === region && one.id === id);
}

/** "2026-11-22 08:00:00", in Beijing's time as the cloud writes it. */
export function cloudTime(ms: number | undefined): string {
  if (ms === undefined) return '0000-00-00 00:00:00';
  return new Date(ms + 8 * 3600_000).toISOString().slice(0, 19).replace('T', ' ');
}
