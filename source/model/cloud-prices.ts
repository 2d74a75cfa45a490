/**
 * Yuan an hour that a public address costs while nothing uses it: it is bound to nothing, or to a HAVIP
 * that no node holds. Mainland China, as Tencent's price page has it: no call of the API tells it
 * (`InquiryPriceAllocateAddresses` gives the price of the traffic alone). While it is used only its
 * traffic is billed; a HAVIP costs nothing.
 */
export const IDLE_YUAN_PER_HOUR = 0.2;

const HOUR_MS = 3_600_000;

/** Yuan. */
export function idleCost(idleMs: number): number {
  return (idleMs / HOUR_MS) * IDLE_YUAN_PER_HOUR;
}

/** "0.20": two digits, more where less than a fen has come together. */
export function yuan(amount: number): string {
  return amount > 0 && amount < 0.01 ? '<0.01' : amount.toFixed(2);
}
