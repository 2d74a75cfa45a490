import { type AddressMeter, IDLE_YUAN_PER_HOUR, yuan } from '../model/index.ts';
import { formatDuration } from './format.ts';
import type { Language } from './language.ts';
import { renderMessage } from './render.ts';

/** `2026-11-26 02:10 UTC`. */
function moment(at: string): string {
  return `${at.slice(0, 16).replace('T', ' ')} UTC`;
}

/** What a public address has cost while it led nowhere, and what it costs now. */
export function meterText(meter: AddressMeter, language: Language): string {
  const { address, id, boughtAt, boundAt, releasedAt, idleMs, idleCost } = meter;
  const params = {
    // one that may have been bought: the cloud has not said
    address: address || id || '?',
    bought: moment(boughtAt),
    idle: formatDuration(idleMs, language),
    cost: yuan(idleCost),
  };
  const say = (code: string, more: Readonly<Record<string, string>>) =>
    renderMessage({ code, params: { ...params, ...more } }, language);
  const price = { yuan: yuan(IDLE_YUAN_PER_HOUR) };
  if (releasedAt !== undefined) return say('cd-meter-released', { released: moment(releasedAt) });
  if (boundAt !== undefined) return say('cd-meter-bound', { ...price, bound: moment(boundAt) });
  return say('cd-meter-idle', price);
}
