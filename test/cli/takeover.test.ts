import test from 'ava';
import { withTakeover } from '../../source/cli/commands/takeover.ts';
import type { GlobalOptions } from '../../source/cli/invocation.ts';
import type { Io } from '../../source/cli/io.ts';
import { OperatorError, type Problem, problem } from '../../source/model/index.ts';

const OPTIONS: GlobalOptions = {
  stages: [],
  plain: true,
  json: false,
  color: false,
  yes: false,
  overwrite: [],
  adopt: false,
  breakLocks: [],
  acceptNewHostKeys: false,
};

/** Somebody at a terminal who always answers the same. */
function someone(answer: boolean) {
  const asked: string[] = [];
  const io = {
    environment: {},
    language: 'en',
    json: false,
    face: { show: () => {}, settle: () => {} },
    emit: () => {},
    summary: {},
    write: () => {},
    prompter: {
      askYesNo: async (question: string) => {
        asked.push(question);
        return answer;
      },
    },
  } as unknown as Io;
  return { io, asked };
}

/** Fails with these problems until the options consent to them. */
function until(consents: (options: GlobalOptions) => boolean, problems: readonly Problem[]) {
  return async (options: GlobalOptions) => {
    if (consents(options)) return options;
    throw new OperatorError(problems as readonly [Problem]);
  };
}

const foreign = problem('foreign-configuration', {}, { node: 'iam-1', file: '/etc/x' });
const edited = (file: string) => problem('managed-file-changed', {}, { node: 'iam-1', file });

test('a yes takes over what is somebody else’s', async (t) => {
  const { io, asked } = someone(true);
  const run = until((options) => options.adopt, [foreign]);
  t.true((await withTakeover(io, OPTIONS, run)).adopt);
  t.is(asked.length, 1);
});

test('a yes overwrites the files that were shown, and no others', async (t) => {
  const { io, asked } = someone(true);
  const run = until(
    (options) => options.overwrite.length > 0,
    [edited('/etc/a'), edited('/etc/b')],
  );
  t.deepEqual((await withTakeover(io, OPTIONS, run)).overwrite, ['/etc/a', '/etc/b']);
  t.regex(asked[0] ?? '', /\/etc\/a, \/etc\/b/);
});

test('a no changes nothing', async (t) => {
  const run = until((options) => options.adopt, [foreign]);
  const error = await t.throwsAsync(withTakeover(someone(false).io, OPTIONS, run));
  t.is(error?.message, 'not-confirmed');
});

test('nobody is asked with --yes, where nobody sits, and where a yes would not help', async (t) => {
  const { io, asked } = someone(true);
  const run = until((options) => options.adopt, [foreign]);
  await t.throwsAsync(withTakeover(io, { ...OPTIONS, yes: true }, run));
  const { prompter: _, ...unattended } = io;
  await t.throwsAsync(withTakeover(unattended, OPTIONS, run));
  const other = until(() => false, [foreign, problem('port-taken')]);
  await t.throwsAsync(withTakeover(io, OPTIONS, other), { message: /port-taken/ });
  t.deepEqual(asked, []);
});
