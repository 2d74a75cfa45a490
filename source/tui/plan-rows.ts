import type { ChangeView } from '../model/index.ts';
import { changeSign, sanitize, say, sayMessage } from '../text/index.ts';
import { type Canvas, listMark } from './canvas.ts';
import { BLANK, cutLine, type Line, line, spread, toned } from './lines.ts';
import { glyph } from './theme.ts';

/** A line of a plan: a change, or that another node's are the same. */
export type PlanRow =
  | { readonly kind: 'change'; readonly change: ChangeView }
  | { readonly kind: 'same'; readonly node: string; readonly as: string; readonly count: number };

const likeness = ({ resource, diff, summary }: ChangeView) =>
  JSON.stringify([resource, diff ?? '', summary]);

/** The plan's lines; what another node has just the same is counted, not repeated. */
export function planRows(changes: readonly ChangeView[]): readonly PlanRow[] {
  const nodes = [...new Set(changes.map(({ node }) => node))];
  const [first] = nodes;
  const known = new Set(changes.filter(({ node }) => node === first).map(likeness));
  return nodes.flatMap((node): readonly PlanRow[] => {
    const mine = changes.filter((change) => change.node === node);
    if (node === first || node === null) return mine.map(asRow);
    const same = mine.filter((change) => known.has(likeness(change)));
    if (same.length < 2) return mine.map(asRow);
    const others = mine.filter((change) => !known.has(likeness(change)));
    return [...others.map(asRow), { kind: 'same', node, as: first ?? '', count: same.length }];
  });
}

function asRow(change: ChangeView): PlanRow {
  return { kind: 'change', change };
}

/** `+ write /etc/nginx/…      reload`; with a colour that adds to the sign. */
export function changeLine(canvas: Canvas, change: ChangeView, columns: number): Line {
  const { speech } = canvas;
  const { effect } = change;
  const tone = effect === 'outage' ? 'bad' : 'warn';
  const felt = effect === 'none' ? BLANK : line({ text: say(speech, `effect-${effect}`), tone });
  const what = line(
    glyph(speech.style, changeSign(change)),
    ' ',
    sayMessage(speech, change.summary),
  );
  return spread(what, felt, columns);
}

/** The rows of a plan, the chosen one marked. `nodes` stand under each other. */
export function planLines(
  canvas: Canvas,
  rows: readonly PlanRow[],
  selected: number,
  columns: number,
): readonly Line[] {
  const width = Math.max(...rows.map((row) => nodeOf(row).length));
  return rows.map((row, index) => {
    const chosen = index === selected;
    const mark = listMark(canvas, chosen, index);
    const node = {
      text: nodeOf(row).padEnd(width),
      tone: chosen ? ('strong' as const) : undefined,
    };
    const room = columns - width - 4;
    const what =
      row.kind === 'change'
        ? changeLine(canvas, row.change, room)
        : line(
            toned('quiet', say(canvas.speech, 'tui-the-same', { count: row.count, node: row.as })),
          );
    return line(mark, ' ', node, '  ', ...cutLine(what, room));
  });
}

function nodeOf(row: PlanRow): string {
  return (row.kind === 'change' ? row.change.node : row.node) ?? '';
}

/** A diff as lines: `+` and `-` carry the meaning, colour adds to it. File names stand elsewhere. */
export function diffLines(diff: string): readonly Line[] {
  return sanitize(diff)
    .trimEnd()
    .split('\n')
    .filter((text) => !/^(?:---|\+\+\+) /.test(text))
    .map((text) => line({ text: text.replaceAll('\t', '    ') || ' ', tone: diffTone(text) }));
}

function diffTone(text: string) {
  if (text.startsWith('+')) return 'added';
  if (text.startsWith('-')) return 'removed';
  return text.startsWith('@@') ? 'hunk' : undefined;
}

/** What a change is called over its diff. */
export function changeName({ resource, node }: ChangeView): string {
  const name = resource.replace(/^file:/, '');
  return node ? `${name}  ${node}` : name;
}
