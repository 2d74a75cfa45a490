import test from 'ava';
import { judgeDrill } from '../../source/drills/judge.ts';
import { runDrill } from '../../source/engine/drill.ts';
import {
  type Drill,
  type DrillPlan,
  type DrillTarget,
  type EventBody,
  type JournalBody,
  type Measuring,
  type NodeName,
  type NodeSign,
  OperatorError,
  type Ports,
  type ProbedSample,
  type ProbeOutcome,
  type Problem,
  problem,
} from '../../source/model/index.ts';

const A = 'a' as NodeName;
const B = 'b' as NodeName;
const RATE = 100;
/** From the first request to the fault. */
const FAULT_AFTER = 1500;
const ADDED_AFTER = 20;

const step = (node: NodeName, script: string) => ({ node, script: [script], timeoutMs: 1000 });

const plan: DrillPlan = {
  victim: A,
  description: { code: 'x' },
  expectation: { outageMs: [0, 150], holderAfter: B, notifyLines: {} },
  arm: [],
  prepare: [],
  inject: [step(A, 'break')],
  witness: [],
  observeMs: 5000,
  restore: [],
  restored: [],
  disarm: [],
  notifyLog: 'echo 0',
};

const drill = (change: Partial<DrillPlan> = {}): Drill => ({
  id: 'x',
  title: { code: 'x' },
  plan: () => ({ kind: 'plan', plan: { ...plan, ...change } }),
  judge: (one, evidence) => judgeDrill(one, evidence, 1000 / RATE),
});

const target = (outside: boolean): DrillTarget => ({
  vantage: outside ? { kind: 'ssh', host: 'third' } : { kind: 'here' },
  label: '',
  domain: 'api',
  address: outside ? '203.0.113.8' : '10.0.4.99',
  port: 80,
  host: 'api',
  path: '/healthz',
  ...(outside && { outside: true }),
});

interface Told {
  /** Of the outside target: what a request came to, so long after the fault. */
  readonly outside: (after: number) => ProbeOutcome;
  readonly absent?: Problem;
}

/** A pair in which the VIP moves at once, and a prober whose requests have all been answered. */
function world({ outside, absent }: Told) {
  let now = 1_000_000;
  const startMs = now;
  const faultMs = startMs + FAULT_AFTER;
  let follower: ((text: string) => void) | undefined;
  let holder = A;
  const samples = (): readonly ProbedSample[] =>
    Array.from({ length: ((now - startMs) / 1000) * RATE }, (_, n) => startMs + n * 10).flatMap(
      (scheduledMs) => {
        const sampled = (place: number, outcome: ProbeOutcome) => ({
          target: place,
          sample: { scheduledMs, sentMs: scheduledMs, endedMs: scheduledMs + 2, outcome },
        });
        const after = scheduledMs - faultMs;
        const inside = sampled(0, after >= 0 && after < 30 ? 'late' : 'ok');
        return absent ? [inside] : [inside, sampled(1, outside(after))];
      },
    );
  const of = (place: number) =>
    samples()
      .filter((one) => one.target === place)
      .map(({ sample }) => sample);
  const measuring: Measuring = {
    nowMs: () => now,
    samplesSince: (index, isOf = () => true) =>
      samples()
        .slice(index)
        .filter((one) => isOf(one.target))
        .map(({ sample }) => sample),
    endedSince: (index) => samples().slice(index),
    absent: new Map(absent ? [[1, absent]] : []),
    stop: async () => [of(0), of(1)],
  };
  const events: EventBody[] = [];
  const journal: JournalBody[] = [];
  const exited = (stdout = '', exitCode = 0) =>
    ({ kind: 'exited', exitCode, stdout, stderr: '' }) as const;
  const ports = {
    nodes: {
      run: async (
        node: NodeName,
        script: readonly unknown[],
        options: { onOutput?: (text: string) => void; signal?: AbortSignal },
      ) => {
        const text = script.join('');
        if (text === 'follow') {
          if (node === B) follower = options.onOutput;
          return new Promise((resolve) =>
            options.signal?.addEventListener('abort', () => resolve(exited())),
          );
        }
        if (text.includes('break')) {
          now = faultMs;
          options.onOutput?.(`iam-ha-fault ${now / 1000}\n`);
          now += ADDED_AFTER;
          const sign: NodeSign = { kind: 'address', held: true, atMs: now };
          follower?.(`${JSON.stringify(sign)}\n`);
          holder = B;
          return exited();
        }
        return exited(batch(node === holder));
      },
    },
    prober: async () => measuring,
    clock: {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms;
      },
    },
    journal: {
      append: async (bodies: readonly JournalBody[]) => void journal.push(...bodies),
      records: () => [],
    },
    stop: { requested: false, signal: new AbortController().signal },
    emit: (event: EventBody) => events.push(event),
  } as unknown as Ports;
  return { ports, events, journal };
}

/** What a batch of two scripts prints: who holds it, and an empty notify log. */
function batch(holds: boolean): string {
  const size = Buffer.from('0\n').toString('base64');
  return `0 ${holds ? 0 : 1} - -\n1 0 ${size} -\n`;
}

const run = (told: Told, change: Partial<DrillPlan> = {}) => {
  const { ports, events, journal } = world(told);
  const done = runDrill({
    drill: drill(change),
    stage: 's',
    run: 1,
    ratePerSecond: RATE,
    targets: () => [target(false), target(true)],
    frontends: [A, B],
    holderScript: () => ['holds'],
    follow: () => ({ script: ['follow'], read: (line) => (line ? [JSON.parse(line)] : []) }),
    ports,
  });
  return { done, events, journal };
};

test('the cloud’s share is told beside each outside view, and nothing else is charged for it', async (t) => {
  const event = await run({ outside: (after) => (after >= 0 && after < 3020 ? 'late' : 'ok') })
    .done;
  t.is(event.outcome, 'passed', JSON.stringify(event.problems));
  const [inside, outside] = event.views;
  t.like(inside, { outageMs: 30 });
  t.false('cloudMs' in inside!);
  t.like(outside, { vantage: 'ssh:third', outside: true, outageMs: 3020, cloudMs: 3002 });
  t.is(event.outageMs, 3020);
  // the pair's own phases end with what is seen from inside
  t.true((event.phases.answered ?? 0) < 100);
});

test('the journal has what the picture is drawn from, the event has not', async (t) => {
  const { done, journal } = run({
    outside: (after) => (after >= 0 && after < 3020 ? 'late' : 'ok'),
  });
  t.false('trace' in (await done));
  const record = journal.find((one) => one.type === 'drilled');
  if (record?.type !== 'drilled' || !record.trace) return t.fail(JSON.stringify(record));
  t.is(record.phases?.added, ADDED_AFTER);
  const { trace } = record;
  t.is(trace.victim, A);
  t.is(trace.faultMs, 1_000_000 + FAULT_AFTER);
  t.deepEqual(trace.nodes, [
    { name: 'a', held: true, moves: [], states: [] },
    { name: 'b', held: false, moves: [[ADDED_AFTER, true]], states: [] },
  ]);
  t.deepEqual(
    trace.lanes.map(({ outside, fromMs, cellMs, runs }) => [
      outside,
      fromMs,
      cellMs,
      runs.slice(0, 6),
    ]),
    [
      [undefined, -FAULT_AFTER, 10, '150o3l'],
      [true, -FAULT_AFTER, 10, '150o30'],
    ],
  );
  t.true((trace.steps.restore ?? 0) > 3000);
});

test('nobody can look from outside: that is said, and the rest is judged', async (t) => {
  const absent = problem('host-unreachable', { node: 'third', host: 'third', port: 22 });
  const { done, events } = run({ outside: () => 'ok', absent });
  const event = await done;
  t.is(event.outcome, 'passed');
  t.is(event.views.length, 1);
  t.deepEqual(event.notMeasured, [
    { vantage: 'ssh:third', target: '203.0.113.8', domain: 'api', problem: absent },
  ]);
  const told = events.find((one) => one.type === 'drill-live' && one.live.kind === 'targets');
  t.like(told, { live: { targets: [{ domain: 'api' }, { outside: true, absent: true }] } });
});

test('a public address that does not answer before the fault: nothing is broken', async (t) => {
  const { done, events } = run({ outside: () => 'failed' });
  const error = await t.throwsAsync(done, { instanceOf: OperatorError });
  t.like(error?.problems[0], {
    code: 'drill-baseline-bad-outside',
    params: { vantage: 'ssh:third', address: '203.0.113.8' },
  });
  t.false(events.some((one) => one.type === 'drill-live' && one.live.kind === 'fault'));
});
