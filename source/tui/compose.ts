import type { Message } from '../model/index.ts';
import { type Canvas, leastSize, words } from './canvas.ts';
import { footerLines } from './footer.ts';
import type { KeyBinding } from './keys.ts';
import { BLANK, cutLine, type Line, line, padLine, paragraph, spread, toned } from './lines.ts';
import type { Journey } from './scenes.ts';
import type { Drawn, Room } from './screen.ts';
import { journeyTitle, listWidth, stageList } from './stage-list.ts';
import { glyph } from './theme.ts';

/** A whole screen: every row of the terminal, and how far its body can be scrolled. */
export interface Composed {
  readonly rows: readonly Line[];
  readonly range: number;
  /** Rows of the body that are seen: a page. */
  readonly page: number;
}

export interface Parts {
  readonly canvas: Canvas;
  readonly keys: readonly KeyBinding[];
  readonly scroll: number;
  readonly journey?: Journey | undefined;
  /** Why the last key did nothing: stands on the rule above the keys. */
  readonly notice?: Message | undefined;
  readonly draw: (room: Room) => Drawn;
}

const GAP = 2;

function rule(canvas: Canvas): Line {
  if (canvas.spoken) return BLANK;
  const { text, tone } = glyph(canvas.speech.style, 'rule');
  return line(' ', { text: text.repeat(Math.max(0, canvas.columns - 2)), tone });
}

function noticeOrRule({ canvas, notice }: Parts): Line {
  if (!notice) return rule(canvas);
  const text = words(canvas, notice.code, notice.params);
  return line(' ', ...cutLine(line(toned('warn', text)), canvas.columns - 2));
}

/** Title bar, rule, list and content, rule, keys: the same thing stands in the same place. */
export function compose(parts: Parts): Composed {
  const { canvas, journey } = parts;
  if (canvas.tooSmall && !canvas.spoken) return tooSmall(parts);
  const list = journey && !canvas.folded ? stageList(canvas, journey) : [];
  const beside = list.length > 0 ? listWidth(list) + GAP : 0;
  const keys = footerLines(canvas, parts.keys);
  const frameRows = 3 + keys.length;
  const room: Room = {
    columns: canvas.columns - 2 - beside,
    rows: canvas.spoken ? 1000 : Math.max(1, canvas.rows - frameRows),
  };
  const drawn = parts.draw(room);
  const window = content(canvas, drawn, room, parts.scroll);
  const [left, right] = drawn.title ?? (journey ? journeyTitle(canvas, journey) : [BLANK, BLANK]);
  const middle = window.lines.map((one, index) =>
    beside > 0
      ? line(' ', ...padLine(list[index] ?? BLANK, beside), ...cutLine(one, room.columns))
      : line(' ', ...cutLine(one, room.columns)),
  );
  const rest = list.slice(window.lines.length).map((one) => line(' ', ...one));
  const all = [...middle, ...(beside > 0 ? rest : [])];
  const filled = canvas.spoken ? all : fill(all, room.rows);
  const rows = [
    line(' ', ...spread(left, right, canvas.columns - 2)),
    rule(canvas),
    ...filled,
    noticeOrRule(parts),
    ...keys,
  ];
  return { rows, range: window.range, page: window.page };
}

function fill(lines: readonly Line[], rows: number): readonly Line[] {
  return Array.from({ length: rows }, (_, index) => lines[index] ?? BLANK);
}

interface Window {
  readonly lines: readonly Line[];
  readonly range: number;
  readonly page: number;
}

/** Head, as much of the body as there is room for, and what stands below it. */
function content(canvas: Canvas, drawn: Drawn, room: Room, scroll: number): Window {
  const { body, focus } = drawn;
  const head = (drawn.head ?? []).slice(0, Math.max(0, room.rows - Math.min(3, body.length)));
  const foot = footThatFits(drawn, head.length, room);
  const space = Math.max(1, room.rows - head.length - foot.length);
  if (body.length <= space) return { lines: [...head, ...body, ...foot], range: 0, page: space };
  const page = Math.max(1, space - 1);
  const range = body.length - page;
  const top = Math.min(range, focus === undefined ? scroll : Math.max(0, focus - page + 2));
  const seen = body.slice(top, top + page);
  return {
    lines: [...head, ...seen, moreLine(canvas, top, range - top, room.columns), ...foot],
    range,
    page,
  };
}

/** What stands below has what the body leaves; a third of the screen where the body wants all of it. */
function footThatFits(
  { body, foot = [], footRows }: Drawn,
  head: number,
  room: Room,
): readonly Line[] {
  if (foot.length === 0) return [];
  const free = room.rows - head - body.length;
  const least = Math.min(footRows ?? foot.length, Math.floor((room.rows - head) / 2));
  const rows = Math.max(free, least);
  if (rows < 3) return [];
  const seen = foot.slice(0, rows);
  const missing = footRows === undefined ? 0 : Math.max(0, least - seen.length);
  return [...seen, ...Array.from({ length: missing }, () => BLANK)];
}

/** How much there is above and below: nothing that must be read is out of sight without a word. */
function moreLine(canvas: Canvas, above: number, below: number, columns: number): Line {
  const { style } = canvas.speech;
  const up =
    above > 0
      ? [glyph(style, 'up'), toned('quiet', ` ${words(canvas, 'tui-more', { count: above })}`)]
      : [];
  const down =
    below > 0
      ? [glyph(style, 'down'), toned('quiet', ` ${words(canvas, 'tui-more', { count: below })}`)]
      : [];
  const gap = up.length > 0 && down.length > 0 ? ['   '] : [];
  return spread(BLANK, line(...up, ...gap, ...down), columns);
}

/** In a window in which nothing can be read: how large it must be, and how to leave. */
function tooSmall({ canvas, keys }: Parts): Composed {
  const { columns, rows } = canvas;
  const text = words(canvas, 'tui-too-small', { ...leastSize, has: columns, hasRows: rows });
  const short = footerLines(
    canvas,
    keys.filter(({ action }) => action !== 'help'),
  );
  const all = [...paragraph(text, columns), ...short];
  const cutRows = all.slice(0, rows).map((one) => cutLine(one, columns));
  return { rows: cutRows, range: 0, page: 1 };
}
