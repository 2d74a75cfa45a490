import test from 'ava';
import { noteDue, plannedStages } from '../../source/cli/guide/plan-book.ts';
import type { PlanEntry } from '../../source/engine/probe.ts';
import { emptyRunState, message, reduceRun } from '../../source/model/index.ts';
import { draw, keysInForce } from '../../source/tui/brain.ts';
import { drawLine } from '../../source/tui/lines.ts';
import { canvas, journey, type Look, snapshotOf, story } from './_scenes.ts';

const LOOK: Look = { language: 'en', colour: false, ascii: false };
const SUMMARY = message('eip-make', { bandwidth: 5, price: 0.8, idle: 0.2 });

const planned = {
  stage: story.id,
  cloud: { id: 'eip:iam-prod' },
  planned: { kind: 'change', summary: SUMMARY, owned: true, actions: [], undo: [] },
} as unknown as PlanEntry;

/** As the wiring does it: from what the cloud says is due to what the screen shows. */
function review() {
  const plan = { id: story.id, resources: [], checks: [], drills: [], problems: [] } as never;
  const stages = plannedStages([plan], [{ ...story, id: story.id } as never]);
  noteDue(stages, [planned]);
  const run = reduceRun(emptyRunState, {
    type: 'change',
    at: '2026-11-26T03:00:00.000Z',
    stage: story.id,
    node: null,
    resource: 'eip:iam-prod',
    code: SUMMARY.code,
    summary: SUMMARY,
    effect: 'none',
    state: 'planned',
  });
  const scene = {
    kind: 'review' as const,
    journey,
    story,
    checks: 2,
    due: stages[0]?.due ?? [],
    canSkip: true,
  };
  return { ...snapshotOf(scene, LOOK), run };
}

test('what is made in the cloud is on the screen before the yes, with all of its price', (t) => {
  for (const [columns, rows] of [
    [80, 24],
    [120, 40],
  ] as const) {
    const on = canvas(columns, rows, LOOK);
    const view = review();
    const frame = draw(view, on).rows.map((row) => drawLine(view.style, row));
    const text = frame.join(' ').replaceAll(/\s+/g, ' ');
    t.regex(text, /Plan: 1 change in the cloud/);
    t.regex(text, /0\.2 yuan an hour/);
    t.true(keysInForce(view, on).some(({ action }) => action === 'apply'));
    t.false(keysInForce(view, on).some(({ action }) => action === 'check'));
  }
});
