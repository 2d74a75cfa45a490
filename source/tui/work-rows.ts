import type { ChangeView, RunState, StageView } from '../model/index.ts';
import { formatDuration, sanitizeLine, say, sayCount, sayMessage } from '../text/index.ts';
import type { Canvas } from './canvas.ts';
import { BLANK, type Line, line, spread, toned } from './lines.ts';
import { changeLine } from './plan-rows.ts';
import { glyph } from './theme.ts';

const time = (text: string | undefined) => (text ? Date.parse(text) : undefined);

/** How long it has taken, or takes: time is drawn as time. */
function took(canvas: Canvas, from: number | undefined, to: number | undefined): Line {
  if (from === undefined) return BLANK;
  const ms = Math.max(0, (to ?? canvas.now) - from);
  return line(toned('quiet', formatDuration(ms, canvas.speech.language)));
}

/** Of a program's output the last line that says something. */
function lastWords(canvas: Canvas, run: RunState, node: string | null, stage: string): string {
  const said = run.progress.find((one) => one.node === node && one.stage === stage);
  if (!said) return '';
  if (typeof said.text !== 'string') return sayMessage(canvas.speech, said.text);
  return sanitizeLine(said.text.split(/[\r\n]+/).findLast((one) => /\p{L}/u.test(one)) ?? '');
}

interface NodeWork {
  readonly node: string;
  readonly changes: readonly ChangeView[];
}

function byNode(stage: StageView): readonly NodeWork[] {
  const nodes = [...new Set(stage.changes.flatMap(({ node }) => (node ? [node] : [])))];
  return nodes.map((node) => ({
    node,
    changes: stage.changes.filter((one) => one.node === node && one.state !== 'planned'),
  }));
}

/** A node in two lines: what it is at, and what is said there. */
function nodeLines(
  canvas: Canvas,
  run: RunState,
  stage: StageView,
  work: NodeWork,
  columns: number,
) {
  const { node, changes } = work;
  const { style } = canvas.speech;
  const busy = changes.find(({ state }) => state === 'started');
  const failed = changes.find(({ state }) => state === 'failed');
  const done = changes.filter(({ state }) => state === 'done');
  const first = time(changes[0]?.startedAt);
  const last = Math.max(...changes.map(({ endedAt }) => time(endedAt) ?? 0));
  const mark = failed ? 'failed' : busy ? 'busy' : done.length > 0 ? 'done' : 'open';
  const what = busy ?? failed;
  const text = what
    ? changeLine(canvas, { ...what, effect: 'none' }, columns - node.length - 22)
    : line(sayCount(canvas.speech, 'tui-done-changes', done.length));
  const row = line(glyph(style, mark), ' ', toned('strong', node), '  ', ...text);
  const all = stage.changes.filter((one) => one.node === node).length;
  const share = line(toned('quiet', `${done.length}/${all}`), '  ');
  const spent = took(canvas, busy ? time(busy.startedAt) : first, busy ? undefined : last);
  const said = busy ? lastWords(canvas, run, node, stage.id) : '';
  return [spread(row, line(...share, ...spent), columns), line('  ', toned('quiet', said))];
}

/** Each node's work, and below it what goes on for all of them. */
export function workLines(
  canvas: Canvas,
  run: RunState,
  stageId: string,
  columns: number,
): readonly Line[] {
  const stage = run.stages.find(({ id }) => id === stageId);
  if (!stage) return [];
  const nodes = byNode(stage).flatMap((work) => nodeLines(canvas, run, stage, work, columns));
  const all = lastWords(canvas, run, null, stageId);
  return all ? [...nodes, line(glyph(canvas.speech.style, 'busy'), ' ', all)] : nodes;
}

/** What has been done so far, the latest last. */
export function doneLines(canvas: Canvas, stage: StageView, columns: number): readonly Line[] {
  return stage.changes
    .filter(({ state }) => state === 'done')
    .toSorted((a, b) => (time(a.endedAt) ?? 0) - (time(b.endedAt) ?? 0))
    .map((change) => {
      const node = change.node ? `${change.node}  ` : '';
      const row = changeLine(canvas, { ...change, effect: 'none' }, columns - node.length - 12);
      return spread(
        line(node, ...row),
        took(canvas, time(change.startedAt), time(change.endedAt)),
        columns,
      );
    });
}

/** `8 changes · 4.2 s`: a stage at a glance. */
export function stageGlance(canvas: Canvas, stage: StageView): Line {
  const done = stage.changes.filter(({ state }) => state === 'done').length;
  const counts = { passed: 0, warned: 0, failed: 0, unknown: 0 };
  for (const { verdict } of stage.checks) counts[verdict] += 1;
  const { speech } = canvas;
  const parts = [
    ...(done > 0 ? [sayCount(speech, 'count-changed', done)] : []),
    ...(['passed', 'warned', 'failed', 'unknown'] as const)
      .filter((verdict) => counts[verdict] > 0)
      .map((verdict) => sayCount(speech, `count-${verdict}`, counts[verdict])),
  ];
  return line(parts.join(speech.language === 'zh' ? '，' : ', ') || say(speech, 'tui-nothing-due'));
}
