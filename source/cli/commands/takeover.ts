import { message, OperatorError, type Problem } from '../../model/index.ts';
import { renderMessage } from '../../text/index.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import { notConfirmed } from './consent.ts';

/** What `--adopt` consents to. */
const ADOPTABLE: ReadonlySet<string> = new Set([
  'foreign-configuration',
  'database-account-password-differs',
  'database-of-others',
  'other-session',
  'vip-held-already',
]);

/**
 * Runs it; where only a consent is missing (something of somebody else's in the way, an edit by
 * hand) that a person at the terminal can give, shows what it is about, asks, and runs it again.
 * With `--yes` nobody is asked: it stands for the plan, and never for these.
 *
 * @throws OperatorError as `run`; "not-confirmed" when the answer is no
 */
export async function withTakeover<Result>(
  io: Io,
  options: GlobalOptions,
  run: (options: GlobalOptions) => Promise<Result>,
): Promise<Result> {
  try {
    return await run(options);
  } catch (error) {
    const asked = error instanceof OperatorError && missingConsent(options, error.problems);
    if (!asked || options.yes || !io.prompter) throw error;
    for (const problem of error.problems) io.emit({ type: 'problem', problem });
    io.face.settle();
    io.write('\n');
    if (!(await io.prompter.askYesNo(renderMessage(asked.question, io.language))))
      throw notConfirmed();
    return withTakeover(io, asked.options, run);
  }
}

function missingConsent(options: GlobalOptions, problems: readonly Problem[]) {
  if (!options.adopt && problems.every((one) => ADOPTABLE.has(one.code))) {
    return { question: message('ask-adopt'), options: { ...options, adopt: true } };
  }
  const files = problems.flatMap(({ code, file }) =>
    code === 'managed-file-changed' && file && !options.overwrite.includes(file) ? [file] : [],
  );
  if (files.length < problems.length) return undefined;
  const paths = [...new Set(files)];
  return {
    question: message('ask-overwrite', { files: paths.join(', ') }),
    options: { ...options, overwrite: [...options.overwrite, ...paths] },
  };
}
