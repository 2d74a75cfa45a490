import { message, type OrphanFields, yuan } from '../../model/index.ts';
import { type Language, renderMessage, sanitizeLine, table } from '../../text/index.ts';

/** What was found, a line each: what it is, where, whose, since when, and what it costs. */
export function orphanLines(
  language: Language,
  orphans: readonly OrphanFields[],
): readonly string[] {
  const words = (code: string, params = {}) => renderMessage(message(code, params), language);
  const rows = orphans.map(({ what, id, address, region, session, usedBy, since, yuanPerHour }) => [
    what === 'ha-vip' ? 'HAVIP' : 'EIP',
    ...[address, id, region, session].map(sanitizeLine),
    since?.slice(0, 16).replace('T', ' ') ?? '',
    usedBy === null ? '' : words('cd-used-by', { by: sanitizeLine(usedBy) }),
    yuanPerHour > 0 ? words('cd-yuan-per-hour', { yuan: yuan(yuanPerHour) }) : '',
  ]);
  return [words('cd-sweep-found'), ...table(rows).map((line) => `  ${line}`)];
}
