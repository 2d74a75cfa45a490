import {
  type Change,
  type ChangePart,
  message,
  type Original,
  type Planned,
  type Problem,
  problem,
} from '../model/index.ts';
import { loadedHash } from './config-set-hash.ts';
import { obsoleteSteps } from './config-set-obsolete.ts';
import type { ConfigSetOptions } from './config-set-options.ts';
import { blockKey, blockStep, fileStep, type Step } from './config-set-parts.ts';
import { neededDirectories, type SetFound } from './config-set-probe.ts';
import { transactionScript } from './config-set-script.ts';
import { setUndo } from './config-set-undo.ts';
import { foundHash } from './file-plan.ts';
import { settled } from './planned.ts';
import { formatRecord } from './state.ts';

type Write = Extract<Step, { kind: 'write' }>;

/** A restart of a database, with the words of one that fails. */
const TIMEOUT_MS = 240_000;

/** What is to be done about a set, from what its probe found. */
export function planSet(
  options: ConfigSetOptions,
  hashes: ReadonlyMap<string, string>,
  set: SetFound,
): Planned {
  const files = options.files.map((file) =>
    fileStep(options, file, hashes.get(file.path) ?? '', set),
  );
  const blocks = (options.blocks ?? []).map((block) => ({
    path: block.path,
    ...blockStep(options, block, set),
  }));
  const steps = [...files, ...blocks.map((one) => one.step), ...obsoleteSteps(options, set)];
  const refusal = refusalOf(options, set, steps);
  if (refusal) return { kind: 'refused', problem: refusal };
  if (isNothing(options) && set.recordText === null) return settled('set-empty');
  const writes = steps.filter((step): step is Write => step.kind === 'write');
  const loaded = loadedHash(options, hashes);
  if (writes.length === 0 && !foldersDue(options, set) && set.record.loaded === loaded) {
    return settled('set-right', { files: options.files.length + blocks.length });
  }
  const entries = [
    ...[...hashes].map(([path, hash]) => [hash, path] as const),
    ...blocks.flatMap(({ path, hash }) => (hash ? [[hash, blockKey(path)] as const] : [])),
  ];
  return { kind: 'change', change: changeOf(options, set, writes, entries, loaded) };
}

/** A set may come to hold nothing: then only what it held before has to go. */
function isNothing({ files, blocks = [] }: ConfigSetOptions): boolean {
  return files.length === 0 && blocks.length === 0;
}

function refusalOf(
  options: ConfigSetOptions,
  set: SetFound,
  steps: readonly Step[],
): Problem | null {
  const { node, consents, foreignRefusal } = options;
  const blocked = set.blockedDirectories[0];
  if (blocked) return problem('path-is-not-a-directory', {}, { node, file: blocked });
  const allowed = consents.adopt && !foreignRefusal;
  if (set.foreign.length > 0 && set.recordText === null && !allowed) {
    const what = [...new Set(set.foreign.map((one) => one.what))].join(', ');
    const detail = set.foreign.map((one) => `${one.file}: ${one.what}`).join('\n');
    const where = { node, file: set.foreign[0]!.file, detail };
    return problem(foreignRefusal ?? 'foreign-configuration', { what }, where);
  }
  return steps.find((step) => step.kind === 'refused')?.problem ?? null;
}

function foldersDue(options: ConfigSetOptions, set: SetFound): boolean {
  const needed = neededDirectories(options);
  return set.missingDirectories.some((path) => needed.includes(path));
}

function changeOf(
  options: ConfigSetOptions,
  set: SetFound,
  writes: readonly Write[],
  entries: readonly (readonly [string, string])[],
  loaded: string,
): Change {
  const former = [...set.record.hashes].flatMap(([path, all]) =>
    all.map((hash) => [hash, path] as const),
  );
  // What we wrote for an earlier form of the set stays known as ours.
  const now = new Set(entries.map(([, path]) => path));
  const obsolete = options.removesObsolete ? [] : former.filter(([, path]) => !now.has(path));
  // What we are about to replace counts as ours until it is replaced: the consent was given.
  const replaced = writes.flatMap(({ write: { path, found, shared } }) => {
    const hash = shared ? null : foundHash(found);
    return hash ? [[hash, path] as const] : [];
  });
  const script = transactionScript({
    options,
    writes: writes.map((one) => one.write),
    folders: foldersOf(options, set),
    pending: formatRecord(options.session, [...former, ...replaced, ...entries]),
    done: formatRecord(options.session, [...entries, ...obsolete], loaded),
  });
  const originals = writes.flatMap((one) => one.original ?? []) as readonly Original[];
  const drift = driftOf(options, set, writes);
  return {
    parts: partsOf(options, set, writes),
    actions: [{ kind: 'script', node: options.node, script, timeoutMs: TIMEOUT_MS }],
    undo: setUndo(
      options,
      set,
      writes.map((one) => one.undo),
    ),
    ...(originals.length > 0 ? { originals } : {}),
    ...(drift ? { drift } : {}),
  };
}

function foldersOf(options: ConfigSetOptions, set: SetFound) {
  const declared = new Map((options.directories ?? []).map((one) => [one.path, one]));
  return set.missingDirectories.map(
    (path) => declared.get(path) ?? { path, mode: '0755', owner: 'root:root' },
  );
}

function partsOf(
  options: ConfigSetOptions,
  set: SetFound,
  writes: readonly Write[],
): readonly [ChangePart, ...ChangePart[]] {
  const declared = (options.directories ?? []).filter((one) =>
    set.missingDirectories.includes(one.path),
  );
  const folders = declared.map(
    ({ path }): ChangePart => ({
      resource: `directory:${path}`,
      summary: message('directory-create', { directory: path }),
      effect: 'none',
    }),
  );
  const all = [...folders, ...writes.map((one) => one.part), ...loadPart(options, set)];
  const [first, ...rest] = all;
  if (first) return [first, ...rest];
  const summary = message('set-record', { set: options.name });
  return [{ resource: `config:${options.name}`, summary, effect: 'none' }];
}

function loadPart({ load }: ConfigSetOptions, set: SetFound): readonly ChangePart[] {
  if (!load || (!set.active && load.ifInactive === 'skip')) return [];
  const { unit, effect } = load;
  const resource = `unit:${unit}`;
  if (!set.active) return [{ resource, summary: message('unit-start', { unit }), effect: 'none' }];
  const code = effect === 'reload' || effect === 'none' ? 'unit-reload' : 'unit-restart';
  return [{ resource, summary: message(code, { unit }), effect }];
}

function driftOf(
  options: ConfigSetOptions,
  set: SetFound,
  writes: readonly Write[],
): Problem | undefined {
  const edited = writes.find((one) => one.drift)?.drift;
  if (edited) return edited;
  if (writes.length > 0 || set.recordText === null || !options.load) return undefined;
  const { unit } = options.load;
  return problem('configuration-not-loaded', { unit }, { node: options.node });
}
