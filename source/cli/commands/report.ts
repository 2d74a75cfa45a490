import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type Cluster, vipAddress } from '../../cluster/index.ts';
import { readJournal, sessionExists, sessionPaths } from '../../drivers/session/store.ts';
import { EXIT, OperatorError, problem } from '../../model/index.ts';
import { type ReportCluster, renderReport, reportFromJournal } from '../../report/index.ts';
import { withKnownVip } from '../auto-vip.ts';
import { DRILL_IDS, type Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { openCluster, stateFolder } from '../open-cluster.ts';
import type { Outcome } from '../outcome.ts';
import { originOf } from '../prepare-iam.ts';

/** The evidence, as Markdown: into the session's folder, a file, or standard output (`-`). */
export async function report(
  io: Io,
  { options, output }: Extract<Invocation, { command: 'report' }>,
): Promise<Outcome> {
  const stateDir = stateFolder(options, io.environment);
  const opened = await openCluster(options, io.environment);
  const { cluster, name } = await withKnownVip(stateDir, opened);
  const paths = sessionPaths(stateDir, name);
  if (!(await sessionExists(paths))) {
    const where = { file: paths.folder };
    throw new OperatorError(problem('session-unknown', { name, folder: paths.folder }, where));
  }
  const data = reportFromJournal({
    records: await readJournal(paths),
    cluster: await describeCluster(cluster),
    session: name,
    at: new Date().toISOString(),
    drillIds: DRILL_IDS,
  });
  const text = renderReport(data, io.language);
  if (output === '-') {
    if (io.json) throw new OperatorError(problem('json-and-text'), EXIT.usage);
    io.write(text);
    return { exitCode: EXIT.done, quiet: true, fields: { ok: true, files: [] } };
  }
  const file = output === undefined ? join(paths.report, 'report.md') : resolve(output);
  if (output === undefined) await mkdir(paths.report, { recursive: true, mode: 0o700 });
  await writeFileAtomic(file, text, { mode: 0o600 }).catch((error: NodeJS.ErrnoException) => {
    throw new OperatorError(problem('report-not-written', { reason: error.code ?? '' }, { file }));
  });
  return { exitCode: EXIT.done, fields: { ok: true, files: [file] } };
}

async function describeCluster(cluster: Cluster): Promise<ReportCluster> {
  const { standIn, from } = await originOf(cluster);
  const { kind } = cluster.iam.source;
  return {
    name: cluster.name,
    nodes: cluster.nodes.map(({ name, address, roles, data }) => ({ name, address, roles, data })),
    domains: cluster.domains,
    vip: { address: vipAddress(cluster), vrid: cluster.vip.vrid, profile: cluster.vip.profile },
    iam: from,
    standIn,
    mended: kind === 'go' && cluster.iam.pumpMend,
  };
}
