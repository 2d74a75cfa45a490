import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parse } from 'yaml';
import { stagesInJournal } from '../drivers/session/read-now.ts';
import { sessionPaths } from '../drivers/session/store.ts';
import { stateFolder } from './open-cluster.ts';
import type { RawOptions } from './option-values.ts';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The stages that a command line may name beside the program's: those of the runbook that it names or
 * that the session remembers, and those that the session has changed something in. Asked only for a name
 * that the program does not know. What cannot be read has none: what is wrong with it is told later.
 */
export function ownStages(raw: RawOptions, environment: Environment): readonly string[] {
  const session = raw.session ?? nameIn(clusterFile(raw, environment));
  const paths = session === undefined ? undefined : sessionPaths(folder(raw, environment), session);
  const file = raw.runbook === undefined ? paths?.runbook : resolve(raw.runbook);
  return [...stagesIn(file), ...(paths ? stagesInJournal(paths) : [])];
}

function folder({ stateDir }: RawOptions, environment: Environment): string {
  return stateFolder(stateDir === undefined ? {} : { stateDir }, environment);
}

function clusterFile({ cluster }: RawOptions, environment: Environment): string {
  return resolve(cluster ?? environment.IAM_HA_WIZARD_CLUSTER ?? join('.', 'cluster.yaml'));
}

/** A YAML file as a mapping; an empty one when it is none. */
function read(file: string | undefined): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = file === undefined ? {} : parse(readFileSync(file, 'utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

function nameIn(file: string): string | undefined {
  const { name } = read(file);
  return typeof name === 'string' && name !== '' ? name : undefined;
}

function stagesIn(file: string | undefined): readonly string[] {
  const { stages } = read(file);
  if (!Array.isArray(stages)) return [];
  return stages.flatMap((one: unknown) => {
    const id = (one as { id?: unknown } | null)?.id;
    return typeof id === 'string' ? [id] : [];
  });
}
