import type { TlsAsk, Vantage } from './action.ts';
import { type Message, message } from './message.ts';

/** An answer within this long of its scheduled time is ok: below a lost SYN's retry after 1 s. */
export const OK_WITHIN_MS = 900;
/** A request is abandoned this long after its scheduled time. */
export const LATE_WITHIN_MS = 3000;

/** What is asked again and again, and from where. */
export interface ProbeTarget {
  readonly vantage: Vantage;
  /** For people: "VIP, iam.api.marmotedu.com". */
  readonly label: string;
  readonly address: string;
  readonly port: number;
  /** The Host header. */
  readonly host: string;
  readonly path: string;
  /** Asked only each so-manieth time of the schedule. Absent: each time. */
  readonly every?: number;
  /** The same, but only where each request is a channel of somebody's sshd. */
  readonly everyBySshd?: number;
  /** The whole body of a good answer, but for white space around it. Absent: any body will do. */
  readonly expectBody?: string;
  /** Response headers that name who answered; the first one present counts. Lower case. */
  readonly nodeHeaders?: readonly string[];
  readonly backendHeaders?: readonly string[];
  /** In clear text if absent; else a handshake of its own for each request, as a new client's. */
  readonly tls?: TlsAsk;
}

/**
 * How a third machine asks: by our own program there, run by its Node or its Python, or by
 * connections that its sshd opens for us.
 */
export type AskedBy = 'node' | 'python3' | 'sshd';

/** What is known of how a target was asked from a third machine. */
export interface AskedHow {
  readonly by: AskedBy;
  /** How wrong times of that machine may be on our clock, in ms. Absent: they are by our clock. */
  readonly clockMs?: number;
}

export type ProbeOutcome = 'ok' | 'late' | 'failed';

/** One request and its end. Times are milliseconds since 1970, with fractions. */
export interface Sample {
  readonly scheduledMs: number;
  readonly sentMs: number;
  readonly endedMs: number;
  readonly outcome: ProbeOutcome;
  /** Why it failed: "refused", "reset", "status-502", "connect-timeout", … */
  readonly reason?: string;
  readonly backend?: string;
  readonly node?: string;
}

/** What a client saw at one target. Durations are milliseconds. */
export interface ProbeSummary {
  readonly sent: number;
  readonly ok: number;
  readonly late: number;
  readonly failed: number;
  /** The longest run of not-ok requests; 0 if none; resolution 1000/rate. */
  readonly outageMs: number;
  /** The slowest ok request, counted from its scheduled time. 0 if none was ok. */
  readonly slowestMs: number;
  /** The prober's own lag: 99th percentile of sent minus scheduled. */
  readonly jitterMs: number;
  /** The prober's own lag at its worst. */
  readonly worstLagMs: number;
  /** Requests that failed by the prober's or the vantage's own fault; they count as failed too. */
  readonly ownFaults: number;
  /** How many requests failed for which reason. */
  readonly reasons: Readonly<Record<string, number>>;
  /** The longest run's first request: its scheduled time, since 1970. */
  readonly outageStartMs?: number;
  /** The next ok request: its scheduled time, since 1970. Absent when there was none. */
  readonly outageEndMs?: number;
  /** When that request's answer was complete, since 1970: a stall's end, which its schedule precedes. */
  readonly firstGoodAfterMs?: number;
  /** The measurement ended before the target was ok again; that run counts to the measurement's end. */
  readonly unrecovered?: true;
}

/** Why a request failed, besides `status-NNN` and codes of the operating system (lower case). */
export const REQUEST_FAILURES = [
  'refused',
  'reset',
  'unreachable',
  'connect-timeout',
  'answer-timeout',
  'closed-early',
  'cut-short',
  'not-http',
  'tls-failed',
  'unexpected-body',
  'answer-too-large',
  'name-unknown',
  'open-failed',
  'vantage-not-available',
  'vantage-lost',
  'forwarding-prohibited',
  'no-source-port',
  'no-file-handle',
  'not-sent',
] as const;

/** A failure's reason ("refused", "status-502", "ehostdown") for people. */
export function failureMessage(reason: string): Message {
  const [, status] = /^status-(\d+)$/.exec(reason) ?? [];
  if (status !== undefined) return message('request-status', { status });
  const isKnown = REQUEST_FAILURES.some((known) => known === reason);
  return isKnown ? message(`request-${reason}`) : message('request-failed', { reason });
}

/** Faults that say nothing about the target: the client, or the way to it, gave up. */
const OWN_FAULTS: ReadonlySet<string> = new Set([
  'no-source-port',
  'no-file-handle',
  'not-sent',
  'forwarding-prohibited',
  'vantage-lost',
  'vantage-not-available',
]);

/** Whether a request's end says nothing about who was asked: the client, or the way there, gave up. */
export function isOwnFault(reason: string): boolean {
  return OWN_FAULTS.has(reason);
}

/**
 * The outcome of one request.
 * @param scheduledMs when it should have started
 * @param endedMs when its answer was complete, or it failed
 * @param reason why it failed, if it did
 */
export function classify(
  scheduledMs: number,
  endedMs: number,
  reason?: string,
): Pick<Sample, 'outcome' | 'reason'> {
  if (reason !== undefined) return { outcome: 'failed', reason };
  const elapsedMs = endedMs - scheduledMs;
  if (elapsedMs <= OK_WITHIN_MS) return { outcome: 'ok' };
  if (elapsedMs <= LATE_WITHIN_MS) return { outcome: 'late' };
  return { outcome: 'failed', reason: 'answer-timeout' };
}

/** Nearest rank: the smallest value that `percent` % of all values do not exceed. 0 of none. */
export function percentile(values: readonly number[], percent: number): number {
  const sorted = Float64Array.from(values).sort();
  return sorted[Math.max(0, Math.ceil((percent / 100) * sorted.length) - 1)] ?? 0;
}

/**
 * What a client saw.
 * @param samples one target's, in any order
 * @param ratePerSecond the rate they were scheduled at
 */
export function summarise(samples: readonly Sample[], ratePerSecond: number): ProbeSummary {
  const ordered = samples.toSorted((a, b) => a.scheduledMs - b.scheduledMs);
  const lags = ordered.map((sample) => sample.sentMs - sample.scheduledMs);
  const reasons = countReasons(ordered);
  return {
    sent: ordered.length,
    ...countOutcomes(ordered),
    slowestMs: slowestOk(ordered),
    jitterMs: percentile(lags, 99),
    worstLagMs: percentile(lags, 100),
    ownFaults: Object.keys(reasons)
      .filter((reason) => OWN_FAULTS.has(reason))
      .reduce((sum, reason) => sum + (reasons[reason] ?? 0), 0),
    reasons,
    ...longestOutage(ordered, 1000 / ratePerSecond),
  };
}

function countOutcomes(samples: readonly Sample[]): Record<ProbeOutcome, number> {
  const counts = { ok: 0, late: 0, failed: 0 };
  for (const { outcome } of samples) counts[outcome] += 1;
  return counts;
}

function countReasons(samples: readonly Sample[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { reason } of samples) if (reason) counts[reason] = (counts[reason] ?? 0) + 1;
  return counts;
}

function slowestOk(samples: readonly Sample[]): number {
  return samples.reduce(
    (worst, { outcome, endedMs, scheduledMs }) =>
      outcome === 'ok' ? Math.max(worst, endedMs - scheduledMs) : worst,
    0,
  );
}

type Outage = Pick<
  ProbeSummary,
  'outageMs' | 'outageStartMs' | 'outageEndMs' | 'firstGoodAfterMs' | 'unrecovered'
>;

/** `ordered` by scheduled time. */
function longestOutage(ordered: readonly Sample[], intervalMs: number): Outage {
  let longest: Outage = { outageMs: 0 };
  let first: Sample | undefined;
  const close = (endMs: number, next?: Sample) => {
    if (first && endMs - first.scheduledMs > longest.outageMs) {
      longest = {
        outageMs: endMs - first.scheduledMs,
        outageStartMs: first.scheduledMs,
        ...(next ? { outageEndMs: next.scheduledMs, firstGoodAfterMs: next.endedMs } : {}),
      };
    }
    first = undefined;
  };
  for (const sample of ordered) {
    if (sample.outcome === 'ok') close(sample.scheduledMs, sample);
    else first ??= sample;
  }
  const last = ordered.at(-1);
  if (!first || !last) return longest;
  close(last.scheduledMs + intervalMs);
  return { ...longest, unrecovered: true };
}
