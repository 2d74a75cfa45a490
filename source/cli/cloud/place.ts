import { cloudChangesToUndo } from '../../engine/cloud/records.ts';
import {
  type CloudFacts,
  type JournalPort,
  type JournalRecord,
  type Problem,
  problem,
} from '../../model/index.ts';

type Chosen = Extract<JournalRecord, { type: 'cloud-chosen' }>;

/** Where the session makes things in a cloud; undefined: it never did. */
export function lastChosen(records: readonly JournalRecord[]): Chosen | undefined {
  return records.findLast((one): one is Chosen => one.type === 'cloud-chosen');
}

type Place = Pick<Chosen, 'provider' | 'region' | 'account' | 'network'>;

function placeOf({ provider, region, account, subnet }: CloudFacts): Place {
  return { provider, region, account: account.id, network: subnet?.network ?? null };
}

const FIELDS = ['region', 'account', 'network'] as const;

/**
 * What a session has made stays where it was made: in another region, account or network it would not
 * be found, be made again, and be paid for twice.
 *
 * @returns problem `cd-place-other`
 */
export function placeProblem(
  found: CloudFacts,
  records: readonly JournalRecord[],
): Problem | undefined {
  const before = lastChosen(records);
  const isThere = cloudChangesToUndo(records).some(({ intent }) => intent.owned);
  if (!before || !isThere) return undefined;
  const now = placeOf(found);
  const other = FIELDS.find((field) => before[field] && now[field] && before[field] !== now[field]);
  if (!other) return undefined;
  return problem('cd-place-other', { was: before[other] ?? '', now: now[other] ?? '' });
}

/** Where the session makes things from here on, for who gives it all back; written when it is new. */
export async function noteChosen(found: CloudFacts, journal: JournalPort): Promise<void> {
  const now = placeOf(found);
  const last = lastChosen(journal.records());
  if (last && FIELDS.every((field) => last[field] === now[field])) return;
  await journal.append([{ type: 'cloud-chosen', ...now }]);
}
