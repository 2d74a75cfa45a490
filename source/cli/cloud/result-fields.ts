import { type Cluster, vipAddress } from '../../cluster/index.ts';
import { outputsOf } from '../../engine/cloud/records.ts';
import { addressMeters, type JournalRecord, type ResultFields } from '../../model/index.ts';

/** Where clients find the pair, by what was made; public only where it leads to the VIP. */
export function addressesOf(
  cluster: Cluster,
  records: readonly JournalRecord[],
): NonNullable<ResultFields['addresses']> {
  const found = publicAddress(cluster, records);
  return { vip: vipAddress(cluster), ...(found !== undefined && { public: found }) };
}

function publicAddress({ cloud }: Cluster, records: readonly JournalRecord[]): string | undefined {
  if (cloud.provider === 'none') return undefined;
  const outputs = Object.entries(outputsOf(records));
  const isBound = outputs.some(([resource]) => resource.startsWith('eip-binding:'));
  const own = outputs.find(([resource]) => resource.startsWith('eip:'))?.[1].address;
  if (isBound && own) return own;
  return cloud.provider === 'console' && cloud.eip?.kind === 'existing'
    ? cloud.eip.address
    : undefined;
}

/**
 * What the session's public addresses have cost; nothing where there is none.
 *
 * @param since ISO 8601: also those that were given back since then
 */
export function meterOf(
  records: readonly JournalRecord[],
  since?: string,
): Pick<ResultFields, 'meter'> {
  const meter = addressMeters(records, Date.now()).filter(
    ({ releasedAt }) => releasedAt === undefined || (since !== undefined && releasedAt >= since),
  );
  return meter.length > 0 ? { meter } : {};
}
