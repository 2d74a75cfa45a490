import { chmod, mkdir } from 'node:fs/promises';
import { hostname } from 'node:os';
import writeFileAtomic from 'write-file-atomic';
import type { Cluster } from '../cluster/index.ts';
import { vipAddress } from '../cluster/index.ts';
import {
  describeHolder,
  isAlive,
  type LockHolder,
  type ProcessLock,
  takeProcessLock,
} from '../drivers/session/process-lock.ts';
import { type OpenedSecrets, openSecrets, type SecretsUse } from '../drivers/session/secrets.ts';
import { openJournal, type SessionPaths, sessionPaths, writing } from '../drivers/session/store.ts';
import { changesToUndo } from '../engine/undo.ts';
import {
  JOURNAL_VERSION,
  type JournalPort,
  type JournalRecord,
  mapSecret,
  type Secret,
  urlEscaped,
} from '../model/index.ts';
import type { Language } from '../text/index.ts';
import { keepRunbook } from './keep-runbook.ts';
import { noteWhoLeft } from './leaving/note.ts';
import type { OpenedCluster } from './open-cluster.ts';
import type { OpenedRunbook } from './runbook-file.ts';

/** A session, opened for a run. */
export interface RunSession {
  readonly name: string;
  readonly id: string;
  /** Of the comments in the files that we write. */
  readonly language: Language;
  readonly paths: SessionPaths;
  readonly journal: JournalPort;
  readonly secrets: OpenedSecrets;
  readonly holder: LockHolder;
  /** Of this session's runs on this computer that are dead: what they locked may be taken over. */
  readonly deadTokens: readonly string[];
  release(): Promise<void>;
}

/**
 * Opens the session, or makes it: the cluster's copy, the journal, the secrets; and keeps every
 * other process off it.
 */
export async function openSession(
  stateDir: string,
  opened: OpenedCluster,
  command: string,
  language: Language,
  ids: { readonly session: string; readonly run: string },
  chosen: OpenedRunbook,
): Promise<RunSession> {
  const paths = sessionPaths(stateDir, opened.name);
  const lock = await writing(paths.folder, async () => {
    await mkdir(paths.folder, { recursive: true, mode: 0o700 });
    await chmod(paths.folder, 0o700);
    return takeProcessLock(paths.lock, await describeHolder(opened.name, '', ids.run));
  });
  try {
    // read only now: a journal that another run still writes would be continued from its middle
    const journal = await openJournal(paths);
    return await openLocked(paths, journal, { opened, command, language, ids, lock, chosen });
  } catch (error) {
    await lock.release();
    throw error;
  }
}

interface Opening {
  readonly opened: OpenedCluster;
  readonly command: string;
  readonly language: Language;
  readonly ids: { readonly session: string; readonly run: string };
  readonly lock: ProcessLock;
  readonly chosen: OpenedRunbook;
}

async function openLocked(
  paths: SessionPaths,
  journal: JournalPort,
  { opened, command, language, ids, lock, chosen }: Opening,
): Promise<RunSession> {
  const before = journal.records();
  const created = before.find((record) => record.type === 'session-created');
  const id = created?.id ?? ids.session;
  if (!created) await journal.append([firstRecord(opened.name, chosen.runbook.id, id, language)]);
  const holder = await describeHolder(opened.name, id, ids.run);
  await journal.append([runStarted(command, holder)]);
  await noteWhoLeft(paths, journal, opened.cluster);
  await writing(paths.cluster, () => writeFileAtomic(paths.cluster, opened.text, { mode: 0o600 }));
  await keepRunbook(paths, journal, chosen);
  const names = certificateNames(opened.cluster);
  return {
    name: opened.name,
    id,
    language: created?.language ?? language,
    paths,
    journal,
    secrets: await openSecrets(paths, names, secretsUse(before, command)),
    holder,
    deadTokens: await deadTokens(before),
    release: () => lock.release(),
  };
}

/** While something is changed, the nodes have the session's secrets; to take it back needs none of them. */
function secretsUse(records: readonly JournalRecord[], command: string): SecretsUse {
  if (changesToUndo(records, []).length === 0) return 'none';
  return command === 'undo' || command === 'destroy' ? 'unread' : 'used';
}

function runStarted(command: string, { pid, started, host, user, token }: LockHolder) {
  const version = JOURNAL_VERSION;
  return { type: 'run-started', command, version, pid, started, host, user, token } as const;
}

function firstRecord(name: string, runbook: string, id: string, language: Language) {
  return { type: 'session-created', name, id, language, runbook } as const;
}

/** A copy of the session's folder may know a run that is still alive: its locks stay. */
async function deadTokens(records: readonly JournalRecord[]): Promise<readonly string[]> {
  const here = records.flatMap((record) =>
    record.type === 'run-started' && record.host === hostname() ? [record] : [],
  );
  const alive = await Promise.all(
    here.map((run) => run.started !== undefined && isAlive({ pid: run.pid, started: run.started })),
  );
  return here.filter((_, index) => !alive[index]).map((run) => run.token);
}

/** Everything that IAM's daemons are reached by. */
function certificateNames(cluster: Cluster) {
  const { api, authz } = cluster.domains;
  const addresses = cluster.nodes.map((node) => node.address);
  return {
    dns: ['localhost', api, authz, 'iam-apiserver', 'iam-authz-server'],
    ip: ['127.0.0.1', ...addresses, vipAddress(cluster)],
  };
}

/** Every secret of the session, for masking what servers say. */
export function allSecrets(
  secrets: OpenedSecrets & { readonly databaseAdminPassword?: Secret },
): readonly Secret[] {
  const { mongodbPassword } = secrets;
  return [
    // the pump logs it as it stands in a URL
    mongodbPassword,
    mapSecret(mongodbPassword, urlEscaped),
    ...(secrets.databaseAdminPassword ? [secrets.databaseAdminPassword] : []),
    secrets.mongodbAdminPassword,
    secrets.databasePassword,
    secrets.redisPassword,
    secrets.jwtKey,
    secrets.vrrpPassword,
    secrets.adminPassword,
    ...Object.values(secrets.certificates).map((pair) => pair.key),
  ];
}
