import type { OutageBand } from '../model/index.ts';
import { byScript } from './phase-bands.ts';
import type { Profile } from './types.ts';
import { type VrrpTimers, vrrpTimers } from './vrrp.ts';

/** Drills whose outage follows from the timers. */
export type OutageScenario =
  | 'keepalived-stopped'
  | 'nginx-stopped'
  | 'nginx-recovers'
  | 'nginx-hung'
  | 'node-unplugged'
  | 'node-rebooted'
  | 'keepalived-killed'
  | 'vrrp-blocked'
  | 'switch-over';

export interface OutageCircumstances {
  /** How many front ends there are. Default 2. */
  readonly frontends?: number;
  /** Who holds the VIP at the fault: place in `vrrpOrder(cluster)`. Default 0. */
  readonly holder?: number;
  /** Who takes over: place in `vrrpOrder(cluster)`. Default: the first one that is not the holder. */
  readonly taker?: number;
  /** The prober's rate: an outage is measured in steps of 1000/rate. Default 100. */
  readonly ratePerSecond?: number;
  /** The check script's limit, where it is not the profile's. */
  readonly limitMs?: number;
}

/**
 * What no timer explains: removing and adding the address, the first gratuitous ARP, the first
 * good answer, and a computer that does something else just then (measured: 1 to 60 ms). No more
 * than this is added to the spread of the timers.
 */
const WIDTH_MS = 150;
/** How much shorter than the timers an outage may look: it is measured between two requests. */
const EARLY_MS = 20;

/**
 * Two have the address, and whoever announced it last answers. Where nothing is sent on to the other one
 * (`ip iam_ha_strays`: not in a cloud, not with a kernel that cannot), each announcement cuts what is open
 * at the other: a request lasts some ms, on a busy computer more (lost, measured: 0 to 2 of 200 a second;
 * with it none in 30 cuts of 10 s, `npm run bench:drills -- --drill vrrp-blocked`).
 */
const OPEN_MS = 25;

interface Timers {
  /** Of the front end that takes over. */
  readonly peer: VrrpTimers;
  readonly limitMs: number;
}

/**
 * A priority-0 advert goes out, and the peer waits its skew (1 s at most); for that long, and 2 s in all,
 * the old holder answers on `lo` whoever still comes to it. Without, the skew is what clients see
 * (lecture: 805 ms).
 */
const afterGoodbye = (): OutageBand => [0, 0];

/** No advert any more: the last one was 0 to 1 interval ago, and the peer waits masterDown from it. */
function afterSilence({ peer }: Timers): OutageBand {
  return [peer.masterDownMs - peer.advertMs, peer.masterDownMs];
}

/** U(0, interval) until the script runs, `fall - 1` more runs, the last one's duration, the skew. */
function afterScript({ peer }: Timers, failingRunMs: number): OutageBand {
  const [first, last] = byScript(peer, failingRunMs);
  return [first + peer.skewMs, last + peer.skewMs];
}

/** Refused at once, so a failing run takes no time; with the witness the peer has the VIP before nginx stops. */
function afterNginxStop(timers: Timers): OutageBand {
  return timers.peer.usesTrackFile ? [0, 0] : afterScript(timers, 0);
}

/**
 * The stale address goes on answering until the restart removes it, and by then the peer has it:
 * nothing is lost. Now and then the daemon gets its goodbye out before it dies: then the skew.
 */
function afterKill({ peer }: Timers): OutageBand {
  return [0, peer.skewMs];
}

/**
 * systemd tells nginx's witness and keepalived to stop in the same moment. Whichever is first, a goodbye
 * goes out: the skew. The VIP stays answered on the old node for as long as nginx runs there; with the
 * witness that is until the peer has it.
 */
function afterReboot({ peer }: Timers): OutageBand {
  return [0, peer.skewMs];
}

/**
 * Who lets go tells the other first (`higher_prio_send_advert`), and that one announces the VIP at once: no
 * timer is in it. Without, clients ask the silent one until the next refresh (of 1 s: 400 ms,
 * measured with `npm run bench:drills -- --drill vrrp-blocked`).
 */
const afterHealing = (): OutageBand => [0, 0];

const FORMULAS: Readonly<Record<OutageScenario, (timers: Timers) => OutageBand>> = {
  'keepalived-stopped': afterGoodbye,
  'nginx-stopped': afterNginxStop,
  'nginx-recovers': () => [0, 0],
  'nginx-hung': (timers) => afterScript(timers, timers.limitMs),
  'node-unplugged': afterSilence,
  'node-rebooted': afterReboot,
  'keepalived-killed': afterKill,
  'vrrp-blocked': afterHealing,
  'switch-over': () => [0, 0],
};

/**
 * How long a client sees no answer, by the arithmetic of the timers: `[min, max]` in whole ms.
 * The band is no wider than the spread of the timers plus 150 ms; below 100 requests/s the prober's
 * longer step is added on both sides.
 * nginx coming back is no fault, and a planned switch-over must not be one: exactly 0. Two holders cost
 * what is open when one lets go.
 *
 * Sources: VRRP's timers as in {@link vrrpTimers}; keepalived runs a script every whole interval
 * from its start, so a fault falls at a uniform place in it.
 */
export function predictOutage(
  scenario: OutageScenario,
  profile: Profile,
  circumstances: OutageCircumstances = {},
): OutageBand {
  if (scenario === 'nginx-recovers' || scenario === 'switch-over') return [0, 0];
  const { frontends = 2, holder = 0, ratePerSecond = 100 } = circumstances;
  const peer = vrrpTimers(profile, circumstances.taker ?? (holder === 0 ? 1 : 0), frontends);
  const limitMs = circumstances.limitMs ?? peer.script.limitMs;
  const [first, last] = FORMULAS[scenario]({ peer, limitMs });
  const extraStepMs = Math.max(0, 1000 / ratePerSecond - 10);
  const min = Math.max(0, first - EARLY_MS - extraStepMs);
  const widthMs = scenario === 'vrrp-blocked' ? OPEN_MS : WIDTH_MS;
  return [Math.ceil(min), Math.floor(min + (last - first) + widthMs + 2 * extraStepMs)];
}
