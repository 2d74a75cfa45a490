import { OperatorError, type Ports } from '../../model/index.ts';

/** What the operator can mend is told, and hides nothing else: then there is no result. */
export async function tried<Result>(
  emit: Ports['emit'],
  does: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await does();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    for (const problem of error.problems) emit({ type: 'problem', problem });
    return undefined;
  }
}
