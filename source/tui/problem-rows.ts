import type { Problem } from '../model/index.ts';
import { problems, renderProblem, sanitize, sanitizeLine, say } from '../text/index.ts';
import type { Canvas } from './canvas.ts';
import { BLANK, indent, type Line, line, paragraph, toned } from './lines.ts';
import { glyph } from './theme.ts';

/** Of what a server said so much stands on the screen; all of it is a key away. */
const SAID_LINES = 4;

function said(detail: string | undefined): readonly string[] {
  return detail ? sanitize(detail).trimEnd().replaceAll('\t', '    ').split('\n') : [];
}

export function saidInFull(problems: readonly Problem[], columns: number): readonly Line[] {
  return problems.flatMap(({ detail, code }) => {
    if (!detail) return [];
    return [
      line(toned('quiet', code)),
      ...said(detail).flatMap((text) => paragraph(text || ' ', columns)),
      BLANK,
    ];
  });
}

function place({ file, line: at, field }: Problem): string {
  const where = [file, at].filter((part) => part !== undefined).join(':');
  return [where, field].filter(Boolean).join('  ');
}

/** What happened and its code; why that is likely; what was said, and where; what to try. */
export function problemLines(canvas: Canvas, problem: Problem, columns: number): readonly Line[] {
  const { speech } = canvas;
  const { title, cause, nextSteps } = renderProblem(problem, speech.language);
  const node = problem.node && !title.includes(problem.node) ? `${problem.node}: ` : '';
  const output = said(problem.detail);
  const shown = output.slice(-SAID_LINES);
  const where = place(problem);
  const rest = [
    line(toned('quiet', problem.code)),
    ...(cause ? paragraph(cause, columns - 2) : []),
    ...shown.flatMap((text) => paragraph(`| ${text}`, columns - 2, 'quiet')),
    ...(output.length > SAID_LINES
      ? [line(toned('quiet', say(speech, 'tui-said-more', { count: output.length })))]
      : []),
    ...(where ? paragraph(sanitizeLine(where), columns - 2, 'quiet') : []),
    BLANK,
    line(toned('strong', say(speech, 'next-steps'))),
    ...nextSteps.flatMap((step) => paragraph(step, columns - 2)),
  ];
  const head = paragraph(node + title, columns - 2, 'strong').map((one, index) =>
    line(index === 0 ? glyph(speech.style, 'failed') : ' ', ' ', ...one),
  );
  return [...head, ...indent(rest, 2)];
}

/** Steps that lead to a place in a file lead nowhere while there is none. */
const OF_A_FILE = /\{(?:file|line|field)\}|cluster file/;

/** Why an answer does not do, in short: what is wrong, why, and a way out. */
export function refusalLines(canvas: Canvas, found: Problem, columns: number): readonly Line[] {
  const { speech } = canvas;
  const { title, cause, nextSteps } = renderProblem(found, speech.language);
  // the schema's problems begin with the field, which a question does not have
  const what = title.replace(/^[:：]\s*/, '');
  const texts = problems.get(found.code)?.next.en ?? [];
  const steps = nextSteps.filter((_, index) => !OF_A_FILE.test(texts[index] ?? ''));
  const head = paragraph(what, columns - 2, 'bad').map((one, index) =>
    line(index === 0 ? glyph(speech.style, 'failed') : ' ', ' ', ...one),
  );
  const rest = [cause, ...steps].filter(Boolean).flatMap((text) => paragraph(text, columns - 2));
  return [...head, ...indent(rest, 2)];
}
