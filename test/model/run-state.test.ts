import test from 'ava';
import {
  allChecks,
  elapsedMs,
  emptyRunState,
  type RunState,
  reduceRun,
} from '../../source/model/index.ts';
import { change, passedCheck, timed, wholeRun } from '../cli/helpers/run-events.ts';

function reduced(events: typeof wholeRun): RunState {
  return events.reduce(reduceRun, emptyRunState);
}

test('a whole run', (t) => {
  const state = reduced(wholeRun);
  t.deepEqual(
    state.stages.map(({ id, state, changes, checks }) => [
      id,
      state,
      changes.length,
      checks.length,
    ]),
    [
      ['reverse-proxy', 'done', 2, 3],
      ['preflight', 'planned', 0, 0],
    ],
  );
  t.is(state.drills.length, 1);
  t.is(state.problems.length, 1);
  t.is(state.result?.command, 'apply');
  t.is(elapsedMs(state), 1600);
});

test('a change keeps its diff, and knows when it began and ended', (t) => {
  const [one] = reduced(
    timed([change('iam-1', 'planned'), change('iam-1', 'started'), change('iam-1', 'done')]),
  ).stages[0]!.changes;
  t.is(one?.state, 'done');
  t.true(one?.diff?.includes('+server {'));
  t.is(one?.startedAt, '2026-11-22T08:00:00.100Z');
  t.is(one?.endedAt, '2026-11-22T08:00:00.200Z');
});

test('the last word on a check counts, and progress ends with its stage', (t) => {
  const state = reduced(
    timed([
      { type: 'stage', id: 'reverse-proxy', state: 'running' },
      { type: 'progress', stage: 'reverse-proxy', node: 'iam-1', text: 'a' },
      { type: 'progress', stage: 'reverse-proxy', node: 'iam-1', text: 'b' },
      { ...passedCheck, verdict: 'unknown' } as typeof passedCheck,
      passedCheck,
    ]),
  );
  t.deepEqual(
    allChecks(state).map((check) => check.verdict),
    ['passed'],
  );
  t.deepEqual(
    state.progress.map((one) => one.text),
    ['b'],
  );
  const [end] = timed([{ type: 'stage', id: 'reverse-proxy', state: 'done' }]);
  t.deepEqual(reduceRun(state, end!).progress, []);
});

test('the reducer changes nothing that it was given', (t) => {
  const before = reduced(wholeRun.slice(0, 8));
  const copy = structuredClone(before);
  for (const event of wholeRun) reduceRun(before, event);
  t.deepEqual(before, copy);
});
