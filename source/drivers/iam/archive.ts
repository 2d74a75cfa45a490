import { createWriteStream, existsSync } from 'node:fs';
import { mkdir, readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import {
  EXIT,
  type Message,
  message,
  OperatorError,
  problem,
  type Whereabouts,
} from '../../model/index.ts';
import { sha256OfFile } from './folder.ts';
import type { RunProgram } from './program.ts';

export interface Archive {
  /** A file, or an https address. */
  readonly path: string;
  readonly sha256: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly run: RunProgram;
  readonly signal: AbortSignal;
  readonly report: (text: Message) => void;
  readonly where: Whereabouts;
}

export function isAddress(path: string): boolean {
  return path.startsWith('https://');
}

/**
 * Unpacks a tar archive into the empty folder `part`, after its checksum was compared; what lies in
 * one folder at its top is taken as if it lay at the top.
 *
 * @throws OperatorError "iam-archive-sha256", "iam-archive-unreadable" (64), "iam-archive-unreachable"
 */
export async function unpackArchive(part: string, archive: Archive): Promise<void> {
  const file = isAddress(archive.path) ? await download(part, archive) : archive.path;
  await verifyArchive(file, archive);
  archive.report(message('iam-archive-unpacking', { path: archive.path }));
  const inside = join(part, 'inside');
  await mkdir(inside);
  const untar = ['tar', '--no-same-owner', '-xf', file, '-C', inside];
  const done = await archive.run(untar, { env: archive.env });
  if (done.exitCode !== 0) throw refused(archive, 'iam-archive-unreadable', done.stderr.trim());
  if (file !== archive.path) await rm(file);
}

/** Where in an unpacked archive IAM is: at its top, or in its one folder. */
export async function folderOfArchive(unpacked: string): Promise<string> {
  const inside = join(unpacked, 'inside');
  const [first = '', ...more] = await readdir(inside);
  const only = join(inside, first);
  const isFolder = first !== '' && more.length === 0 && (await stat(only)).isDirectory();
  return isFolder ? only : inside;
}

/** @throws OperatorError "iam-archive-sha256" */
export async function verifyArchive(file: string, archive: Archive): Promise<void> {
  const found = await sha256OfFile(file).catch((error: NodeJS.ErrnoException) => {
    throw refused(archive, 'iam-archive-unreadable', error.message);
  });
  if (found === archive.sha256) return;
  throw refused(archive, 'iam-archive-sha256', `${found}  ${archive.path}`);
}

async function download(part: string, archive: Archive): Promise<string> {
  const { path, signal, report } = archive;
  report(message('iam-archive-downloading', { path }));
  const file = join(part, 'archive');
  try {
    const answer = await fetch(path, { signal, redirect: 'follow' });
    if (!answer.ok || !answer.body) throw new Error(`HTTP ${answer.status}`);
    await pipeline(Readable.fromWeb(answer.body), createWriteStream(file), { signal });
    return file;
  } catch (error) {
    if (existsSync(file)) await rm(file);
    const { message: said, cause } = error as Error;
    const why = cause instanceof Error ? `${said}: ${cause.message}` : said;
    throw refused(archive, 'iam-archive-unreachable', why);
  }
}

function refused({ path, where }: Archive, code: string, detail: string): OperatorError {
  const exit = code === 'iam-archive-unreachable' ? EXIT.failed : EXIT.usage;
  return new OperatorError(problem(code, { path }, { ...where, detail }), exit);
}
