import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { secretsToRead } from '../../cluster/index.ts';
import { knownSecrets } from '../../drivers/session/secrets.ts';
import {
  readJournal,
  type SessionPaths,
  sessionExists,
  sessionPaths,
} from '../../drivers/session/store.ts';
import { EXIT, OperatorError, problem, type Secret } from '../../model/index.ts';
import {
  EXTENSIONS,
  formatOf,
  REPORT_FORMATS,
  type ReportData,
  type ReportFormat,
  renderReport,
  reportFromJournal,
  withoutSecrets,
} from '../../report/index.ts';
import { withKnownVip } from '../auto-vip.ts';
import { addressesOf } from '../cloud/result-fields.ts';
import { DRILL_IDS, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { type OpenedCluster, openCluster, readSecret, stateFolder } from '../open-cluster.ts';
import type { Outcome } from '../outcome.ts';
import { describeCluster } from '../report-cluster.ts';

/** A password as short as a name would take every such name out of the report. */
const LEAST_SECRET = 6;

type Asked = Extract<Invocation, { command: 'report' }>;

/** The evidence: every format into the session's folder, or one into a file or to standard output (`-`). */
export async function report(io: Io, asked: Asked): Promise<Outcome> {
  const { options, output, format } = asked;
  const stateDir = stateFolder(options, io.environment);
  const opened = await withKnownVip(stateDir, await openCluster(options, io.environment));
  const paths = sessionPaths(stateDir, opened.name);
  const data = await gather(io, opened, paths);
  if (output === '-') {
    if (io.json) throw new OperatorError(problem('json-and-text'), EXIT.usage);
    io.write(renderReport(data, io.language, format ?? 'markdown'));
    return { exitCode: EXIT.done, quiet: true, fields: { ok: true, files: [] } };
  }
  if (output !== undefined) {
    const file = resolve(output);
    await writeReport(file, renderReport(data, io.language, format ?? formatOf(file)));
    return { exitCode: EXIT.done, fields: { ok: true, files: [file] } };
  }
  const files = await writeAll(paths, data, io, format ? [format] : REPORT_FORMATS);
  return { exitCode: EXIT.done, fields: { ok: true, files } };
}

async function gather(
  io: Io,
  { cluster, name }: OpenedCluster,
  paths: SessionPaths,
): Promise<ReportData> {
  if (!(await sessionExists(paths))) {
    const where = { file: paths.folder };
    throw new OperatorError(problem('session-unknown', { name, folder: paths.folder }, where));
  }
  const records = await readJournal(paths);
  const data = reportFromJournal({
    records,
    cluster: await describeCluster(cluster),
    publicAddress: addressesOf(cluster, records).public,
    session: name,
    at: new Date().toISOString(),
    drillIds: DRILL_IDS,
  });
  const given = secretsToRead(cluster).flatMap(({ variable }): readonly Secret[] => {
    const secret = readSecret({ kind: 'env', variable }, io.environment);
    return secret && secret.reveal().length >= LEAST_SECRET ? [secret] : [];
  });
  return withoutSecrets(data, [...(await knownSecrets(paths)), ...given]);
}

async function writeAll(
  { report: folder }: SessionPaths,
  data: ReportData,
  io: Io,
  formats: readonly ReportFormat[],
): Promise<readonly string[]> {
  await mkdir(folder, { recursive: true, mode: 0o700 }).catch(notWritten(folder));
  const files: string[] = [];
  for (const format of formats) {
    const file = join(folder, `report.${EXTENSIONS[format]}`);
    await writeReport(file, renderReport(data, io.language, format));
    files.push(file);
  }
  return files;
}

async function writeReport(file: string, text: string): Promise<void> {
  await writeFileAtomic(file, text, { mode: 0o600 }).catch(notWritten(file));
}

function notWritten(file: string) {
  return (error: NodeJS.ErrnoException): never => {
    throw new OperatorError(problem('report-not-written', { reason: error.code ?? '' }, { file }));
  };
}
