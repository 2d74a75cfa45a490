import test from 'ava';
import { judgeDrill } from '../../source/drills/judge.ts';
import { runDrill } from '../../source/engine/drill.ts';
import {
  type DrillPlan,
  type DrillTarget,
  type EventBody,
  type Measuring,
  type NodeName,
  OperatorError,
  type Ports,
  problem,
  type RunResult,
} from '../../source/model/index.ts';

const A = 'a' as NodeName;
const B = 'b' as NodeName;
const RATE = 100;

const step = (node: NodeName, script: string) => ({ node, script: [script], timeoutMs: 1000 });

const plan: DrillPlan = {
  victim: A,
  away: A,
  description: { code: 'x' },
  expectation: {
    outageMs: [0, 150],
    holderAfter: B,
    notifyLines: { [A]: ['notify_fault', 'notify_backup'], [B]: ['notify_master'] },
  },
  arm: [step(A, 'arm')],
  prepare: [],
  inject: [{ ...step(A, 'break'), delayMs: 400 }],
  witness: [step(B, 'silent')],
  observeMs: 5000,
  restore: [],
  restored: [step(A, 'whole')],
  restoreMs: 20_000,
  confirm: [step(A, 'happened')],
  disarm: [step(A, 'disarm')],
  notifyLog: 'log',
};

const target: DrillTarget = {
  vantage: { kind: 'here' },
  label: '',
  domain: 'api',
  address: '10.0.4.99',
  port: 80,
  host: 'api',
  path: '/healthz',
};

const exited = (exitCode = 0, stdout = ''): RunResult => ({
  kind: 'exited',
  exitCode,
  stdout,
  stderr: '',
});
const lost: RunResult = {
  kind: 'disconnected',
  problem: problem('ssh-disconnected'),
  stdout: '',
  stderr: '',
};

interface Fate {
  /** How long the victim is gone; absent: for ever. */
  readonly awayMs?: number;
  /** What the victim wrote down. */
  readonly happened?: boolean;
  readonly change?: Partial<DrillPlan>;
}

/** A pair whose victim cannot be reached from the fault on, and then can. */
function drillOf({ awayMs = Number.POSITIVE_INFINITY, happened = true, change = {} }: Fate) {
  let now = 1_000_000;
  const startMs = now;
  let faultMs = Number.POSITIVE_INFINITY;
  const asked: (readonly [node: string, script: string, away: boolean])[] = [];
  const isAway = () => now >= faultMs && now < faultMs + awayMs;
  const samples = () =>
    Array.from({ length: ((now - startMs) / 1000) * RATE }, (_, n) => startMs + n * 10).map(
      (scheduledMs) => ({
        scheduledMs,
        sentMs: scheduledMs,
        endedMs: scheduledMs + 2,
        outcome: 'ok' as const,
      }),
    );
  const measuring: Measuring = {
    nowMs: () => now,
    samplesSince: (index) => samples().slice(index),
    endedSince: (index) =>
      samples()
        .slice(index)
        .map((sample) => ({ target: 0, sample })),
    stop: async () => [samples()],
  };
  const logOf = (node: NodeName) => {
    if (faultMs > now) return [];
    return node === B ? ['notify_master'] : ['notify_fault', 'notify_backup'];
  };
  const answer = (node: NodeName, text: string): RunResult => {
    if (text.includes('break')) {
      faultMs = now;
      return lost;
    }
    if (node === A && isAway()) return lost;
    if (text === 'happened') return exited(happened ? 0 : 1);
    if (!text.includes('holds')) return exited();
    const isHolder = node === (faultMs > now ? A : B);
    const log = Buffer.from(`7\n${logOf(node).join('\n')}\n`).toString('base64');
    return exited(0, `0 ${isHolder ? 0 : 1} - -\n1 0 ${log} -\n`);
  };
  const events: EventBody[] = [];
  const relocked: NodeName[] = [];
  const ports = {
    nodes: {
      run: async (node: NodeName, script: readonly unknown[]) => {
        const text = script.join('');
        asked.push([node, text, isAway()]);
        return answer(node, text);
      },
    },
    prober: async () => measuring,
    clock: {
      now: () => now,
      sleep: async (ms: number) => {
        now += ms;
      },
    },
    journal: { append: async () => undefined, records: () => [] },
    stop: { requested: false, signal: new AbortController().signal },
    emit: (event: EventBody) => events.push(event),
  } as unknown as Ports;
  const done = runDrill({
    drill: {
      id: 'x',
      title: { code: 'x' },
      plan: () => ({ kind: 'plan', plan: { ...plan, ...change } }),
      judge: (one, evidence) => judgeDrill(one, evidence, 1000 / RATE),
    },
    stage: 's',
    run: 1,
    ratePerSecond: RATE,
    targets: () => [target],
    frontends: [A, B],
    holderScript: () => ['holds'],
    relock: async (node) => {
      relocked.push(node);
    },
    ports,
  });
  return { done, asked, events, relocked };
}

test('a node that is away is not asked what it cannot answer; its lines are read when it is back', async (t) => {
  const { done, asked, relocked, events } = drillOf({ awayMs: 9000 });
  const event = await done;
  t.is(event.outcome, 'passed', JSON.stringify(event.problems));
  t.is(event.holderAfter, B);
  t.deepEqual(Object.entries(event.notifyLines), [
    ['a', ['notify_fault', 'notify_backup']],
    ['b', ['notify_master']],
  ]);
  const meanwhile = asked.filter(([node, , away]) => node === A && away).map(([, text]) => text);
  t.deepEqual([...new Set(meanwhile)], ['whole'], 'only whether it is back');
  t.true(asked.some(([, text]) => text === 'disarm'));
  t.deepEqual(relocked, [A]);
  const fault = events.find((one) => one.type === 'drill-live' && one.live.kind === 'fault');
  const broke = events.find(
    (one) => one.type === 'drill-live' && one.live.kind === 'step' && one.live.step === 'break',
  );
  const at = (one: EventBody | undefined) =>
    one?.type === 'drill-live' && 'atMs' in one.live ? one.live.atMs : 0;
  t.is(at(fault) - at(broke), 400, 'the fault is dated to when it happens');
});

test('a node that never comes back: not restored, and what was armed stays armed', async (t) => {
  const { done, asked } = drillOf({});
  const event = await done;
  t.false(event.restored);
  t.is(event.outcome, 'failed');
  t.true(event.problems.some(({ code }) => code === 'drill-not-restored'));
  t.false(asked.some(([, text]) => text === 'disarm'));
});

test('its own record says that nothing happened: then nothing was proven', async (t) => {
  const event = await drillOf({ awayMs: 9000, happened: false }).done;
  t.is(event.outcome, 'not-injected');
});

test('a refusal comes before anything is armed', async (t) => {
  const why = problem('unplug-manager', { manager: 'NetworkManager' }, { node: A });
  const question = { ...step(A, 'may'), refusal: () => why };
  const { done, asked } = drillOf({ change: { questions: [question] } });
  const error = await t.throwsAsync(done, { instanceOf: OperatorError });
  t.deepEqual(error?.problems, [why]);
  t.false(asked.some(([, text]) => text === 'arm' || text === 'break'));
});

test('an answer that is lost is a failure of any other step', async (t) => {
  const { away: _, ...there } = plan;
  const { done } = drillOf({ change: { ...there, away: B } });
  const error = await t.throwsAsync(done, { instanceOf: OperatorError });
  t.is(error?.problems[0].code, 'drill-step-failed');
});
