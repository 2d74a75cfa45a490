import type { JournalRecord } from '../model/index.ts';
import { iamDatabase } from './data-tier.ts';
import { ADMIN_PASSWORD } from './services/admin-password.ts';

/**
 * Whether the session has begun to make a resource, and did not fail. Where the outcome is not known
 * the step went on by itself on the node; if nothing came of it, the next run makes it.
 */
function hasMade(records: readonly JournalRecord[], resource: string): boolean {
  const failed = new Set(
    records.flatMap((record) =>
      record.type === 'outcome' && record.state === 'failed' ? [record.change] : [],
    ),
  );
  return records.some(
    (record) =>
      record.type === 'intent' && record.resource === resource && !failed.has(record.change),
  );
}

/** Whether the session has imported IAM's schema: then nobody else's data is in it. */
export function hasImportedSchema(records: readonly JournalRecord[]): boolean {
  return hasMade(records, `schema:${iamDatabase.database}`);
}

/** Whether the session has given IAM's administrator a password. */
export function hasSetAdminPassword(records: readonly JournalRecord[]): boolean {
  return hasMade(records, ADMIN_PASSWORD);
}
