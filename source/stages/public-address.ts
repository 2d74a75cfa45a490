import type { Cluster } from '../cluster/index.ts';
import type { JournalRecord } from '../model/index.ts';

/**
 * The address by which the Internet reaches the VIP: the operator's own, or the one that the session
 * was given last and has not given back. Undefined: there is none, or none is known.
 */
export function publicAddressOf(
  records: readonly JournalRecord[],
  { cloud }: Cluster,
): string | undefined {
  if (cloud.provider === 'none') return undefined;
  if (cloud.eip?.kind === 'existing') return cloud.eip.address;
  return given(records);
}

const EIP = /^eip:/;

function given(records: readonly JournalRecord[]): string | undefined {
  const bought = new Set<string>();
  let now: { readonly change: string; readonly address: string } | undefined;
  for (const record of records) {
    if (record.type === 'cloud-intent' && EIP.test(record.resource)) bought.add(record.change);
    if (record.type === 'cloud-outcome' && record.state === 'done' && bought.has(record.change)) {
      const { address } = record.outputs;
      if (address !== undefined) now = { change: record.change, address };
    }
    if (record.type === 'cloud-undone' && record.change === now?.change) now = undefined;
  }
  return now?.address;
}
