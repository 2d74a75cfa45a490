import { EXIT, InterruptedError, OperatorError, type Problem, problem } from '../model/index.ts';
import { crashDetail } from './crash.ts';
import type { Outcome } from './outcome.ts';
import { QuestionInterruptedError } from './prompts.ts';

/** What a run comes to, and what is wrong. */
export interface Ending {
  readonly outcome: Outcome;
  readonly problems: readonly Problem[];
}

/** A run that a signal ended. */
export function interrupted(
  exitCode: number,
  code = 'interrupted',
  fields: Partial<Outcome['fields']> = {},
): Ending {
  return { outcome: { exitCode, fields: { ...fields, ok: false } }, problems: [problem(code)] };
}

/** What an error comes to that nothing has caught. */
export function endingOf(error: unknown): Ending {
  const failed = (exitCode: number, problems: readonly Problem[]): Ending => ({
    outcome: { exitCode, fields: { ok: false } },
    problems,
  });
  if (error instanceof OperatorError) return failed(error.exitCode, error.problems);
  if (error instanceof QuestionInterruptedError)
    return interrupted(error.exitCode, 'question-interrupted');
  if (error instanceof InterruptedError) return interrupted(error.exitCode);
  return failed(EXIT.failed, [problem('our-bug', {}, { detail: crashDetail(error) })]);
}
