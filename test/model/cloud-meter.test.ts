import test from 'ava';
import {
  addressMeters,
  type CloudAction,
  idleCost,
  type JournalBody,
  type JournalRecord,
  yuan,
} from '../../source/model/index.ts';

const HOUR = 3_600_000;
const at = (hours: number) => new Date(hours * HOUR).toISOString();

/** Records with the hour in which each was written. */
function journal(...all: readonly (readonly [number, JournalBody])[]): readonly JournalRecord[] {
  return all.map(([hours, body], n) => ({ ...body, n: n + 1, at: at(hours), hash: '' }));
}

const intent = (change: string, ...actions: readonly CloudAction[]): JournalBody => ({
  ...{ type: 'cloud-intent', change, stage: 'public-access', resource: change, owned: true },
  ...{ summary: { code: 'eip-make' }, actions, undo: [] },
});
const buy = intent('buy', {
  ...{ kind: 'make-public-address', name: 'n', token: 't' },
  marks: { session: 's', cluster: 'c' },
});
const bind = intent('bind', { kind: 'bind', haVip: 'havip-1', address: '203.0.113.1' });
const outcome = (change: string, state: 'done' | 'failed' | 'unknown'): JournalBody => ({
  ...{ type: 'cloud-outcome', change, state, requestId: 'r', traceId: 't' },
  outputs: change === 'buy' && state === 'done' ? { id: 'eip-1', address: '203.0.113.1' } : {},
});
const undone = (change: string, left: readonly string[] = []): JournalBody => ({
  ...{ type: 'cloud-undone', change, left, kept: [], requestId: '' },
});
const run = { type: 'run-started', command: 'apply' } as unknown as JournalBody;

const bought = [
  [1, buy],
  [1, outcome('buy', 'done')],
] as const;
const bound = [
  [2, bind],
  [2, outcome('bind', 'done')],
] as const;

const cases: readonly (readonly [string, ReturnType<typeof journal>, object | undefined])[] = [
  ['bought, and leads nowhere', journal(...bought), { idleMs: 9 * HOUR, address: '203.0.113.1' }],
  ['bound an hour later', journal(...bought, ...bound), { idleMs: HOUR, boundAt: at(2) }],
  [
    'taken off again',
    journal(...bought, ...bound, [6, undone('bind')]),
    { idleMs: 5 * HOUR, boundAt: undefined },
  ],
  [
    'given back',
    journal(...bought, ...bound, [6, undone('bind')], [7, undone('buy')]),
    { idleMs: 2 * HOUR, releasedAt: at(7) },
  ],
  [
    'a release that did not go through is none',
    journal(...bought, ...bound, [7, undone('buy', ['eip:eip-1'])]),
    { idleMs: HOUR, releasedAt: undefined },
  ],
  ['a purchase that failed', journal([1, buy], [1, outcome('buy', 'failed')]), undefined],
  [
    'one that may have been made costs from when it was asked for',
    journal([1, buy], [1, outcome('buy', 'unknown')]),
    { idleMs: 9 * HOUR },
  ],
  [
    'a run that was killed, and learnt of by the next: it was bought by the first',
    journal([1, buy], [8, run], [8, outcome('buy', 'done')]),
    { idleMs: 9 * HOUR, boughtAt: at(1), id: 'eip-1' },
  ],
];

for (const [what, records, expected] of cases) {
  test(`what an address has cost: ${what}`, (t) => {
    const [meter] = addressMeters(records, 10 * HOUR);
    if (!expected) return t.is(meter, undefined);
    for (const [name, value] of Object.entries(expected))
      t.is((meter as never)[name], value as never, name);
    t.is(meter?.idleCost, idleCost(meter?.idleMs ?? 0));
  });
}

test('an adopted address is nobody’s purchase', (t) => {
  t.deepEqual(addressMeters(journal([1, intent('eip:own')]), 10 * HOUR), []);
});

test('yuan as people read them', (t) => {
  t.deepEqual([0, 0.001, 0.2, 1.234].map(yuan), ['0.00', '<0.01', '0.20', '1.23']);
});
