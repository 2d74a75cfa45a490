import test from 'ava';
import { DrillTeller } from '../../source/engine/drill-teller.ts';
import type {
  DrillLive,
  EventBody,
  Measuring,
  NodeName,
  NodeSign,
  Ports,
  ProbedSample,
} from '../../source/model/index.ts';

const A = 'a' as NodeName;
const B = 'b' as NodeName;

/** A node's clock is a minute ahead; its lines are signs in JSON. */
const AHEAD_MS = 60_000;

function world() {
  const told: DrillLive[] = [];
  const listeners = new Map<NodeName, (text: string) => void>();
  const ended: NodeName[] = [];
  let now = 1000;
  const ports = {
    clock: { now: () => now, sleep: () => new Promise(() => undefined) },
    emit: (event: EventBody) => {
      if (event.type === 'drill-live') told.push(event.live);
    },
    nodes: {
      run: (
        node: NodeName,
        _: unknown,
        { signal, onOutput }: { signal: AbortSignal; onOutput: (text: string) => void },
      ) => {
        listeners.set(node, onOutput);
        return new Promise((resolve) =>
          signal.addEventListener('abort', () => {
            ended.push(node);
            resolve({ kind: 'exited', exitCode: 0, stdout: '', stderr: '' });
          }),
        );
      },
    },
  } as unknown as Ports;
  const samples: ProbedSample[] = [];
  const measuring = {
    nowMs: () => now,
    endedSince: (index: number) => samples.slice(index),
  } as unknown as Measuring;
  const teller = new DrillTeller({
    id: 'x',
    run: 1,
    victim: A,
    frontends: [A, B],
    ports,
    follow: () => ({ script: [''], read: (line) => (line ? [JSON.parse(line) as NodeSign] : []) }),
  });
  const say = (node: NodeName, text: string) => listeners.get(node)?.(text);
  const hear = (node: NodeName, sign: object) => say(node, `${JSON.stringify(sign)}\n`);
  return {
    told,
    teller,
    measuring,
    samples,
    say,
    hear,
    ended,
    setNow: (ms: number) => {
      now = ms;
    },
  };
}

test('a node’s times are told on our clock, whatever its own says', (t) => {
  const { told, teller, measuring, hear, setNow } = world();
  teller.begin(measuring, [0]);
  setNow(1004);
  hear(A, { kind: 'clock', atMs: 1002 + AHEAD_MS });
  hear(A, { kind: 'address', held: true, atMs: 1003 + AHEAD_MS });
  const sign = told.find(({ kind }) => kind === 'address');
  t.true(sign?.kind === 'address' && Math.abs(sign.atMs - 1003) < 4, JSON.stringify(sign));
});

test('phases are told as they become known, and only when they change', (t) => {
  const { told, teller, measuring, hear, setNow } = world();
  teller.begin(measuring, [0]);
  hear(A, { kind: 'clock', atMs: 1000 });
  hear(B, { kind: 'clock', atMs: 1000 });
  teller.fault(2000);
  setNow(2020);
  hear(B, { kind: 'address', held: true, atMs: 2015 });
  hear(B, { kind: 'clock', atMs: 2016 });
  hear(A, { kind: 'evidence', of: 'own-fault', atMs: 2003 });
  const phases = told.flatMap((live) => (live.kind === 'phases' ? [live.phases] : []));
  t.deepEqual(phases, [{ added: 15 }, { detected: 3, added: 15 }]);
  t.deepEqual(teller.phases, { detected: 3, added: 15 });
});

test('samples are told once, in batches', (t) => {
  const { told, teller, measuring, samples } = world();
  const sample = (scheduledMs: number) =>
    ({
      target: 0,
      sample: { scheduledMs, sentMs: scheduledMs, endedMs: scheduledMs, outcome: 'ok' },
    }) as const;
  teller.begin(measuring, [0]);
  samples.push(sample(1), sample(2));
  teller.pump(measuring);
  teller.pump(measuring);
  samples.push(sample(3));
  teller.pump(measuring);
  const batches = told.flatMap((live) =>
    live.kind === 'samples' ? [live.samples.map(([, at]) => at)] : [],
  );
  t.deepEqual(batches, [[1, 2], [3]]);
});

test('half a line waits for its other half', (t) => {
  const { told, teller, measuring, say } = world();
  teller.begin(measuring, [0]);
  const line = `${JSON.stringify({ kind: 'state', state: 'MASTER', atMs: 1000 })}\n`;
  say(A, line.slice(0, 20));
  t.is(told.filter(({ kind }) => kind === 'state').length, 0);
  say(A, line.slice(20));
  t.is(told.filter(({ kind }) => kind === 'state').length, 1);
});

test('at the end nobody is followed any more', async (t) => {
  const { teller, measuring, ended } = world();
  teller.begin(measuring, [0]);
  await teller.end();
  t.deepEqual(ended, [A, B]);
});
