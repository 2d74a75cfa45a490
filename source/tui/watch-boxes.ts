import { isStale, type WatchedNode, type WatchState } from '../model/index.ts';
import { pad } from '../text/index.ts';
import { type Canvas, words } from './canvas.ts';
import { BLANK, type Line, line, padLine, toned, widthOf } from './lines.ts';
import { glyph, type Span } from './theme.ts';
import { ageText, isYoung } from './watch-words.ts';

const GAP = 2;
const LEAST = 22;
const UNIT = 12;
/** Of these there is one, and no other takes over. */
const SINGLE: ReadonlySet<string> = new Set(['MariaDB', 'Redis']);
/** From here on there is room for since when. */
const ROOMY = 36;

/** The nodes beside each other, each in a box; under each other, without boxes, where there is no room. */
export function nodeBoxes(canvas: Canvas, state: WatchState, columns: number): readonly Line[] {
  const { nodes } = state;
  const width = Math.floor((columns - GAP * (nodes.length - 1)) / nodes.length);
  const blocks = nodes.map((node) => block(canvas, node, width));
  if (canvas.spoken || width < LEAST)
    return nodes.flatMap((node, index) => [
      line(...titleOf(canvas, state, node), '  ', age(canvas, state, node)),
      ...blocks[index]!.map((one) => line('  ', ...one)),
      BLANK,
    ]);
  const height = Math.max(...blocks.map((one) => one.length));
  const boxes = nodes.map((node, index) => {
    const rows = Array.from({ length: height }, (_, row) => blocks[index]?.[row] ?? BLANK);
    return boxed(canvas, titleOf(canvas, state, node), rows, age(canvas, state, node), width);
  });
  return Array.from({ length: height + 2 }, (_, row) =>
    line(
      ...boxes.flatMap(
        (box, index): Line => [...(index > 0 ? [{ text: ' '.repeat(GAP) }] : []), ...box[row]!],
      ),
    ),
  );
}

function boxed(
  canvas: Canvas,
  title: Line,
  rows: readonly Line[],
  below: Span,
  width: number,
): readonly Line[] {
  const { style } = canvas.speech;
  const rule = (cells: number): Span => {
    const { text, tone } = glyph(style, 'rule');
    return { text: text.repeat(Math.max(0, cells)), tone };
  };
  const side = glyph(style, 'side');
  const edge = (from: Span, inside: Line, to: Span): Line =>
    line(from, ' ', ...inside, ' ', rule(width - 4 - widthOf(inside)), to);
  return [
    edge(glyph(style, 'top-left'), title, glyph(style, 'top-right')),
    ...rows.map((row) => line(side, ' ', ...padLine(row, width - 4), ' ', side)),
    edge(glyph(style, 'bottom-left'), [below], glyph(style, 'bottom-right')),
  ];
}

/** A node that is silent is nobody's master: its name says so first. */
function titleOf(canvas: Canvas, state: WatchState, node: WatchedNode): Line {
  const isSilent = isStale(node, canvas.now) && !isYoung(node, state, canvas.now);
  const tone = isSilent ? 'bad' : 'strong';
  return line({ text: node.name, tone }, ' ', toned('quiet', node.address));
}

function age(canvas: Canvas, state: WatchState, node: WatchedNode): Span {
  const stale = isStale(node, canvas.now) && !isYoung(node, state, canvas.now);
  return { text: ageText(canvas.speech, node, state, canvas.now), tone: stale ? 'bad' : 'quiet' };
}

function block(canvas: Canvas, node: WatchedNode, width: number): readonly Line[] {
  const rows = node.units.map((unit) => unitRow(canvas, node, unit, width >= ROOMY));
  return node.isFrontend ? [vipRow(canvas, node), ...rows] : rows;
}

function vipRow(canvas: Canvas, node: WatchedNode): Line {
  const { look } = node;
  const label = pad(words(canvas, 'watch-vip'), UNIT);
  if (!look || isStale(node, canvas.now)) return line(label, glyph(canvas.speech.style, 'unknown'));
  return look.holds
    ? line(label, glyph(canvas.speech.style, 'measured'))
    : line(label, toned('quiet', words(canvas, 'dv-no')));
}

/** What was true when it last spoke is said as that, and in no colour that says "good". */
function unitRow(canvas: Canvas, node: WatchedNode, unit: string, isRoomy: boolean): Line {
  const { look } = node;
  const { style } = canvas.speech;
  const label = pad(unit, UNIT);
  const isVrrp = unit === 'keepalived';
  if (!look || isStale(node, canvas.now)) {
    const was = look && isVrrp ? ` ${words(canvas, 'watch-was', { state: look.state })}` : '';
    return line(toned('quiet', label), glyph(style, 'unknown'), toned('quiet', was));
  }
  const isGood = look.units[unit] !== false && look.healthy[unit] !== false;
  if (isVrrp && isGood)
    return line(label, stateSpan(look.state, look.holds), since(canvas, isRoomy ? look.since : ''));
  if (isGood && isRoomy && SINGLE.has(unit))
    return line(label, glyph(style, 'done'), toned('quiet', ` ${words(canvas, 'watch-one-copy')}`));
  const why = look.units[unit] === false ? ` ${words(canvas, 'dv-not-running')}` : '';
  return line(label, glyph(style, isGood ? 'done' : 'failed'), toned('bad', isGood ? '' : why));
}

/** MASTER is only good where the VIP is: without it the word is a claim. */
function stateSpan(state: string, holds: boolean): Span {
  if (state === 'MASTER') return { text: state, tone: holds ? 'good' : 'warn' };
  return { text: state, tone: state === 'BACKUP' ? undefined : 'bad' };
}

function since(canvas: Canvas, text: string): Span {
  const [, time] = text.split(' ');
  return time === undefined
    ? { text: '' }
    : toned('quiet', `  ${words(canvas, 'watch-since', { time })}`);
}
