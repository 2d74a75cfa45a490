import { structuredPatch } from 'diff';
import { type Content, MASK, revealContent, Secret } from '../model/index.ts';

/** A line of content as it may be shown, and whether it holds a secret. */
interface MaskedLine {
  readonly text: string;
  readonly secret: boolean;
  /** The word before the secret ("password"): what an old line with a secret has in common with it. */
  readonly key: string | null;
}

/**
 * The lines of `content`, masked segment by segment. A secret of several lines (a key) is several
 * masked lines, so that they count as the real ones do.
 */
export function maskedLines(content: Content): readonly MaskedLine[] {
  const lines: { text: string; secret: boolean; key: string | null }[] = [];
  let current = { text: '', secret: false, key: null as string | null };
  for (const part of content) {
    const secret = part instanceof Secret;
    const pieces = (secret ? part.reveal() : part).split('\n');
    pieces.forEach((piece, index) => {
      if (index > 0) {
        lines.push(current);
        current = { text: '', secret: false, key: null };
      }
      if (!secret) current.text += piece;
      else if (piece !== '') {
        current.key ??= /([A-Za-z0-9_-]{3,})[^A-Za-z0-9_-]*$/.exec(current.text)?.[1] ?? null;
        current.secret = true;
        current.text += MASK;
      }
    });
  }
  lines.push(current);
  return lines;
}

const LOOKS_SECRET = /pass(word|wd|phrase)?\b|secret|token|\bkey\b|credential|PRIVATE KEY/i;

/** The new side of a diff, and whether either side is for its owner's eyes. */
interface Shown {
  readonly lines: readonly MaskedLine[];
  readonly isPrivate: boolean;
}

/** Whether an old line may hold a secret: then nothing of it is shown. */
function isSuspect(line: string, after: Shown, beside: boolean): boolean {
  if (beside) return true;
  const secrets = after.lines.filter((one) => one.secret);
  if (secrets.length === 0 && !after.isPrivate) return false;
  const lower = line.toLowerCase();
  return (
    LOOKS_SECRET.test(line) || secrets.some(({ key }) => key && lower.includes(key.toLowerCase()))
  );
}

/**
 * A unified diff that may be shown: secrets are masked by segment on the new side; on the old side
 * a line is masked whole if it stands beside a new line with a secret, or looks like one. In a file
 * that holds no secret (any more) nothing is suspected, unless it is private.
 *
 * @param before the file's text, or null if there is none
 * @param after what it will be; null if it will be removed
 * @param isPrivate not everybody may read the file, before or after
 */
export function maskedDiff(
  path: string,
  before: string | null,
  after: Content | null,
  isPrivate = false,
): string {
  if (before?.includes('\0')) return `Binary files a${path} and b${path} differ\n`;
  const shown = { lines: maskedLines(after ?? []), isPrivate };
  const patch = structuredPatch(
    before === null ? '/dev/null' : `a${path}`,
    after === null ? '/dev/null' : `b${path}`,
    before ?? '',
    revealContent(after ?? []),
    undefined,
    undefined,
    { context: 3 },
  );
  const out = [`--- ${patch.oldFileName}`, `+++ ${patch.newFileName}`];
  for (const hunk of patch.hunks) {
    const old = rangeOf(hunk.oldStart, hunk.oldLines);
    out.push(`@@ -${old} +${rangeOf(hunk.newStart, hunk.newLines)} @@`);
    out.push(...maskHunk(hunk.lines, hunk.newStart, shown));
  }
  return `${out.join('\n')}\n`;
}

/** Of a file that is not read as text: which bytes it has, and which it will have, by their sha256. */
export function binaryDiff(path: string, before: string | null, after: string): string {
  const line = (hash: string) => `sha256 ${hash}\n`;
  return maskedDiff(path, before === null ? null : line(before), [line(after)]);
}

/** An empty side starts at line 0, as `diff -u` has it. */
function rangeOf(start: number, lines: number): string {
  return `${lines === 0 ? start - 1 : start},${lines}`;
}

function maskHunk(lines: readonly string[], newStart: number, shown: Shown): readonly string[] {
  const out: string[] = [];
  let row = newStart - 1;
  for (let at = 0; at < lines.length; ) {
    const end = groupEnd(lines, at);
    const group = lines.slice(at, end);
    const added = group.filter((line) => line.startsWith('+')).length;
    const beside = shown.lines.slice(row, row + added).some((line) => line.secret);
    for (const line of group) {
      const sign = line[0] ?? ' ';
      if (sign === '-') {
        const text = line.slice(1);
        out.push(`-${isSuspect(text, shown, beside) ? MASK : text}`);
      } else if (sign === '\\') out.push(line);
      else out.push(`${sign}${shown.lines[row++]?.text ?? ''}`);
    }
    at = end;
  }
  return out;
}

/** Where a run of changed lines (or one unchanged line) that starts at `from` ends. */
function groupEnd(lines: readonly string[], from: number): number {
  if (lines[from]?.startsWith(' ')) return from + 1;
  let end = from;
  while (end < lines.length && !lines[end]?.startsWith(' ')) end += 1;
  return end;
}

/** Whether a mode ("0640") keeps a file from others than its owner and group. */
export function isPrivateMode(mode: string): boolean {
  return (Number.parseInt(mode, 8) & 0o004) === 0;
}
