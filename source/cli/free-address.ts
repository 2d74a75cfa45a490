import { freeAddressScript } from '../checks/free-address.ts';
import type { Content, Ipv4Address, NodeFacts } from '../model/index.ts';
import { type SeenNode, vipCandidates } from '../questions/index.ts';

/** Each candidate costs half a second where nobody answers, and up to five where a machine has gone. */
const TIMEOUT_MS = 60_000;

/** Of addresses those that something has which need not answer ARP: a cloud knows. */
export type InUse = (addresses: readonly Ipv4Address[]) => Promise<readonly Ipv4Address[]>;

/**
 * An address of the nodes' subnet for which nobody answers ARP, as one node sees it; undefined where
 * none of the likely ones is free.
 *
 * @param ask runs a read-only script on that node, and gives what it printed
 * @param facts of all nodes: what they have themselves is taken, whether it answers or not
 * @param inUse asked first, and about all that are likely: it costs no more than about one
 */
export async function findFreeAddress(
  ask: (script: Content, timeoutMs: number) => Promise<string>,
  place: Pick<SeenNode, 'address' | 'prefixLength' | 'nic'>,
  facts: Iterable<NodeFacts>,
  inUse?: InUse,
): Promise<Ipv4Address | undefined> {
  const own = [...facts].flatMap(({ interfaces }) =>
    interfaces.flatMap(({ addresses }) => addresses.map(({ address }) => address)),
  );
  const others = inUse ? await inUse(vipCandidates(place, own, Number.POSITIVE_INFINITY)) : [];
  const candidates = vipCandidates(place, [...own, ...others]);
  const answer = await ask([freeAddressScript(candidates, place.nic)], TIMEOUT_MS);
  return candidates.find((one) => one === answer.trim());
}
