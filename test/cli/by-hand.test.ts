import { PassThrough } from 'node:stream';
import test from 'ava';
import { byHandAsker, verifyByHand } from '../../source/cli/commands/by-hand.ts';
import type { GlobalOptions } from '../../source/cli/invocation.ts';
import type { Io } from '../../source/cli/io.ts';
import { createPrompter } from '../../source/cli/prompts.ts';
import { type ByHand, type JournalRecord, OperatorError } from '../../source/model/index.ts';
import { stage } from '../engine/_world.ts';

const STEP: ByHand = {
  step: 'dns',
  title: { en: 'Set the records', zh: '设置记录' },
  text: { en: 'At your registrar:\n  \u001b[2Jset it\n', zh: '在域名服务商处设置\n' },
  undo: null,
};

function io(answers: string | undefined, language: 'en' | 'zh' = 'en') {
  const input = new PassThrough();
  const output = new PassThrough();
  let said = '';
  output.on('data', (chunk) => {
    said += chunk;
  });
  if (answers !== undefined) input.end(answers);
  const made = {
    language,
    face: { settle: () => {}, show: () => {} },
    write: (text: string) => {
      said += text;
    },
    ...(answers !== undefined && { prompter: createPrompter({ input, output }, language) }),
  } as unknown as Io;
  return { io: made, said: () => said };
}

const options = (confirmed?: readonly string[]) =>
  ({ ...(confirmed && { confirmed }) }) as unknown as GlobalOptions;

for (const [answers, expected] of [
  ['\n', true],
  ['n\n', false],
  ['否\n', false],
  ['', false],
] as const) {
  test(`an answer of ${JSON.stringify(answers)} is ${expected}`, async (t) => {
    const asked = io(answers);
    t.is(await byHandAsker(asked.io, options())(STEP), expected);
    t.regex(
      asked.said(),
      /by hand: Set the records\n {2}At your registrar:\n {4}\\x1b\[2Jset it\n/,
    );
    t.regex(asked.said(), /Press Enter when it is done/);
  });
}

test('in Chinese; what was confirmed on the command line is not asked; nobody is no yes', async (t) => {
  const chinese = io('\n', 'zh');
  t.true(await byHandAsker(chinese.io, options())(STEP));
  t.regex(chinese.said(), /手工步骤：设置记录\n {2}在域名服务商处设置\n/);
  const confirmed = io('n\n');
  t.true(await byHandAsker(confirmed.io, options(['dns']))(STEP));
  t.is(confirmed.said(), '');
  t.false(await byHandAsker(io(undefined).io, options())(STEP));
});

function run(records: readonly Partial<JournalRecord>[] = []) {
  const own = { kind: 'manual', manual: {} };
  return {
    stages: [stage('dns', [], { byHand: STEP })],
    runbook: { stages: [{ id: 'preflight' }, { id: 'dns', own }] },
    ports: { journal: { records: () => records } },
  } as unknown as Parameters<typeof verifyByHand>[2];
}

const refusal = (verify: () => void) => {
  try {
    verify();
    return undefined;
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return [error.exitCode, error.problems[0].code, error.problems[0].params?.step];
  }
};

test('unattended, an open step is named, exit 64; not one that is confirmed or done', (t) => {
  const nobody = io(undefined).io;
  t.deepEqual(
    refusal(() => verifyByHand(nobody, options(), run())),
    [64, 'by-hand-unconfirmed', 'dns'],
  );
  t.is(
    refusal(() => verifyByHand(nobody, options(['dns']), run())),
    undefined,
  );
  const done = { type: 'manual-done', step: 'dns', n: 1 } as const;
  t.is(
    refusal(() => verifyByHand(nobody, options(), run([done]))),
    undefined,
  );
  t.is(
    refusal(() => verifyByHand(io('\n').io, options(), run())),
    undefined,
  );
});

test('a step that there is not cannot be confirmed', (t) => {
  for (const found of ['dsn', 'preflight']) {
    t.deepEqual(refusal(() => verifyByHand(io('\n').io, options([found]), run()))?.slice(0, 2), [
      64,
      'by-hand-unknown',
    ]);
  }
});
