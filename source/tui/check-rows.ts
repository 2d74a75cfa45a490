import { allChecks, type CheckEvent, type RunState } from '../model/index.ts';
import { sanitizeLine, say, sayMessage } from '../text/index.ts';
import type { Canvas } from './canvas.ts';
import { type Line, line, paragraph, spread, toned, widthOf } from './lines.ts';
import type { SeeForYourself } from './scenes.ts';
import { glyph, type SymbolName } from './theme.ts';

const MARKS: Readonly<Record<CheckEvent['verdict'], SymbolName>> = {
  passed: 'done',
  warned: 'warned',
  failed: 'failed',
  unknown: 'unknown',
};

function reason(canvas: Canvas, check: CheckEvent, run: RunState): string {
  const { because, problem, code, params } = check;
  if (because) {
    const cause = allChecks(run).find((other) => other.id === because);
    const name = cause ? sayMessage(canvas.speech, cause.title) : sanitizeLine(because);
    return say(canvas.speech, 'check-because', { check: name });
  }
  const message = problem ?? (params ? { code, params } : { code });
  return sayMessage(canvas.speech, message);
}

/** A check's verdict: the claim and the reason side by side, or under each other where it is narrow. */
function checkLine(
  canvas: Canvas,
  check: CheckEvent,
  run: RunState,
  columns: number,
): readonly Line[] {
  const { speech } = canvas;
  const title = sayMessage(speech, check.title);
  const node = check.problem?.node ?? check.node;
  const claim = line(
    glyph(speech.style, MARKS[check.verdict]),
    ' ',
    node && !title.includes(node) ? `${node}  ${title}` : title,
  );
  const why = reason(canvas, check, run);
  const beside = line(toned('quiet', why));
  if (widthOf(claim) + widthOf(beside) + 2 <= columns) return [spread(claim, beside, columns)];
  if (check.verdict === 'passed') return [line(...claim)];
  return [claim, ...paragraph(why, columns - 4, 'quiet').map((one) => line('    ', ...one))];
}

/** The checks, what is not right first. */
export function checkLines(
  canvas: Canvas,
  checks: readonly CheckEvent[],
  run: RunState,
  columns: number,
): readonly Line[] {
  const weight = { failed: 0, unknown: 1, warned: 2, passed: 3 };
  return checks
    .toSorted((a, b) => weight[a.verdict] - weight[b.verdict])
    .flatMap((check) => checkLine(canvas, check, run, columns));
}

/** What a person would run to see for themselves, whole, ready to copy. */
function seeLines(
  canvas: Canvas,
  see: readonly SeeForYourself[],
  columns: number,
): readonly Line[] {
  const nodes = [...new Set(see.map(({ node }) => node))];
  return nodes.flatMap((node) => [
    line(
      toned(
        'quiet',
        node ? say(canvas.speech, 'tui-see-on', { node }) : say(canvas.speech, 'tui-see'),
      ),
    ),
    ...see
      .filter((one) => one.node === node)
      .flatMap(({ command }) => paragraph(sanitizeLine(command), columns)),
  ]);
}

/** As many of them as there is room for, each whole. */
export function seeLinesWithin(
  canvas: Canvas,
  see: readonly SeeForYourself[],
  columns: number,
  rows: number,
): readonly Line[] {
  const lines = seeLines(canvas, see, columns);
  if (lines.length <= rows || see.length === 0) return lines;
  return seeLinesWithin(canvas, see.slice(0, -1), columns, rows);
}
