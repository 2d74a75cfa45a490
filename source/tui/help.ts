import { type Canvas, words } from './canvas.ts';
import type { KeyBinding } from './keys.ts';
import { BLANK, type Line, line, padLine, paragraph, toned } from './lines.ts';
import type { Drawn, Room } from './screen.ts';
import { keyCap } from './theme.ts';

const CAP_CELLS = 8;

function keyHelp(canvas: Canvas, { cap, label }: KeyBinding, columns: number): readonly Line[] {
  const name = words(canvas, `${label}-help`);
  const [first = BLANK, ...rest] = paragraph(name, columns - CAP_CELLS - 2);
  const head = padLine(
    line('  ', { text: keyCap(canvas.speech.style, cap), tone: 'key' }),
    CAP_CELLS + 2,
  );
  return [line(...head, ...first), ...rest.map((one) => line(' '.repeat(CAP_CELLS + 2), ...one))];
}

/** Over every screen: what its keys do, in a sentence each, and what holds everywhere. */
export function helpScreen(canvas: Canvas, keys: readonly KeyBinding[], room: Room): Drawn {
  const shown = keys.filter(({ cap }) => cap !== '');
  return {
    title: [line(toned('strong', words(canvas, 'tui-help-title'))), BLANK],
    body: [
      ...shown.flatMap((binding) => keyHelp(canvas, binding, room.columns)),
      BLANK,
      ...['tui-help-nothing-lost', 'tui-help-ctrl-c', 'tui-help-suspend', 'tui-help-reset'].flatMap(
        (code) => [...paragraph(words(canvas, code), room.columns), BLANK],
      ),
    ].slice(0, -1),
  };
}
