import test from 'ava';
import { type Judged, nameCausesOnce } from '../../source/engine/check-graph.ts';
import {
  failed,
  message,
  passed,
  problem,
  unknown,
  type VerdictState,
} from '../../source/model/index.ts';

function judged(id: string, state: VerdictState, explainedBy: readonly string[] = []): Judged {
  const verdicts = {
    passed: passed(message('fine')),
    warned: passed(message('fine')),
    failed: failed(problem('broken')),
    unknown: unknown(message('no-answer')),
  };
  return {
    stage: 'a',
    check: { id, node: null, title: message('x'), explainedBy },
    verdict: verdicts[state],
  };
}

function states(list: readonly Judged[]): readonly string[] {
  return nameCausesOnce(list).map(
    ({ check, verdict }) =>
      `${check.id} ${verdict.state}${verdict.because ? ` ${verdict.because}` : ''}`,
  );
}

test('what a failed check explains is unknown because of it, to the root', (t) => {
  t.deepEqual(
    states([
      judged('unit', 'failed'),
      judged('health', 'failed', ['unit']),
      judged('balance', 'failed', ['health']),
      judged('other', 'failed'),
    ]),
    ['unit failed', 'health unknown unit', 'balance unknown unit', 'other failed'],
  );
});

test('a passed check explains nothing', (t) => {
  t.deepEqual(states([judged('unit', 'passed'), judged('health', 'failed', ['unit'])]), [
    'unit passed',
    'health failed',
  ]);
});

test('a star means every check with that beginning', (t) => {
  const list = [
    judged('login/a', 'passed'),
    judged('login/b', 'failed'),
    judged('user', 'failed', ['login/*']),
  ];
  t.deepEqual(states(list), ['login/a passed', 'login/b failed', 'user unknown login/b']);
});

test('of checks that explain one another exactly one stays the cause', (t) => {
  const verdicts = states([judged('a', 'failed', ['b']), judged('b', 'failed', ['a'])]);
  t.is(verdicts.filter((one) => one.endsWith('failed')).length, 1);
});

test('an unknown check passes an explanation on, but is no cause itself', (t) => {
  t.deepEqual(
    states([
      judged('unit', 'failed'),
      judged('probe', 'unknown', ['unit']),
      judged('user', 'failed', ['probe']),
    ]),
    ['unit failed', 'probe unknown unit', 'user unknown unit'],
  );
  t.deepEqual(states([judged('probe', 'unknown'), judged('user', 'failed', ['probe'])]), [
    'probe unknown',
    'user failed',
  ]);
});
