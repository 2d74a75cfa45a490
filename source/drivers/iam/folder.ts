import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EXIT, OperatorError, problem, schemaFault, type Whereabouts } from '../../model/index.ts';
import { readBinaryKind } from './binary.ts';

/** The daemons that every source of IAM must hold. */
export const IAM_DAEMONS = ['iam-apiserver', 'iam-authz-server', 'iam-pump'] as const;

export interface IamFolder {
  readonly standIn: boolean;
  readonly binaries: readonly {
    readonly name: string;
    readonly path: string;
    readonly sha256: string;
    readonly bytes: number;
    /** As `uname -m` says it; null for a script, which runs anywhere. */
    readonly architecture: string | null;
  }[];
  readonly schema: string;
}

/** Says that the folder is not IAM's own. */
export async function isStandIn(folder: string): Promise<boolean> {
  return isFile(join(folder, 'STAND-IN'));
}

/**
 * Reads a folder that holds IAM: the three daemons and `iam.sql`; a file STAND-IN says that it is
 * not the real one.
 *
 * @throws OperatorError, exit 64: "iam-source-incomplete" with the file that is missing,
 * "iam-binary-unusable" for one that is no program for Linux, "schema-not-iam",
 * "schema-wrong-version", "schema-unsafe"
 */
export async function readIamFolder(folder: string, where: Whereabouts): Promise<IamFolder> {
  const refuse = (code: string, file: string) =>
    new OperatorError(problem(code, { found: file, folder }, where), EXIT.usage);
  const binary = async (name: string) => {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) throw refuse('iam-source-incomplete', name);
    const kind = await readBinaryKind(path);
    if (kind.kind === 'unknown') throw refuse('iam-binary-unusable', name);
    const architecture = kind.kind === 'linux' ? kind.architecture : null;
    return { name, path, sha256: await sha256OfFile(path), bytes: found.size, architecture };
  };
  const schema = await readFile(join(folder, 'iam.sql'), 'utf8').catch(() => {
    throw refuse('iam-source-incomplete', 'iam.sql');
  });
  verifySchema(schema, join(folder, 'iam.sql'), where);
  // only now: a reading that nobody waits for would fail unheard
  const binaries = await Promise.all(IAM_DAEMONS.map(binary));
  return { standIn: await isStandIn(folder), binaries, schema };
}

async function isFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

/** Of a file of any size, in hexadecimal. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
}

/**
 * Reads IAM's schema from a file of its own.
 *
 * @throws OperatorError, exit 64: "missing-file", "schema-not-iam", "schema-wrong-version", "schema-unsafe"
 */
export async function readIamSchema(path: string, where: Whereabouts): Promise<string> {
  const text = await readFile(path, 'utf8').catch(() => {
    throw new OperatorError(problem('missing-file', { found: path }, where), EXIT.usage);
  });
  verifySchema(text, path, where);
  return text;
}

/** @throws OperatorError, exit 64, when `text` is not the schema of the IAM that we can run */
function verifySchema(text: string, found: string, where: Whereabouts): void {
  const fault = schemaFault(text, 'iam');
  if (!fault) return;
  const missing = fault.code === 'schema-wrong-version' ? fault.missing.join(', ') : '';
  const statement = fault.code === 'schema-unsafe' ? fault.statement : '';
  const params = { found, missing, statement };
  throw new OperatorError(problem(fault.code, params, where), EXIT.usage);
}
