import { failureMessage, type View, vipViewsOf } from '../model/index.ts';
import { formatCount } from './format.ts';
import type { Language } from './language.ts';
import { renderMessage } from './render.ts';

/** Over all views of the VIP, the commonest first. */
function countedReasons(views: readonly View[]): readonly (readonly [string, number])[] {
  const counts = new Map<string, number>();
  for (const { reasons = {} } of vipViewsOf(views))
    for (const [reason, count] of Object.entries(reasons))
      counts.set(reason, (counts.get(reason) ?? 0) + count);
  return [...counts].toSorted(([, a], [, b]) => b - a);
}

/**
 * Why requests at the VIP failed, in a sentence: `failed: connection reset (3), …`.
 * @returns no line where none did, or nobody kept why
 */
export function failureLines(views: readonly View[], language: Language): readonly string[] {
  const parts = countedReasons(views).map(
    ([reason, count]) =>
      `${renderMessage(failureMessage(reason), language)} (${formatCount(count)})`,
  );
  if (parts.length === 0) return [];
  const reasons = parts.join(language === 'zh' ? '，' : ', ');
  return [renderMessage({ code: 'drill-failed-because', params: { reasons } }, language)];
}
