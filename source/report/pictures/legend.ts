import type { Markup } from '../markup.ts';
import type { Words } from '../words.ts';
import { filled, stroked } from './paint.ts';
import { label, rect, widthOf } from './svg.ts';

/** What the picture's signs mean. */
export function legend(
  { x, y }: { readonly x: number; readonly y: number },
  words: Words,
): readonly Markup[] {
  const signs = [
    { code: 'dv-holds', height: 10, paint: filled('held') },
    { code: 'dv-ok', height: 6, paint: filled('ok') },
    { code: 'dv-late', height: 12, paint: filled('late') },
    { code: 'dv-failed', height: 18, paint: filled('failed') },
    {
      code: 'report-legend-predicted',
      height: 14,
      paint: { ...stroked('band', 1.5), 'stroke-dasharray': '3 2' },
    },
    { code: 'report-legend-measured', height: 8, paint: filled('ink') },
  ];
  let at = x;
  return signs.flatMap(({ code, height, paint }) => {
    const said = words.say(code);
    const from = at;
    at += 22 + widthOf(said) + 18;
    return [
      rect({ x: from, y: y - 4 - height / 2, width: 16, height }, paint),
      label(said, { x: from + 22, y }, { paint: 'quiet' }),
    ];
  });
}
