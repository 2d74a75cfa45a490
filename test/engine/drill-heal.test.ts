import test from 'ava';
import { judgeDrill } from '../../source/drills/judge.ts';
import { runDrill } from '../../source/engine/drill.ts';
import {
  type DrillPlan,
  type EventBody,
  InterruptedError,
  type JournalBody,
  type Measuring,
  type NodeName,
  OperatorError,
  type Ports,
  type RunResult,
  type Sample,
} from '../../source/model/index.ts';

const A = 'a' as NodeName;
const B = 'b' as NodeName;
const RATE = 100;

const step = (script: string) => ({ node: A, script: [script], timeoutMs: 1000 });

const plan: DrillPlan = {
  victim: A,
  description: { code: 'x' },
  expectation: { outageMs: [0, 25], holderAfter: B, notifyLines: {} },
  arm: [step('arm')],
  prepare: [],
  inject: [step('break')],
  witness: [step('witness')],
  observeMs: 3000,
  heal: { steps: [step('heal')], settled: [step('settled')], withinMs: 2000 },
  restore: [step('restore')],
  restored: [step('restored')],
  unbroken: [step('unbroken')],
  disarm: [step('disarm')],
  notifyLog: 'echo 0',
};

const exited = (exitCode = 0, stdout = '', stderr = ''): RunResult => ({
  kind: 'exited',
  exitCode,
  stdout,
  stderr,
});
const DONE = exited();
const NO = exited(1);

/** What a batch of two scripts prints: who holds it, and an empty notify log. */
function looked(holds: boolean): RunResult {
  const size = Buffer.from('0\n').toString('base64');
  return exited(0, `0 ${holds ? 0 : 1} - -\n1 0 ${size} -\n`);
}

interface Node {
  readonly now: number;
  readonly healed: boolean;
  readonly sinceFault: number;
}

/** What a node says to a step; undefined: it does it. */
type Says = (script: string, node: Node) => RunResult | undefined;

/** A pair in which the VIP moves with the heal, and a prober whose requests have all been answered. */
function world(says: Says, change: Partial<DrillPlan> = {}) {
  let now = 1_000_000;
  let faultMs = Number.POSITIVE_INFINITY;
  let healed = false;
  const startMs = now;
  const did: string[] = [];
  const journal: JournalBody[] = [];
  const events: EventBody[] = [];
  const stop = { requested: false, signal: new AbortController().signal };
  const samples = (): readonly Sample[] =>
    Array.from({ length: ((now - startMs) / 1000) * RATE }, (_, n) => {
      const scheduledMs = startMs + n * 10;
      return { scheduledMs, sentMs: scheduledMs, endedMs: scheduledMs + 2, outcome: 'ok' };
    });
  const measuring: Measuring = {
    nowMs: () => now,
    samplesSince: (index) => samples().slice(index),
    endedSince: (index) =>
      samples()
        .slice(index)
        .map((sample) => ({ target: 0, sample })),
    stop: async () => [samples()],
  };
  const ports = {
    nodes: {
      run: async (node: NodeName, content: readonly unknown[]) => {
        const script = String(content.at(-1));
        if (!/^[a-z]+$/.test(script)) {
          if (node === A) did.push('look');
          return looked((node === B) === healed);
        }
        if (did.at(-1) !== script) did.push(script);
        if (script === 'break') faultMs = now;
        const said = says(script, { now, healed, sinceFault: now - faultMs });
        if (script === 'heal' && !said) healed = true;
        return said ?? DONE;
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
      append: async (records: readonly JournalBody[]) => journal.push(...records),
      records: () => [],
    },
    stop,
    emit: (event: EventBody) => events.push(event),
  } as unknown as Ports;
  const done = () =>
    runDrill({
      drill: {
        id: 'x',
        title: { code: 'x' },
        plan: () => ({ kind: 'plan', plan: { ...plan, ...change } }),
        judge: (one, evidence) => judgeDrill(one, evidence, 1000 / RATE),
      },
      stage: 's',
      run: 1,
      ratePerSecond: RATE,
      targets: () => [
        {
          vantage: { kind: 'here' },
          label: '',
          domain: 'api',
          address: '10.0.4.99',
          port: 80,
          host: 'api',
          path: '/healthz',
        },
      ],
      frontends: [A, B],
      holderScript: () => ['holds'],
      ports,
    });
  return { did, done, stop, journal, events };
}

const never: Says = () => undefined;

test('the fault ends after the watch, and who has the VIP is looked at after that', async (t) => {
  const { did, done, events } = world(never);
  const event = await done();
  t.deepEqual(did, [
    ...['look', 'arm', 'look', 'break', 'witness'],
    ...['heal', 'settled', 'look', 'restore', 'restored', 'disarm'],
  ]);
  t.like(event, { outcome: 'passed', holderBefore: A, holderAfter: B, restored: true });
  const said = events.flatMap((one) =>
    one.type === 'progress' && typeof one.text !== 'string' ? [one.text.code] : [],
  );
  t.deepEqual(said.slice(-3), ['drill-breaking', 'drill-healing', 'drill-restoring']);
});

test('a fault that ends without us is only waited for, and nothing is said to be ended', async (t) => {
  const { did, done, events } = world(
    (script, { sinceFault }) => (script === 'settled' && sinceFault < 4500 ? NO : undefined),
    {
      heal: { steps: [], settled: [step('settled')], withinMs: 2000 },
      expectation: { ...plan.expectation, holderAfter: A },
    },
  );
  t.is((await done()).outcome, 'passed');
  t.false(did.includes('heal'));
  t.false(JSON.stringify(events).includes('drill-healing'));
});

test('a pair that does not come to rest at the end of its fault has failed', async (t) => {
  const { done } = world((script) => (script === 'settled' ? NO : undefined));
  const { outcome, problems } = await done();
  t.is(outcome, 'failed');
  t.deepEqual(
    problems.map(({ code, node }) => [code, node]),
    [['drill-not-healed', A]],
  );
});

test('a fault that a node refuses did not happen: nothing is waited for, all is put back', async (t) => {
  const { did, done, journal } = world((script) =>
    script === 'break' ? exited(127, 'iam-ha-fault 1.5\n', 'nft: command not found\n') : undefined,
  );
  const event = await done();
  t.is(event.outcome, 'not-injected');
  t.deepEqual(event.problems, [
    { code: 'drill-fault-refused', params: {}, node: A, detail: 'nft: command not found' },
  ]);
  t.deepEqual(did.slice(3), ['break', 'look', 'restore', 'unbroken', 'disarm']);
  t.true(event.restored);
  const written = journal.find(({ type }) => type === 'drilled');
  t.false(JSON.stringify(written).includes('not found'), 'what a command said is not journalled');
});

test('a fault that nobody can prove did not happen, and nobody has to change back', async (t) => {
  const { did, done } = world((script) => (script === 'witness' ? NO : undefined));
  const event = await done();
  t.is(event.outcome, 'not-injected');
  t.deepEqual(
    event.problems.map(({ code }) => code),
    ['drill-not-injected'],
  );
  t.deepEqual(did.slice(3), ['break', 'witness', 'look', 'restore', 'unbroken', 'disarm']);
});

test('nothing was broken, and still it is not whole: that is said, too', async (t) => {
  const { did, done } = world((script) =>
    ['witness', 'unbroken'].includes(script) ? NO : undefined,
  );
  const event = await done();
  t.deepEqual(
    event.problems.map(({ code }) => code),
    ['drill-not-restored', 'drill-not-injected'],
  );
  t.false(did.includes('disarm'), 'the host still undoes it');
});

test('a step of the fault of which nobody knows what became: put back as if it had been broken', async (t) => {
  const lost: RunResult = { kind: 'timed-out', afterMs: 1000, stdout: '', stderr: '' };
  const { did, done } = world((script) => (script === 'break' ? lost : undefined));
  const error = await t.throwsAsync(done(), { instanceOf: OperatorError });
  t.is(error?.problems[0]?.code, 'drill-step-failed');
  t.deepEqual(did.slice(3), ['break', 'restore', 'restored', 'disarm']);
});

test('the witness is waited for as long as the drill says', async (t) => {
  const slow: Says = (script, { sinceFault }) =>
    script === 'witness' && sinceFault < 9500 ? NO : undefined;
  t.is((await world(slow).done()).outcome, 'not-injected');
  t.is((await world(slow, { witnessMs: 11_000 }).done()).outcome, 'passed');
});

test('an operator who stops it in its middle gets the fault ended and all put back', async (t) => {
  const { did, done, stop, events } = world((script) => {
    if (script === 'witness') stop.requested = true;
    return undefined;
  });
  await t.throwsAsync(done(), { instanceOf: InterruptedError });
  t.deepEqual(did.slice(4), [
    ...['witness', 'heal', 'settled', 'look', 'restore', 'restored', 'disarm'],
  ]);
  t.false(
    events.some(({ type }) => type === 'drill'),
    'it has no outcome',
  );
});
