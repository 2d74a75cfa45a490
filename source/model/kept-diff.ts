import { MASK } from './secret.ts';

/** A journal is kept for years, and a report is handed around: what a person sees once may say more. */
const LOOKS_SECRET =
  /pass|pwd|secret|token|\bkey\b|api.?key|credential|private|authorization|community|:\/\/[^/\s]*:[^/\s]*@/i;
const MOST_LINES = 160;
const MOST_LETTERS = 8000;
/** What a program would not print in a line: a certificate, a script in one line. */
const LONGEST = 400;

/**
 * As much of a diff as the journal keeps. What we write is masked by segment already. What was there
 * is somebody else's: a line of it that looks like a secret is masked whole, whether or not ours has one.
 */
export function keptDiff(diff: string): string {
  const lines = diff.trimEnd().split('\n');
  const kept: string[] = [];
  let letters = 0;
  for (const line of lines) {
    const shown = keptLine(line);
    letters += shown.length + 1;
    if (kept.length >= MOST_LINES || letters > MOST_LETTERS) break;
    kept.push(shown);
  }
  const left = lines.length - kept.length;
  return `${[...kept, ...(left > 0 ? [`@@ … +${left} @@`] : [])].join('\n')}\n`;
}

function keptLine(line: string): string {
  const isHeader = line.startsWith('--- ') || line.startsWith('+++ ') || line.startsWith('@@');
  const isOurs = line.startsWith('+');
  // nginx's word for where a request goes is no password
  const words = line.replaceAll('proxy_pass', '');
  if (!isHeader && !isOurs && !line.includes(MASK) && LOOKS_SECRET.test(words))
    return `${line[0] ?? ''}${MASK}`;
  return line.length > LONGEST ? `${line.slice(0, LONGEST)}…` : line;
}
