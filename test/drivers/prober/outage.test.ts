import { setTimeout as sleep } from 'node:timers/promises';
import test from 'ava';
import type { ProbedSample } from '../../../source/drivers/prober/collector.ts';
import { startProber } from '../../../source/drivers/prober/prober.ts';
import { type Sample, summarise } from '../../../source/model/index.ts';
import { answerOk, startServer, target } from './helpers/server.ts';

/*
 * The prober is held against servers that are away for a known time. A busy computer makes both
 * sides late, so what is compared is the order of events, and the lag that the prober measured.
 */
const RATE = 100;
const INTERVAL_MS = 1000 / RATE;
/** Between two threads' readings of one clock. */
const CLOCK_MS = 1;

test.serial('a port that refuses for a while is an outage of that while', async (t) => {
  const server = await startServer(t, answerOk);
  const handle = await startProber([target(server.port)], { ratePerSecond: RATE });
  await handle.waitForFirstOk(0, 10_000);
  await sleep(200);
  const before = handle.nowMs();
  server.refuse();
  const refusedMs = handle.nowMs();
  await sleep(500);
  const reopenMs = handle.nowMs();
  await server.listen();
  const openMs = handle.nowMs();
  while (!handle.samplesSince(0).some(isGoodAfter(openMs))) await sleep(20);
  const [samples = []] = await handle.stop();
  const summary = summarise(samples, RATE);
  for (const sample of samples.filter(sentWithin(refusedMs, reopenMs)))
    t.like(sample, { outcome: 'failed', reason: 'refused' });
  for (const { endedMs, sentMs } of samples.filter(({ outcome }) => outcome === 'failed')) {
    t.true(endedMs > before - CLOCK_MS, 'nothing fails before the port is closed');
    t.true(sentMs < openMs + CLOCK_MS, 'nothing fails after it is open again');
  }
  t.true(summary.outageMs >= reopenMs - refusedMs - INTERVAL_MS - summary.worstLagMs - CLOCK_MS);
  t.is(summary.outageMs, (summary.outageEndMs ?? 0) - (summary.outageStartMs ?? 0));
  t.true(samples.findLast(({ outcome }) => outcome === 'ok')!.sentMs > openMs);
});

function isGoodAfter(openMs: number) {
  return ({ sample }: ProbedSample) => sample.outcome === 'ok' && sample.sentMs > openMs;
}

function sentWithin(fromMs: number, toMs: number) {
  return ({ sentMs, endedMs }: Sample) => sentMs > fromMs + CLOCK_MS && endedMs < toMs - CLOCK_MS;
}

test.serial(
  'a server that stands still for 1.3 s: late beyond 900 ms, then slow, none lost',
  async (t) => {
    const held: (() => void)[] = [];
    let isFrozen = false;
    const server = await startServer(t, (socket, n) => {
      if (isFrozen) held.push(() => answerOk(socket, n));
      else answerOk(socket, n);
    });
    const handle = await startProber([target(server.port)], { ratePerSecond: RATE });
    await handle.waitForFirstOk(0, 10_000);
    isFrozen = true;
    const frozenMs = handle.nowMs();
    await sleep(1300);
    isFrozen = false;
    const thawedMs = handle.nowMs();
    for (const answer of held) answer();
    const [samples = []] = await handle.stop();
    const summary = summarise(samples, RATE);
    // The server's thread may itself be kept waiting: what it owes by then is late, or timed out.
    for (const { outcome, reason = 'answer-timeout', scheduledMs, sentMs, endedMs } of samples) {
      const isInside = sentMs > frozenMs + CLOCK_MS && sentMs < thawedMs - CLOCK_MS;
      if (isInside) t.true(endedMs >= thawedMs - CLOCK_MS);
      if (isInside && scheduledMs < thawedMs - 900 - CLOCK_MS) t.not(outcome, 'ok');
      t.is(reason, 'answer-timeout');
    }
    // Late is what was due more than 900 ms before the thaw; its answers came after it.
    const lateMs = thawedMs - 900 - frozenMs;
    t.true(summary.outageMs >= lateMs - INTERVAL_MS - summary.worstLagMs - CLOCK_MS);
    t.true((summary.firstGoodAfterMs ?? 0) >= thawedMs - CLOCK_MS);
    t.true(summary.slowestMs <= 900);
  },
);

test.serial(
  'a server that never answers: every request fails after 3 s, and no sooner',
  async (t) => {
    const server = await startServer(t, () => {});
    const handle = await startProber([target(server.port)], { ratePerSecond: 20 });
    await sleep(250);
    const [samples = []] = await handle.stop();
    const summary = summarise(samples, 20);
    t.true(samples.length >= 4);
    t.deepEqual(summary.reasons, { 'answer-timeout': samples.length });
    t.true(samples.every(({ endedMs, scheduledMs }) => endedMs - scheduledMs >= 2998));
    t.is(summary.outageMs, samples.length * 50);
    t.true(summary.unrecovered);
  },
);
