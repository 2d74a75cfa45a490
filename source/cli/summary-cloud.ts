import type { ResultFields } from '../model/index.ts';
import { meterText, table } from '../text/index.ts';
import { prose, type Speech, say } from './faces/words.ts';

/** What the public addresses have cost while they led nowhere, and what that costs an hour. */
export function meterLines(speech: Speech, { meter = [] }: ResultFields): readonly string[] {
  if (meter.length === 0) return [];
  const texts = [
    ...meter.map((one) => meterText(one, speech.language)),
    say(speech, 'cd-meter-price'),
  ];
  return ['', ...texts.flatMap((text) => prose(speech, text, 3)).map((line) => `  ${line}`)];
}

/** The records that the operator has to set: to the public address where there is one. */
export function dnsRecords(
  domains: { readonly api: string; readonly authz: string },
  addresses: NonNullable<ResultFields['addresses']>,
): readonly string[] {
  const address = addresses.public ?? addresses.vip;
  return table([
    [domains.api, 'A', address],
    [domains.authz, 'A', address],
  ]);
}

/** Under the addresses, where there is a public one. */
export function publicLines(
  speech: Speech,
  { addresses }: ResultFields,
  domains: { readonly api: string | undefined; readonly authz: string | undefined },
): readonly string[] {
  const { api, authz } = domains;
  if (!addresses?.public || api === undefined || authz === undefined) return [];
  const records = dnsRecords({ api, authz }, addresses);
  return ['', `  ${say(speech, 'dns-records')}`, ...records.map((record) => `    ${record}`)];
}
