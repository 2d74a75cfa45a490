import { spawnSync } from 'node:child_process';
import test from 'ava';
import { type OwnCheckOptions, ownCheck } from '../../source/checks/own-check.ts';
import { runLocalScript } from '../../source/drivers/local-script.ts';
import {
  type Measured,
  type NodeName,
  revealContent,
  Secret,
  type Verdict,
} from '../../source/model/index.ts';
import { renderProblem } from '../../source/text/index.ts';

const OPTIONS: OwnCheckOptions = {
  step: 'answers',
  node: 'iam-1' as NodeName,
  title: { en: 'It answers', zh: '有应答' },
  run: 'echo yes',
  exit: 0,
  environment: { values: { IAM_HA_VIP: '10.0.4.99' }, secrets: [] },
  // a busy machine takes its time
  seconds: 60,
  withinSeconds: 30,
  where: { file: 'own.yaml', line: 9, field: 'stages[2].check.run' },
};

/** Measured by a real bash: as on a node, in a subshell of a batch. */
function onNode(more: Partial<OwnCheckOptions>): Verdict {
  const check = ownCheck({ ...OPTIONS, ...more });
  const [measurement] = check.measurements;
  if (measurement?.kind !== 'script') throw new Error('not on a node');
  const input = `(\n${revealContent(measurement.script)}\n) </dev/null`;
  const { status, stdout, stderr } = spawnSync('bash', ['-s'], { input, encoding: 'utf8' });
  return check.judge([{ kind: 'exited', exitCode: status ?? 128, stdout, stderr }]);
}

async function here(more: Partial<OwnCheckOptions>): Promise<Verdict> {
  const check = ownCheck({ ...OPTIONS, ...more, node: null });
  const [measurement] = check.measurements;
  if (measurement?.kind !== 'local') throw new Error('not here');
  return check.judge([await runLocalScript(measurement)]);
}

const CASES: readonly (readonly [Partial<OwnCheckOptions>, string])[] = [
  [{}, 'passed'],
  [{ equals: 'yes' }, 'passed'],
  [{ equals: 'yes\n' }, 'passed'],
  [{ equals: 'ye' }, 'own-check-prints'],
  [{ run: 'true', equals: '' }, 'passed'],
  [{ equals: '' }, 'own-check-prints'],
  [{ contains: 'es' }, 'passed'],
  [{ contains: 'no' }, 'own-check-lacks'],
  [{ run: 'echo yes >&2', contains: 'yes' }, 'own-check-lacks'],
  [{ run: 'exit 3' }, 'own-check-exit'],
  [{ run: 'exit 3', exit: 3 }, 'passed'],
  [{ exit: 3 }, 'own-check-exit'],
  [{ run: 'false\necho yes' }, 'own-check-exit'],
  [{ run: 'false | cat' }, 'own-check-exit'],
  [{ run: 'echo "$IAM_HA_VIP"', equals: '10.0.4.99' }, 'passed'],
  [{ run: 'sleep 300', seconds: 1 }, 'own-check-hangs'],
  [{ run: 'if' }, 'own-check-exit'],
];

for (const [options, expected] of CASES) {
  test(`${JSON.stringify(options)}: ${expected}`, async (t) => {
    for (const verdict of [onNode(options), await here(options)]) {
      const found = verdict.state === 'passed' ? 'passed' : verdict.problem?.params?.why;
      t.is(found, expected, JSON.stringify(verdict));
      if (verdict.problem) t.like(verdict.problem, { file: 'own.yaml', line: 9 });
    }
  });
}

test('a problem says what is wrong, and what the operator says to do, in both languages', (t) => {
  const plain = onNode({ run: 'exit 3' }).problem!;
  t.is(renderProblem(plain, 'en').title, 'It answers: does not hold');
  t.is(renderProblem(plain, 'zh').title, '有应答：检查不通过');
  t.is(renderProblem(plain, 'en').cause, 'The command ended with exit code 3; 0 is expected.');
  const otherwise = { en: 'Call us.', zh: '打电话。' };
  const advised = onNode({ run: 'exit 3', otherwise }).problem!;
  t.is(renderProblem(advised, 'en').nextSteps[0], 'Call us.');
  t.is(renderProblem(advised, 'zh').nextSteps[0], '打电话。');
  t.is(advised.node, 'iam-1');
});

test('what was printed is the detail only, where secrets are masked', (t) => {
  const environment = { values: {}, secrets: [new Secret('TOKEN', 'hunter2hunter2')] };
  const { problem, reason } = onNode({ environment, run: 'echo "$TOKEN"', equals: 'other' });
  t.is(problem?.detail, 'hunter2hunter2');
  t.false(JSON.stringify([problem?.params, reason]).includes('hunter2'));
});

test('a node that could not be asked is not one that fails', (t) => {
  const { judge } = ownCheck(OPTIONS);
  const silent: Measured = { kind: 'timed-out', afterMs: 1, stdout: '', stderr: '' };
  t.is(judge([silent]).state, 'unknown');
  t.is(judge([undefined as never]).state, 'unknown');
});

test('a command that prints for ever fills nothing', (t) => {
  const verdict = onNode({ run: 'yes' });
  t.is(verdict.state, 'failed');
  t.true((verdict.problem?.detail?.length ?? 0) <= 4000);
});
