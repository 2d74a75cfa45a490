import { createHash } from 'node:crypto';
import { OperatorError, problem } from '../index.ts';
import { JOURNAL_VERSION, type JournalBody, type JournalRecord } from './records.ts';

/** What the first record is chained to. */
const GENESIS = '0'.repeat(64);

/** sha256 (hex) over the previous record's hash and this record without its own hash. */
function chainHash(previous: string, record: Omit<JournalRecord, 'hash'>): string {
  return createHash('sha256')
    .update(previous)
    .update('\n')
    .update(JSON.stringify(record))
    .digest('hex');
}

/** The lines to append for `bodies` after `last`, and the records they hold. */
export function encodeRecords(
  last: JournalRecord | undefined,
  bodies: readonly JournalBody[],
  at: string,
): { readonly text: string; readonly records: readonly JournalRecord[] } {
  const records: JournalRecord[] = [];
  let previous = last;
  for (const body of bodies) {
    const record = { n: (previous?.n ?? 0) + 1, at, ...body };
    previous = { ...record, hash: chainHash(previous?.hash ?? GENESIS, record) } as JournalRecord;
    records.push(previous);
  }
  return { text: records.map((record) => `${JSON.stringify(record)}\n`).join(''), records };
}

/**
 * Reads a journal. A torn last line (a run killed while it wrote) is left out; anything else that
 * cannot be read stops here: it is never taken for "nothing has run".
 *
 * @returns the records, and how many bytes of the text are whole lines
 * @throws OperatorError "journal-damaged" with the line; "session-newer"
 */
export function decodeJournal(
  text: string,
  file: string,
): { readonly records: readonly JournalRecord[]; readonly wholeBytes: number } {
  const end = text.lastIndexOf('\n') + 1;
  const records: JournalRecord[] = [];
  let previous = GENESIS;
  text
    .slice(0, end)
    .split('\n')
    .slice(0, -1)
    .forEach((line, index) => {
      const record = decodeLine(line, previous, file, index + 1);
      previous = record.hash;
      verifyVersion(record, file, index + 1);
      records.push(record);
    });
  return { records, wholeBytes: Buffer.byteLength(text.slice(0, end)) };
}

function decodeLine(line: string, previous: string, file: string, number: number): JournalRecord {
  try {
    const { hash, ...record } = JSON.parse(line) as JournalRecord;
    if (hash === chainHash(previous, record)) return { ...record, hash } as JournalRecord;
  } catch {
    // falls through: not JSON is as damaged as a broken chain
  }
  throw new OperatorError(problem('journal-damaged', {}, { file, line: number }));
}

/** A whole journal of a newer version is not damaged, and still not ours to go on with. */
function verifyVersion(record: JournalRecord, file: string, line: number): void {
  const found = record.type === 'run-started' ? (record.version ?? 1) : 1;
  if (found <= JOURNAL_VERSION) return;
  const params = { found, known: JOURNAL_VERSION };
  throw new OperatorError(problem('session-newer', params, { file, line }));
}
