import { message, problem } from '../model/index.ts';
import type { ConfigSetOptions } from './config-set-options.ts';
import { beforeOf, type Step } from './config-set-parts.ts';
import type { SetFound } from './config-set-probe.ts';
import { isPrivateMode, maskedDiff } from './diff.ts';
import { foundHash } from './file-plan.ts';

/**
 * The files of an earlier form of the set go, each with an undo that brings it back. One that
 * somebody has edited since is theirs as well: it goes only with the consent to overwrite it.
 */
export function obsoleteSteps(options: ConfigSetOptions, set: SetFound): readonly Step[] {
  return set.obsolete.map((path) => obsoleteStep(options, path, set));
}

function obsoleteStep(options: ConfigSetOptions, path: string, set: SetFound): Step {
  const { node, consents } = options;
  const found = set.files.get(path) ?? { kind: 'absent' };
  if (found.kind !== 'file') {
    return { kind: 'refused', problem: problem('path-is-not-a-file', {}, { node, file: path }) };
  }
  const text = Buffer.from(found.content ?? '', 'base64').toString('utf8');
  const diff = maskedDiff(path, text, null, isPrivateMode(found.mode));
  const isOurs = set.record.hashes.get(path)?.includes(foundHash(found) ?? '') ?? false;
  if (!isOurs && !consents.overwrite.includes(path)) {
    const where = { node, file: path, detail: diff };
    return { kind: 'refused', problem: problem('managed-file-changed', {}, where) };
  }
  return {
    kind: 'write',
    part: {
      resource: `file:${path}`,
      summary: message('file-remove', { file: path }),
      diff,
      effect: 'none',
    },
    write: {
      path,
      sha256: '',
      mode: '',
      owner: '',
      content: [],
      found,
      shared: false,
      removed: true,
    },
    undo: { kind: 'restore-file', path, written: 'absent', before: beforeOf(found) },
    original: { path, content: found.content ?? '' },
  };
}
