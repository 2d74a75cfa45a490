import { type Content, joinContent, quote, quoteContent } from '../model/index.ts';
import type { ConfigSetOptions } from './config-set-options.ts';
import { beforeOf, type FileWrite } from './config-set-parts.ts';
import { recordPath, STATE, stagePath } from './state.ts';
import { TRANSACTION } from './transaction.ts';

export interface Transaction {
  readonly options: ConfigSetOptions;
  readonly writes: readonly FileWrite[];
  /** Parents first. */
  readonly folders: readonly {
    readonly path: string;
    readonly mode: string;
    readonly owner: string;
  }[];
  /** In force from before the first rename: the old hashes and the new ones. */
  readonly pending: string;
  readonly done: string;
}

const UNITS = '/etc/systemd/system/';

/**
 * systemd has read the unit files when it starts something; a changed one must be read again.
 * @param gone files that the set had before
 */
export function needsDaemonReload(options: ConfigSetOptions, gone: readonly string[]): boolean {
  const paths = [...options.files.map((file) => file.path), ...gone];
  return paths.some((path) => path.startsWith(UNITS));
}

/** The one script that changes a set. See `transaction.ts` for its phases and exit codes. */
export function transactionScript(transaction: Transaction): Content {
  const { options, writes, folders } = transaction;
  const { load, tests = [] } = options;
  const gone = writes.flatMap((one) => (one.removed ? [one.path] : []));
  const roots = writes.length > 0 ? [...new Set(tests.map((test) => test.root))] : [];
  const lines = [
    'set -euo pipefail',
    'export LC_ALL=C',
    'umask 077',
    `STATE=${STATE} STAGE=${quote(stagePath(options.name))} RECORD=${quote(recordPath(options.name))}`,
    array(
      'paths',
      writes.map((one) => one.path),
    ),
    array(
      'modes',
      writes.map((one) => one.mode),
    ),
    array(
      'owners',
      writes.map((one) => one.owner),
    ),
    array('befores', writes.map(beforeWord)),
    array(
      'afters',
      writes.map((one) => (one.removed ? 'absent' : `file:${one.sha256}`)),
    ),
    array(
      'shared',
      writes.map((one) => (one.shared ? '1' : '')),
    ),
    array(
      'folders',
      folders.map((one) => one.path),
    ),
    array(
      'folder_modes',
      folders.map((one) => one.mode),
    ),
    array(
      'folder_owners',
      folders.map((one) => one.owner),
    ),
    array('roots', roots),
    array('tests', roots.length > 0 ? tests.map((test) => test.command) : []),
    array(
      'silents',
      tests.map((test) => (test.silent ? '1' : '')),
    ),
    `UNIT=${quote(load?.unit ?? '')} LOAD=${quote(load?.command ?? '')}`,
    `IF_INACTIVE=${load?.ifInactive ?? 'start'} DAEMON_RELOAD=${needsDaemonReload(options, gone) ? '1' : "''"}`,
    `RECORD_PENDING=${quote(transaction.pending)}`,
    `RECORD_DONE=${quote(transaction.done)}`,
  ];
  return joinContent([[`${lines.join('\n')}\n`], stageContents(writes), [TRANSACTION]]);
}

function array(name: string, words: readonly string[]): string {
  return `${name}=(${words.map(quote).join(' ')})`;
}

function beforeWord({ found }: FileWrite): string {
  const before = beforeOf(found);
  if (before.kind === 'file') return `file:${before.sha256}`;
  return before.kind === 'link' ? `link:${before.target}` : 'absent';
}

/** `printf` is a builtin: no content, and so no secret, is ever in an argument list. */
function stageContents(writes: readonly FileWrite[]): Content {
  const bodies = writes.map((one, index): Content => {
    const target = `"$STAGE/new/${index}"`;
    if (one.removed) return [];
    if ('base64' in one.content) {
      return [`base64 -d >${target} <<<${quote(one.content.base64)}\n`];
    }
    return ["printf '%s' ", ...quoteContent(one.content as Content), ` >${target}\n`];
  });
  return joinContent([['stage_contents() {\n:\n'], ...bodies, ['}\n']]);
}
