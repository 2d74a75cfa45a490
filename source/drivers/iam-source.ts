import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { EXIT, OperatorError, problem, schemaFault, type Whereabouts } from '../model/index.ts';

/** The daemons that every source of IAM must hold. */
export const IAM_DAEMONS = ['iam-apiserver', 'iam-authz-server', 'iam-pump'] as const;

export interface IamFolder {
  readonly standIn: boolean;
  readonly binaries: readonly {
    readonly name: string;
    readonly path: string;
    readonly sha256: string;
    readonly bytes: number;
  }[];
  readonly schema: string;
}

/**
 * Reads a folder that holds IAM: the three daemons and `iam.sql`; a file STAND-IN says that it is
 * not the real one.
 *
 * @throws OperatorError "iam-source-incomplete", exit 64, with the file that is missing;
 *   "schema-not-iam", "schema-wrong-version", "schema-unsafe", exit 64
 */
export async function readIamFolder(folder: string, where: Whereabouts): Promise<IamFolder> {
  const missing = (file: string) =>
    new OperatorError(problem('iam-source-incomplete', { found: file, folder }, where), EXIT.usage);
  const binaries = IAM_DAEMONS.map(async (name) => {
    const path = join(folder, name);
    const found = await stat(path).catch(() => undefined);
    if (!found?.isFile()) throw missing(name);
    return { name, path, sha256: await sha256OfFile(path), bytes: found.size };
  });
  const schema = await readFile(join(folder, 'iam.sql'), 'utf8').catch(() => {
    throw missing('iam.sql');
  });
  verifySchema(schema, join(folder, 'iam.sql'), where);
  const standIn = await stat(join(folder, 'STAND-IN')).then(
    () => true,
    () => false,
  );
  return { standIn, binaries: await Promise.all(binaries), schema };
}

async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return hash.digest('hex');
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
