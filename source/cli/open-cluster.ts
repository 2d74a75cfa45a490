import { readFile, stat } from 'node:fs/promises';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import {
  type Cluster,
  filesToExist,
  parseCluster,
  type SecretRef,
  secretsToRead,
} from '../cluster/index.ts';
import { EXIT, OperatorError, type Problem, problem, Secret } from '../model/index.ts';
import { unfitAdminPassword } from './admin-password.ts';
import { alertProblems } from './alert-secrets.ts';
import type { GlobalOptions } from './invocation.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/** @throws OperatorError, exit 64, where the user has none (a container's number without a name) */
function home(): string {
  try {
    return homedir();
  } catch {
    throw new OperatorError(problem('no-home'), EXIT.usage);
  }
}

/** The folder that holds the sessions. */
export function stateFolder(
  options: Pick<GlobalOptions, 'stateDir'>,
  environment: Environment,
): string {
  if (options.stateDir) return resolve(options.stateDir);
  const base = environment.XDG_STATE_HOME || join(home(), '.local', 'state');
  return join(base, 'iam-ha-wizard');
}

/** Where the cluster file is looked for, in this order; the session's copy comes last. */
async function findClusterFile(options: GlobalOptions, environment: Environment): Promise<string> {
  const named = options.cluster ?? environment.IAM_HA_WIZARD_CLUSTER;
  if (named) return resolve(named);
  const here = resolve('cluster.yaml');
  if (await isFile(here)) return here;
  if (options.session) {
    const copy = join(stateFolder(options, environment), options.session, 'cluster.yaml');
    if (await isFile(copy)) return copy;
  }
  throw new OperatorError(problem('cluster-file-missing', {}, { file: here }), EXIT.usage);
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

export interface OpenedCluster {
  readonly cluster: Cluster;
  /** The file's text, for the session's copy. */
  readonly text: string;
  readonly name: string;
}

/**
 * Reads the cluster file and all that this computer alone can say about it.
 *
 * @throws OperatorError, exit 64, with every problem found
 */
export async function openCluster(
  options: GlobalOptions,
  environment: Environment,
): Promise<OpenedCluster> {
  const file = await findClusterFile(options, environment);
  const text = await readFile(file, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const code = error.code === 'ENOENT' ? 'cluster-file-missing' : 'cluster-file-unreadable';
    throw new OperatorError(problem(code, { reason: error.code ?? '' }, { file }), EXIT.usage);
  });
  const parsed = parseCluster(text, file);
  if (!parsed.ok) throw refused(parsed.problems);
  const { cluster } = parsed;
  const problems = [
    ...(await missingFiles(cluster)),
    ...missingSecrets(cluster, environment),
    ...alertProblems(cluster, environment),
    ...unfitAdminPassword(cluster, environment),
  ];
  if (problems.length > 0) throw refused(problems);
  return { cluster, text, name: options.session ?? cluster.name };
}

function refused(problems: readonly Problem[]): OperatorError {
  const [first, ...others] = problems;
  if (!first) throw new Error('refused without a problem');
  return new OperatorError([first, ...others], EXIT.usage);
}

async function missingFiles(cluster: Cluster): Promise<readonly Problem[]> {
  const found = await Promise.all(
    filesToExist(cluster).map(async ({ kind, path, field, line }) => {
      const there = await stat(path).catch(() => undefined);
      if (there && (kind === 'directory' ? there.isDirectory() : there.isFile())) return [];
      return [problem('missing-file', { found: path }, { file: cluster.file, line, field })];
    }),
  );
  return found.flat();
}

function missingSecrets(cluster: Cluster, environment: Environment): readonly Problem[] {
  return secretsToRead(cluster)
    .filter(({ variable }) => environment[variable] === undefined)
    .map(({ variable, field, line }) =>
      problem('secret-not-set', { variable }, { file: cluster.file, line, field }),
    );
}

/** The secret that a reference names; it has been checked that it is set. */
export function readSecret(
  ref: SecretRef | undefined,
  environment: Environment,
): Secret | undefined {
  const value = ref && environment[ref.variable];
  return value === undefined ? undefined : new Secret(ref!.variable, value);
}
