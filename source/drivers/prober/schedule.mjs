/**
 * The open loop: request n is sent at start + n × interval, whatever became of the ones before.
 * Plain JavaScript, as exchange.mjs.
 */
import { encrypt, exchange } from './exchange.mjs';

/** Abandoned so long after its scheduled time; the model's LATE_WITHIN_MS. */
const ABANDON_MS = 3000;
const BODY_LIMIT = 64 * 1024;

/**
 * Milliseconds since 1970 at which the monotonic clock stood at 0. Measured afresh for each prober:
 * performance.timeOrigin is as old as the process, and NTP moves the wall clock away from it.
 */
export function measureOrigin() {
  const before = Date.now();
  // Date.now() is cut to whole milliseconds: wait, a millisecond at most, for it to turn.
  while (Date.now() === before);
  return Date.now() - monotonicMs();
}

/** Milliseconds since 1970, with fractions, on a clock that never jumps. */
export function epochMs(originMs) {
  return originMs + monotonicMs();
}

function monotonicMs() {
  const [seconds, nanoseconds] = process.hrtime();
  return seconds * 1000 + nanoseconds / 1e6;
}

/**
 * Calls `send(n)` for each n as its time comes. A timer that wakes late sends all that are due.
 * `stop()` sends what is due and then nothing more.
 */
export function runSchedule({ startMs, ratePerSecond, originMs }, send) {
  let next = 0;
  let timer;
  const dueMs = () => startMs + (next * 1000) / ratePerSecond;
  const sendDue = () => {
    const nowMs = epochMs(originMs);
    while (dueMs() <= nowMs) send(next++);
  };
  const tick = () => {
    sendDue();
    timer = setTimeout(tick, Math.max(0, dueMs() - epochMs(originMs)));
  };
  tick();
  return {
    stop() {
      clearTimeout(timer);
      sendDue();
    },
  };
}

/**
 * Probes targets on schedule until stopped.
 * @param plan startMs, ratePerSecond, originMs, targets (each with its index)
 * @param open (target, callback(error reason or undefined, stream)) opens a connection
 * @param report called with each request's end: [target, n, sentMs, endedMs, reason, node, backend]
 * @returns stop(): a promise, kept when no request is left under way
 */
export function probeOnSchedule(plan, open, report) {
  let underWay = 0;
  let whenIdle;
  const finish = (...end) => {
    underWay -= 1;
    report(end);
    if (underWay === 0) whenIdle?.();
  };
  const schedule = runSchedule(plan, (n) => {
    for (const target of plan.targets) {
      if (n % (target.every ?? 1) !== 0) continue;
      underWay += 1;
      probe(plan, target, n, open, finish);
    }
  });
  return {
    stop() {
      schedule.stop();
      return new Promise((resolve) => {
        whenIdle = resolve;
        if (underWay === 0) resolve();
      });
    },
  };
}

function probe({ startMs, ratePerSecond, originMs }, target, n, open, finish) {
  const sentMs = epochMs(originMs);
  const leftMs = startMs + (n * 1000) / ratePerSecond + ABANDON_MS - sentMs;
  const end = (reason, headers) =>
    finish(
      target.index,
      n,
      sentMs,
      epochMs(originMs),
      reason,
      firstOf(target.nodeHeaders, headers),
      firstOf(target.backendHeaders, headers),
    );
  // The computer slept: hours of requests are due, and none of them can be answered in time.
  if (leftMs <= 0) return end('not-sent');
  const ask = { host: target.host, path: target.path, bodyLimit: BODY_LIMIT };
  open(target, leftMs, (reason, stream) => {
    if (reason) return end(reason);
    const withinMs = leftMs - (epochMs(originMs) - sentMs);
    const wire = target.tls ? encrypt(stream, target.tls) : stream;
    exchange(wire, { ...ask, withinMs }, (answer) =>
      end(whyNotGood(answer, target.expectBody), answer.headers),
    );
  });
}

function whyNotGood(answer, expectBody) {
  if (answer.reason) return answer.reason;
  if (answer.status !== 200) return `status-${answer.status}`;
  const isExpected = expectBody === undefined || answer.body.trim() === expectBody.trim();
  return isExpected ? undefined : 'unexpected-body';
}

function firstOf(names, headers) {
  const value = headers && names?.map((name) => headers[name]).find(Boolean);
  return value ? String(value) : undefined;
}
