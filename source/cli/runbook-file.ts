import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { whereabouts } from '../cluster/index.ts';
import { sessionPaths } from '../drivers/session/store.ts';
import { EXIT, OperatorError, type Problem, problem, Secret } from '../model/index.ts';
import { stageNeeds } from '../stages/index.ts';
import { placeProblems, secretsOf } from '../stages/own-steps/problems.ts';
import { parseRunbook, type Runbook } from '../stages/runbook.ts';
import type { GlobalOptions } from './invocation.ts';
import { type OpenedCluster, stateFolder } from './open-cluster.ts';
import { readRunbook } from './read-runbook.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** `--runbook iam-ha`: back to the one that comes with the program. */
export const USUAL_RUNBOOK = 'iam-ha';

/** The runbook that a run goes by, for the session to remember. */
export interface OpenedRunbook {
  readonly runbook: Runbook;
  /** Of an operator's own: the file's text, for the session's copy. Null: the program's. */
  readonly text: string | null;
  /** False for a copy that could not be read any more: it stays as it is. */
  readonly remember: boolean;
}

/**
 * The runbook of this run: the named file, else the session's own copy, else the program's.
 *
 * @param planless nothing is planned (an undo): what the journal knows is enough, so neither a copy that
 *   cannot be read any more nor a secret that is not set stands in the way
 * @throws OperatorError, exit 64, with everything that is wrong with it
 */
export async function openRunbook(
  options: GlobalOptions,
  environment: Environment,
  { cluster, name }: Pick<OpenedCluster, 'cluster' | 'name'>,
  planless: boolean,
): Promise<OpenedRunbook> {
  const usual = readRunbook();
  const none = { runbook: usual, text: null, remember: true };
  if (options.runbook === USUAL_RUNBOOK) return none;
  const copy = sessionPaths(stateFolder(options, environment), name).runbook;
  const file = options.runbook === undefined ? copy : resolve(options.runbook);
  const text = await readText(file, file === copy);
  if (text === null) return none;
  const parsed = parseRunbook(text, file, stageNeeds, usual.stages);
  if (!parsed.ok && planless && file === copy) return { ...none, remember: false };
  if (!parsed.ok) throw refused(parsed.problems);
  const { runbook } = parsed;
  const problems = planless
    ? []
    : [...placeProblems(runbook, cluster), ...missingSecrets(runbook, environment)];
  if (problems.length > 0) throw refused(problems);
  return { runbook, text, remember: true };
}

/** Null where the session has no copy: it runs the program's own. */
async function readText(file: string, isCopy: boolean): Promise<string | null> {
  try {
    return await readFile(file, 'utf8');
  } catch (error) {
    const reason = (error as NodeJS.ErrnoException).code ?? '';
    if (isCopy && (reason === 'ENOENT' || reason === 'ENOTDIR')) return null;
    const code = reason === 'ENOENT' ? 'runbook-missing' : 'runbook-unreadable';
    throw new OperatorError(problem(code, { reason }, { file }), EXIT.usage);
  }
}

function refused(problems: readonly Problem[]): OperatorError {
  return new OperatorError(problems as [Problem, ...Problem[]], EXIT.usage);
}

function missingSecrets(runbook: Runbook, environment: Environment): readonly Problem[] {
  return secretsOf(runbook)
    .filter(({ variable }) => environment[variable] === undefined)
    .map(({ variable, field }) =>
      problem('secret-not-set', { variable }, whereabouts(runbook, field)),
    );
}

/** What the runbook's own steps name by `env:X`, by variable. Those that are not set are told elsewhere. */
export function runbookSecrets(
  runbook: Runbook | undefined,
  environment: Environment,
): ReadonlyMap<string, Secret> {
  return new Map(
    (runbook ? secretsOf(runbook) : []).flatMap(({ variable }) => {
      const value = environment[variable];
      return value === undefined ? [] : [[variable, new Secret(variable, value)] as const];
    }),
  );
}

/** The hash by which the journal knows a runbook; null for the program's own. */
export function runbookHash({ text }: Pick<OpenedRunbook, 'text'>): string | null {
  return text === null ? null : createHash('sha256').update(text).digest('hex');
}
