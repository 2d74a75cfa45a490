import { readFile } from 'node:fs/promises';
import { type Cluster, readTls, type ServedTls, whereabouts } from '../cluster/index.ts';
import { EXIT, OperatorError, type Problem, problem } from '../model/index.ts';

/** These look at what runs, or move it: with a certificate that has run out that is wanted all the more. */
const LOOKS_ONLY: readonly string[] = ['check', 'drill', 'move-vip'];

/**
 * The certificate and key that the cluster file names; undefined where it names none. They are read
 * anew at every run: a renewed certificate is put where the old one was, and applied.
 *
 * @throws OperatorError, exit 64: the operator's computer alone can know
 */
export async function givenTls(cluster: Cluster, command: string): Promise<ServedTls | undefined> {
  const { tls: files } = cluster;
  if (!files) return undefined;
  const texts = {
    certificate: await textOf(cluster, 'certificate', files.certificate),
    key: await textOf(cluster, 'key', files.key),
  };
  const read = readTls(cluster, files, texts, Date.now());
  if (!read.ok) throw refused(read.problems);
  if (read.problems.length > 0 && !LOOKS_ONLY.includes(command)) throw refused(read.problems);
  return read.tls;
}

async function textOf(cluster: Cluster, field: 'certificate' | 'key', path: string) {
  return readFile(path, 'utf8').catch(() => {
    const where = whereabouts(cluster, `tls.${field}`);
    throw refused([problem('unreadable-file', { found: path }, where)]);
  });
}

function refused(problems: readonly Problem[]): OperatorError {
  return new OperatorError(problems as [Problem, ...Problem[]], EXIT.usage);
}
