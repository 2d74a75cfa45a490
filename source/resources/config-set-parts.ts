import {
  type ChangePart,
  type Content,
  message,
  type Original,
  type Problem,
  problem,
  revealContent,
  type UndoStep,
} from '../model/index.ts';
import { type BlockPlan, blockText, planBlock } from './block.ts';
import type { ConfigSetOptions, DesiredBlock, DesiredFile } from './config-set-options.ts';
import type { SetFound } from './config-set-probe.ts';
import { maskedDiff } from './diff.ts';
import { planFile } from './file-plan.ts';
import type { Found } from './probe-files.ts';
import { sha256 } from './state.ts';
import { stripBlockScript } from './undo-block.ts';

/** A file that the transaction writes. */
export interface FileWrite {
  readonly path: string;
  readonly sha256: string;
  readonly mode: string;
  readonly owner: string;
  /** Text, or base64 of bytes that may be no text. */
  readonly content: Content | { readonly base64: string };
  readonly found: Found;
  /** Somebody else's file with a block of ours: its mode and owner are theirs. */
  readonly shared: boolean;
  /** The file goes: it was of an earlier form of the set. */
  readonly removed?: true;
}

/** What is to be done about one file of a set. */
export type Step =
  | { readonly kind: 'right' }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | {
      readonly kind: 'write';
      readonly part: ChangePart;
      readonly write: FileWrite;
      readonly undo: UndoStep;
      readonly original: Original | null;
      readonly drift?: Problem;
    };

export function fileStep(
  options: ConfigSetOptions,
  file: DesiredFile,
  hash: string,
  set: SetFound,
): Step {
  const found = set.files.get(file.path) ?? { kind: 'absent' };
  const answer = planFile({
    node: options.node,
    ...file,
    sha256: hash,
    found,
    recorded: set.record.hashes.get(file.path) ?? [],
    pristineSample: set.pristineSamples.includes(file.path),
    consents: options.consents,
  });
  if (answer.kind !== 'write') return answer;
  return {
    kind: 'write',
    part: {
      resource: `file:${file.path}`,
      summary: answer.summary,
      diff: answer.diff,
      effect: 'none',
    },
    write: { ...file, sha256: hash, found, shared: false },
    undo: { kind: 'restore-file', path: file.path, written: hash, before: beforeOf(found) },
    original: originalOf(file.path, found, file.content),
    ...(answer.drift ? { drift: answer.drift } : {}),
  };
}

/** How a transaction and an undo name what was there. */
export function beforeOf(found: Found) {
  if (found.kind === 'file') {
    const { sha256: hash, mode, owner } = found;
    return { kind: 'file', sha256: hash, mode, owner } as const;
  }
  if (found.kind === 'link') return found;
  return { kind: 'absent' } as const;
}

/** A file whose content is not in the probe has the desired content: only its mode differs. */
function originalOf(path: string, found: Found, desired: Content): Original | null {
  if (found.kind !== 'file') return null;
  const same = () => Buffer.from(revealContent(desired), 'utf8').toString('base64');
  return { path, content: found.content ?? same() };
}

/** Under this name a block's hash stands in the record. */
export function blockKey(path: string): string {
  return `block:${path}`;
}

export function blockHash(set: string, lines: readonly string[]): string {
  return sha256(blockText(set, lines));
}

/** A block's step, and the hash that the record will have for it (null: no line of ours is needed). */
export function blockStep(
  options: ConfigSetOptions,
  block: DesiredBlock,
  set: SetFound,
): { readonly step: Step; readonly hash: string | null } {
  const { node, name } = options;
  const found = set.files.get(block.path) ?? { kind: 'absent' };
  if (found.kind !== 'file' && found.kind !== 'absent') {
    const refusal = problem('path-is-not-a-file', {}, { node, file: block.path });
    return { step: { kind: 'refused', problem: refusal }, hash: null };
  }
  // One byte a character: what others wrote survives whatever its encoding.
  const text = found.kind === 'file' ? decode(found.content) : '';
  const ours = block.lines.map((line) => Buffer.from(line, 'utf8').toString('latin1'));
  const plan = planBlock(block.path, text, name, ours);
  const hash = plan.lines.length > 0 ? blockHash(name, plan.lines) : null;
  if (plan.text === text) return { step: { kind: 'right' }, hash };
  const recorded = set.record.hashes.get(blockKey(block.path)) ?? [];
  const ownState = plan.present !== null && recorded.includes(blockHash(name, plan.present));
  const edited = recorded.length > 0 && !ownState;
  const changed = problem('managed-file-changed', {}, { node, file: block.path });
  if (edited && plan.present && !options.consents.overwrite.includes(block.path)) {
    const detail = blockDiff(block.path, text, plan);
    return { step: { kind: 'refused', problem: { ...changed, detail } }, hash };
  }
  const step = writeBlock(name, block.path, text, plan, found);
  return { step: edited ? { ...step, drift: changed } : step, hash };
}

function writeBlock(name: string, path: string, text: string, plan: BlockPlan, found: Found) {
  const bytes = Buffer.from(plan.text, 'latin1');
  const { mode, owner } = found.kind === 'file' ? found : { mode: '0644', owner: 'root:root' };
  const code = plan.elsewhere.length > 0 ? 'block-write-names-elsewhere' : 'block-write';
  return {
    kind: 'write',
    part: {
      resource: `file:${path}`,
      summary: message(code, { file: path, names: plan.elsewhere.join(', ') }),
      diff: blockDiff(path, text, plan),
      effect: 'none',
    },
    write: {
      path,
      sha256: sha256(bytes),
      mode,
      owner,
      content: { base64: bytes.toString('base64') },
      found,
      shared: true,
    },
    undo: {
      kind: 'script',
      resource: `file:${path}`,
      script: stripBlockScript({
        path,
        set: name,
        present: plan.present,
        endedInNewline: text === '' || text.endsWith('\n'),
        existed: found.kind === 'file',
      }),
    },
    original: found.kind === 'file' ? { path, content: found.content ?? '' } : null,
  } as const;
}

function blockDiff(path: string, text: string, plan: BlockPlan): string {
  const utf8 = (one: string) => Buffer.from(one, 'latin1').toString('utf8');
  return maskedDiff(path, text === '' ? null : utf8(text), [utf8(plan.text)]);
}

function decode(base64 = ''): string {
  return Buffer.from(base64, 'base64').toString('latin1');
}
