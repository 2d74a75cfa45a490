import type { Profile } from './types.ts';

/** The check script's schedule, as keepalived counts it: whole seconds. */
export interface ScriptTimers {
  readonly intervalSec: number;
  readonly timeoutSec: number;
  /** Successes, and failures, in a row before it counts. */
  readonly rise: number;
  readonly fall: number;
  /** The script's own limit for one answer. */
  readonly limitMs: number;
}

export interface VrrpTimers {
  readonly version: 2 | 3;
  readonly advertMs: number;
  readonly priority: number;
  /** How long this node waits after a priority-0 advert. */
  readonly skewMs: number;
  /** How long this node waits after the last advert it heard. */
  readonly masterDownMs: number;
  /** Longer than a peer's masterDownMs: the stale address is removed only when the peer has it. */
  readonly restartSec: number;
  readonly script: ScriptTimers;
  /** Whether the witness's file tells keepalived at once that nginx has gone. */
  readonly usesTrackFile: boolean;
}

interface ProfileNumbers {
  readonly version: 2 | 3;
  readonly advertMs: number;
  readonly restartSec: number;
  readonly script: ScriptTimers;
  readonly usesTrackFile: boolean;
  readonly priorities: (count: number) => readonly number[];
}

function series(count: number, first: number, step: number): readonly number[] {
  return Array.from({ length: count }, (_, index) => first - index * step);
}

/** From the third node on, apart as far as a step and the lowest priority (1) allow. */
function spaced(count: number, step: number): readonly number[] {
  if (count <= 2) return [254, 253].slice(0, count);
  return series(count, 254, Math.min(step, Math.floor(253 / (count - 1))));
}

/** The lecture's 100 and 50; then 25, and evenly downwards. */
function lecturePriorities(count: number): readonly number[] {
  const below = count - 3;
  const step = below > 0 ? Math.floor(24 / below) : 0;
  return [100, 50, 25, ...series(Math.max(below, 0), 25 - step, step)].slice(0, count);
}

const PROFILES: Readonly<Record<Profile, ProfileNumbers>> = {
  lecture: {
    version: 2,
    advertMs: 1000,
    restartSec: 5,
    script: { intervalSec: 5, timeoutSec: 3, rise: 1, fall: 1, limitMs: 400 },
    usesTrackFile: false,
    priorities: lecturePriorities,
  },
  balanced: {
    version: 2,
    advertMs: 1000,
    restartSec: 4,
    script: { intervalSec: 1, timeoutSec: 1, rise: 1, fall: 2, limitMs: 400 },
    usesTrackFile: true,
    priorities: (count) => spaced(count, 10),
  },
  fast: {
    version: 3,
    advertMs: 200,
    restartSec: 1,
    script: { intervalSec: 1, timeoutSec: 1, rise: 1, fall: 1, limitMs: 400 },
    usesTrackFile: true,
    // A step is worth a fifth of what it is in version 2, so the steps are wider.
    priorities: (count) => spaced(count, 20),
  },
};

/** The priorities of `count` front ends, the preferred holder's first. All different, 1 to 254. */
export function vrrpPriorities(profile: Profile, count: number): readonly number[] {
  return PROFILES[profile].priorities(count);
}

/**
 * The timers of one front end.
 *
 * Version 2: `skew = (256 - priority) / 256` s, whatever the advert interval; version 3: that part
 * of the advert interval. `masterDown = 3 × advert + skew`.
 * Source: RFC 3768 § 6.1, RFC 5798 § 6.1, keepalived 2.2.7 `include/vrrp.h`.
 *
 * @param nodeIndex place in `vrrpOrder(cluster)`
 * @param nodeCount how many front ends there are
 * @throws RangeError when there is no such node
 */
export function vrrpTimers(profile: Profile, nodeIndex: number, nodeCount: number): VrrpTimers {
  const { priorities, ...numbers } = PROFILES[profile];
  const priority = priorities(nodeCount)[nodeIndex];
  if (priority === undefined) throw new RangeError(`no front end ${nodeIndex} of ${nodeCount}`);
  const unitMs = numbers.version === 2 ? 1000 : numbers.advertMs;
  const skewMs = ((256 - priority) / 256) * unitMs;
  return { ...numbers, priority, skewMs, masterDownMs: 3 * numbers.advertMs + skewMs };
}
