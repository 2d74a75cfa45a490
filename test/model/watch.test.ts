import test from 'ava';
import {
  brokenUnits,
  holdersOf,
  isStale,
  moveOf,
  reduceWatch,
  STALE_MS,
  type WatchNews,
  type WatchState,
} from '../../source/model/index.ts';
import { look, pair, WATCH_START } from '../tui/_drill-frames.ts';

const heard = (node: string, state: 'MASTER' | 'BACKUP', after: number): WatchNews => ({
  kind: 'look',
  node,
  look: look(state),
  atMs: WATCH_START + after,
});
const after = (state: WatchState, ...news: readonly WatchNews[]) => news.reduce(reduceWatch, state);

test('a node that is silent has nothing, whatever it said last', (t) => {
  const state = pair(1000);
  t.deepEqual(holdersOf(state, WATCH_START + 1500), ['iam-2']);
  t.deepEqual(holdersOf(state, WATCH_START + 1001 + STALE_MS), []);
  t.true(isStale(state.nodes[1]!, WATCH_START + 1001 + STALE_MS));
});

test('a node that was never heard is stale', (t) => {
  const { look: _, heardMs: __, ...unheard } = pair(0).nodes[0]!;
  t.true(isStale(unheard, WATCH_START));
});

test('a move is noticed once, with who had it before', (t) => {
  const state = after(
    pair(1000),
    heard('iam-2', 'BACKUP', 2000),
    heard('iam-1', 'MASTER', 2100),
    heard('iam-1', 'MASTER', 3100),
  );
  t.deepEqual(state.moved, { from: 'iam-2', to: 'iam-1', atMs: WATCH_START + 2100 });
  t.is(state.holder, 'iam-1');
});

test('two holders are no move, but trouble', (t) => {
  const state = after(pair(1000), heard('iam-1', 'MASTER', 1500));
  t.deepEqual(holdersOf(state, WATCH_START + 1600), ['iam-1', 'iam-2']);
  t.is(state.moved, undefined);
  t.is(state.troubledMs, WATCH_START + 1500);
});

test('it has moved as soon as the node that had it counts as silent', (t) => {
  const state = after(pair(1000), heard('iam-1', 'MASTER', 4400));
  t.is(moveOf(state, WATCH_START + 4400), undefined, 'both say that they have it');
  t.like(moveOf(state, WATCH_START + 1001 + STALE_MS), { from: 'iam-2', to: 'iam-1' });
});

test('a problem goes with the next word', (t) => {
  const state = after(pair(0), { kind: 'silent', node: 'iam-1', problem: { code: 'x' } as never });
  t.is(state.nodes[0]?.problem?.code, 'x');
  t.is(after(state, heard('iam-1', 'BACKUP', 900)).nodes[0]?.problem, undefined);
});

test('what does not run, and what runs but does not answer, is broken', (t) => {
  const [node] = pair(0).nodes;
  t.deepEqual(brokenUnits(node!), []);
  const seen = look('BACKUP');
  const broken = {
    ...node!,
    look: {
      ...seen,
      units: { ...seen.units, pump: false },
      healthy: { ...seen.healthy, authz: false },
    },
  };
  t.deepEqual(brokenUnits(broken), ['authz', 'pump']);
});

test('requests are counted by the second, the last minute of them', (t) => {
  const samples = Array.from({ length: 90 * 2 }, (_, index) => ({
    scheduledMs: WATCH_START + index * 500,
    endedMs: WATCH_START + index * 500 + 4,
    outcome: index === 170 ? ('failed' as const) : ('ok' as const),
  }));
  const state = after(pair(0), { kind: 'samples', samples });
  t.is(state.seconds.length, 60);
  t.like(state.seconds.at(-5), { ok: 1, failed: 1 });
  t.like(state.seconds.at(-1), { ok: 2, failed: 0, slowestMs: 4 });
  t.is(state.troubledMs, samples[170]?.endedMs);
});
