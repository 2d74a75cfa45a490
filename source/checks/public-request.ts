import { ports } from '../cluster/index.ts';
import {
  type DialogueAction,
  type HttpAction,
  type HttpResult,
  type Measured,
  message,
  unknown,
  type Vantage,
  type Verdict,
} from '../model/index.ts';

/** Where a client outside stands, and what leads to the VIP: of a new address nothing is known before it is made. */
export interface FromOutside {
  readonly outside: Vantage;
  readonly publicAddress: () => string | undefined;
}

/** These requests at the public address, one after another; none while there is no address. */
export function publicRequests(
  { outside, publicAddress }: FromOutside,
  requests: (place: { vantage: Vantage; address: string }) => readonly HttpAction[],
): DialogueAction {
  return {
    kind: 'dialogue',
    next: (exchanges) => {
      const address = publicAddress();
      if (address === undefined) return undefined;
      const request = requests({ vantage: outside, address })[exchanges.length];
      return request && { ...request, step: String(exchanges.length) };
    },
  };
}

/** Whether what answers for a domain is well, asked at the public address. */
export function healthRequest(
  host: string,
  place: { readonly vantage: Vantage; readonly address: string },
): HttpAction {
  const request = { port: ports.http, host, path: '/healthz', timeoutMs: 4_000 };
  return { kind: 'http', ...place, ...request };
}

/** Their answers, as far as they were asked. */
export function resultsOf(measured: Measured | undefined): readonly HttpResult[] {
  return measured?.kind === 'dialogue' ? measured.exchanges.map(({ result }) => result) : [];
}

/** What they came to, for who judges them; without an address, or broken off, nothing is known. */
export function publicResults(
  measured: Measured | undefined,
  count: number,
  judge: (results: readonly HttpResult[]) => Verdict,
): Verdict {
  const results = resultsOf(measured);
  return results.length < count ? unknown(message('public-address-none')) : judge(results);
}
