import { formatElapsed } from '../text/index.ts';
import { type Canvas, words } from './canvas.ts';
import { type Line, line, toned, widthOf } from './lines.ts';
import type { Journey, ListedStage } from './scenes.ts';
import { glyph, type SymbolName } from './theme.ts';

const MARKS: Readonly<Record<ListedStage['mark'], SymbolName>> = {
  open: 'open',
  done: 'done',
  changed: 'changed',
  failed: 'failed',
  skipped: 'skipped',
  unknown: 'open',
};

/** A stage's name in the list: the id that every flag takes, or its title in Chinese. */
function nameOf(canvas: Canvas, { id, title }: ListedStage): string {
  return canvas.speech.language === 'zh' ? title.zh : id;
}

/** The stages with their states, one a line; the one in hand is marked. */
export function stageList(canvas: Canvas, { stages, at }: Journey): readonly Line[] {
  const { style } = canvas.speech;
  return stages.map((stage, index) => {
    const here = index === at;
    const mark = here && stage.mark !== 'failed' ? 'current' : MARKS[stage.mark];
    const name = nameOf(canvas, stage);
    const tone = here ? 'strong' : stage.mark === 'open' ? 'quiet' : undefined;
    return line(glyph(style, mark), ' ', { text: name, tone });
  });
}

export function listWidth(list: readonly Line[]): number {
  return Math.max(0, ...list.map(widthOf));
}

/** Whose session it is, and how far it has come: `iam-prod  10.0.4.20 iam-1 · … → 10.0.4.99`. */
export function journeyTitle(canvas: Canvas, journey: Journey): readonly [Line, Line] {
  const { cluster, nodes, vip, stages, at, workedMs, workingSince } = journey;
  const { style } = canvas.speech;
  const places = nodes.map(({ name, address }) => `${address} ${name}`).join(' · ');
  const running = workingSince === undefined ? 0 : Math.max(0, canvas.now - workingSince);
  const k = Math.min(Math.max(at + 1, 1), stages.length);
  const step = words(canvas, 'tui-step', { k, n: stages.length });
  const where = canvas.folded ? titleOf(canvas, journey) : [];
  const left = canvas.folded
    ? line(toned('strong', cluster), '  ', ...where)
    : line(
        toned('strong', cluster),
        '   ',
        places,
        ' ',
        glyph(style, 'arrow'),
        ' ',
        toned('accent', vip),
      );
  return [left, line(step, '   ', toned('quiet', formatElapsed(workedMs + running)))];
}

/** Folded, the list is the stage in hand alone. */
function titleOf(canvas: Canvas, { stages, at }: Journey): Line {
  const stage = stages[at];
  if (!stage) return [];
  return line(glyph(canvas.speech.style, 'current'), ' ', nameOf(canvas, stage));
}
