import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { parseCluster } from '../../cluster/index.ts';
import { sessionPaths } from '../../drivers/session/store.ts';
import { type Message, message, OperatorError } from '../../model/index.ts';
import type { HomeEntry, Scene, SessionRow } from '../../tui/scenes.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import { stateFolder } from '../open-cluster.ts';
import { readRunbook } from '../read-runbook.ts';
import { sessionRows } from './sessions.ts';

/** The cluster file that a command would take from here, and whose it is. */
export interface Here {
  readonly file: string;
  readonly name: string;
}

async function clusterHere(options: GlobalOptions, io: Io): Promise<Here | undefined> {
  const named = options.cluster ?? io.environment.IAM_HA_WIZARD_CLUSTER ?? 'cluster.yaml';
  const file = resolve(named);
  const text = await readFile(file, 'utf8').catch(() => undefined);
  if (text === undefined) return undefined;
  const parsed = parseCluster(text, file);
  return { file, name: options.session ?? (parsed.ok ? parsed.cluster.name : '') };
}

/** What the home screen offers. */
export interface House {
  readonly scene: Extract<Scene, { kind: 'home' }>;
  readonly here?: Here;
}

/** Looks at the sessions and at the folder in which we are. */
export async function openHouse(options: GlobalOptions, io: Io): Promise<House> {
  const folder = stateFolder(options, io.environment);
  const { sessions, note } = await sessionsIn(folder);
  const here = await clusterHere(options, io);
  const lab = io.environment.IAM_HA_WIZARD_LAB;
  const scene = {
    kind: 'home',
    sessions,
    entries: entriesOf(sessions, here, lab !== undefined),
    ...(lab !== undefined && { lab }),
    ...(note && { note }),
  } as const;
  return here ? { scene, here } : { scene };
}

/** A folder that cannot be read hides no beginning: what is wrong with it stands on the home screen. */
async function sessionsIn(
  folder: string,
): Promise<{ readonly sessions: readonly SessionRow[]; readonly note?: Message }> {
  try {
    return { sessions: await sessionRows(folder, readRunbook()) };
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    const { file = folder, params } = error.problems[0];
    const about = { folder: file, reason: params?.reason ?? 'EIO' };
    return { sessions: [], note: message('tui-state-unreadable', about) };
  }
}

function entriesOf(
  sessions: readonly SessionRow[],
  here: Here | undefined,
  inLab: boolean,
): readonly HomeEntry[] {
  const isNew = here !== undefined && sessions.every(({ name }) => name !== here.name);
  const known: readonly HomeEntry[] = sessions.length > 0 ? ['drills', 'watch', 'report'] : [];
  return [
    ...(isNew ? (['start'] as const) : []),
    ...(sessions.length > 0 ? (['continue'] as const) : []),
    'new',
    ...known,
    ...(inLab ? [] : (['lab'] as const)),
  ];
}

/** The options with which a session is opened: its own copy of the file, but where a newer one is here. */
export async function optionsFor(
  options: GlobalOptions,
  session: string,
  here: Here | undefined,
  io: Io,
): Promise<GlobalOptions> {
  if (here?.name === session) return { ...options, session, cluster: here.file };
  const { cluster } = sessionPaths(stateFolder(options, io.environment), session);
  return { ...options, session, cluster };
}
