import type { OutageBand } from '../model/index.ts';
import type { OutageCircumstances, OutageScenario } from './outage.ts';
import type { Profile } from './types.ts';
import { type VrrpTimers, vrrpTimers } from './vrrp.ts';

/** How long each phase of a failover may take by the timers alone, in ms since the phase before it. */
export interface PhaseBands {
  /** Since the fault. */
  readonly detected: OutageBand;
  readonly decided: OutageBand;
  readonly added: OutageBand;
  readonly announced: OutageBand;
  readonly answered: OutageBand;
}

const AT_ONCE: OutageBand = [0, 0];

/** Until the check script has said it: it runs at a uniform place in its interval, `fall` times in a row. */
export function byScript({ script }: VrrpTimers, failingRunMs: number): OutageBand {
  const intervalMs = script.intervalSec * 1000;
  const first = (script.fall - 1) * intervalMs + failingRunMs;
  return [first, first + intervalMs];
}

const FORMULAS: Readonly<
  Partial<
    Record<
      OutageScenario,
      (peer: VrrpTimers, limitMs: number) => Pick<PhaseBands, 'detected' | 'decided'>
    >
  >
> = {
  'keepalived-stopped': ({ skewMs }) => ({ detected: AT_ONCE, decided: [skewMs, skewMs] }),
  'nginx-stopped': (peer) => ({
    detected: peer.usesTrackFile ? AT_ONCE : byScript(peer, 0),
    decided: [peer.skewMs, peer.skewMs],
  }),
  'nginx-hung': (peer, limitMs) => ({
    detected: byScript(peer, limitMs),
    decided: [peer.skewMs, peer.skewMs],
  }),
  'node-unplugged': ({ masterDownMs, advertMs }) => ({
    detected: AT_ONCE,
    decided: [masterDownMs - advertMs, masterDownMs],
  }),
};

/**
 * What the timers allow each phase, by the same arithmetic as `predictOutage`: it says which one an
 * outage outside its prediction is to be blamed on. Undefined where no failover is due.
 */
export function predictPhases(
  scenario: OutageScenario,
  profile: Profile,
  circumstances: OutageCircumstances = {},
): PhaseBands | undefined {
  const formula = FORMULAS[scenario];
  if (!formula) return undefined;
  const { frontends = 2, holder = 0, ratePerSecond = 100 } = circumstances;
  const peer = vrrpTimers(profile, circumstances.taker ?? (holder === 0 ? 1 : 0), frontends);
  const timed = formula(peer, circumstances.limitMs ?? peer.script.limitMs);
  return {
    ...timed,
    added: AT_ONCE,
    announced: AT_ONCE,
    answered: [0, Math.ceil(1000 / ratePerSecond)],
  };
}
