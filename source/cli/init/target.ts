import { constants } from 'node:fs';
import { access, appendFile, copyFile, mkdir, readFile, stat } from 'node:fs/promises';
import { basename, dirname, join, relative, resolve } from 'node:path';
import writeFileAtomic from 'write-file-atomic';
import { type Cluster, parseCluster } from '../../cluster/index.ts';
import { sessionPaths, writing } from '../../drivers/session/store.ts';
import { EXIT, type Message, message, OperatorError, problem, quote } from '../../model/index.ts';
import {
  type Answers,
  answersOf,
  clusterFileOf,
  type Journey,
  variablesOf,
} from '../../questions/index.ts';
import type { Travel } from './init.ts';
import { lines, words } from './wording.ts';

/** The file that will be written, and what is there now. */
export interface Target {
  /** Absolute. */
  readonly file: string;
  /** As the operator would name it. */
  readonly shown: string;
  /** What is there. */
  readonly text?: string;
  /** The same as a cluster, where it is one. */
  readonly cluster?: Cluster;
  readonly before?: Answers;
}

function shownAs(file: string): string {
  const here = relative('', file);
  return here.startsWith('..') ? file : here;
}

/**
 * Whether the file can be written: said before ten questions are answered.
 *
 * @throws OperatorError, exit 64, `init-file-unwritable`
 */
export async function lookForFile(name: string): Promise<Target> {
  const file = resolve(name);
  const refuse = (reason: string) =>
    new OperatorError(problem('init-file-unwritable', { reason }, { file }), EXIT.usage);
  const found = await stat(file).catch(() => undefined);
  if (found && !found.isFile()) throw refuse(found.isDirectory() ? 'EISDIR' : 'EINVAL');
  const place = found ? file : dirname(file);
  await access(place, constants.W_OK).catch((error: NodeJS.ErrnoException) => {
    throw refuse(error.code ?? '');
  });
  const target = { file, shown: shownAs(file) };
  if (!found) return target;
  const text = await readFile(file, 'utf8').catch(() => '');
  const parsed = parseCluster(text, file);
  if (!parsed.ok) return { ...target, text };
  return { ...target, text, cluster: parsed.cluster, before: answersOf(parsed.cluster) };
}

/** Of two fields the outer one says enough. */
function outermost(fields: readonly string[]): readonly string[] {
  return fields.filter(
    (field) =>
      !fields.some(
        (other) =>
          other !== field && /^[.[]/.test(field.slice(other.length)) && field.startsWith(other),
      ),
  );
}

/** Settings of the old file that nobody was asked about: they are not in the new one. */
function lostFields(before: Cluster | undefined, after: Cluster): readonly string[] {
  if (!before) return [];
  const gone = Object.keys(before.lines).filter((field) => !Object.hasOwn(after.lines, field));
  return outermost(gone);
}

/** `cluster.yaml.2026-11-25T14-03-12Z`: beside the file, and never one that is there. */
function copyName(file: string): string {
  const now = new Date().toISOString().replace(/\.\d+/, '').replaceAll(':', '-');
  return `${file}.${now}`;
}

/** What comes out must be what a plan takes. @throws OperatorError our own mistake, told with its place */
function verified(text: string, file: string): Cluster {
  const parsed = parseCluster(text, file);
  if (!parsed.ok) throw new OperatorError(parsed.problems);
  return parsed.cluster;
}

/** Writes the file, after a yes where there is one. @returns false where the answer was no */
export async function writeFile(trip: Travel, journey: Journey): Promise<boolean> {
  const { io, asker, speech, target, looker, stateDir } = trip;
  const { file, shown } = target;
  const text = clusterFileOf(journey, io.language);
  const cluster = verified(text, file);
  const copy = copyName(file);
  const say = (one: Message) => asker.say(lines(speech, words(speech, one)));
  if (target.text !== undefined) {
    const names = { file: shown, copy: basename(copy) };
    asker.say('');
    say(message('init-copy', names));
    if (!(await asker.yesNo(words(speech, message('init-ask-overwrite', names))))) return false;
    await writing(copy, () => copyFile(file, copy, constants.COPYFILE_EXCL));
  }
  await writing(file, () => writeFileAtomic(file, text));
  await keepHostKeys(stateDir, cluster.name, looker.hostKeys());
  asker.say('');
  say(message('init-written', { file: shown }));
  const lost = lostFields(target.cluster, cluster);
  if (lost.length > 0)
    say(message('init-not-asked', { fields: lost.join(', '), copy: basename(copy) }));
  sayNext(trip, journey);
  return true;
}

/** A host's key that was accepted here is not asked about again by the plan. */
async function keepHostKeys(stateDir: string, name: string, keys: string): Promise<void> {
  const { folder, knownHosts } = sessionPaths(stateDir, name);
  const known = await readFile(knownHosts, 'utf8').catch(() => '');
  const fresh = keys.split('\n').filter((line) => line !== '' && !known.includes(line));
  if (fresh.length === 0) return;
  await writing(knownHosts, async () => {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    await appendFile(knownHosts, `${fresh.join('\n')}\n`, { mode: 0o600 });
  });
}

const shellWord = (text: string) => (/^[\w./@:-]+$/.test(text) ? text : quote(text));

/** What to type now: a file elsewhere must be named, and so must one that a variable would hide. */
function sayNext({ asker, speech, target, io }: Travel, journey: Journey): void {
  const variables = variablesOf(journey);
  if (variables.length > 0) {
    asker.say(words(speech, message('init-next-variables')));
    for (const name of variables) asker.say(`  export ${name}=…`);
  }
  asker.say(lines(speech, words(speech, message('init-next'))));
  const named = io.environment.IAM_HA_WIZARD_CLUSTER;
  const isFound = named
    ? resolve(named) === target.file
    : target.file === join(process.cwd(), 'cluster.yaml');
  asker.say(`  iam-ha-wizard plan${isFound ? '' : ` --cluster ${shellWord(target.shown)}`}`);
}
