import type { ChangeView, RunState } from '../../model/index.ts';
import { cut, formatCount, say, sayCount, sayList, sayMessage } from '../../text/index.ts';
import { type Canvas, words } from '../canvas.ts';
import type { Action } from '../keys.ts';
import { BLANK, cutLine, type Line, line, paragraph, toned, widthOf } from '../lines.ts';
import { chosen, moved } from '../lists.ts';
import { changeName, diffLines, type PlanRow, planLines, planRows } from '../plan-rows.ts';
import { dueKey, type Scene } from '../scenes.ts';
import type { Drawn, Props, Room, Screen } from '../screen.ts';
import { storyHead, storyInFull } from '../story.ts';
import { glyph } from '../theme.ts';

type Review = Extract<Scene, { kind: 'review' }>;

/** What is due of the stage in hand, by the last look at the nodes. */
function due(run: RunState, { story, due: keys }: Review): readonly ChangeView[] {
  const stage = run.stages.find(({ id }) => id === story.id);
  const wanted = new Set(keys);
  return (stage?.changes ?? []).filter((change) => wanted.has(dueKey(change)));
}

function rowsOf({ run, scene }: Props<Review>): readonly PlanRow[] {
  return planRows(due(run, scene));
}

function chosenChange(props: Props<Review>): ChangeView | undefined {
  const rows = rowsOf(props);
  const row = rows[chosen(props.local, rows.length)];
  return row?.kind === 'change' ? row.change : undefined;
}

/** As much of the screen shows the chosen change, where there is room. */
const PREVIEW_ROWS = 6;

const FELT = ['outage', 'rolling-restart', 'reload'] as const;

/** `on 2 nodes, in the cloud`. */
function placesOf(canvas: Canvas, changes: readonly ChangeView[]): string {
  const nodes = new Set(changes.flatMap(({ node }) => node ?? [])).size;
  const isInCloud = changes.some(({ node }) => node === null);
  return sayList(canvas.speech, [
    ...(nodes > 0 ? [sayCount(canvas.speech, 'tui-on-nodes', nodes)] : []),
    ...(isInCloud ? [words(canvas, 'tui-in-cloud')] : []),
  ]);
}

/** `Plan: 8 changes on 2 nodes   reload`. */
function planHead(canvas: Canvas, changes: readonly ChangeView[]): Line {
  const { speech } = canvas;
  const effects = FELT.filter((effect) => changes.some((one) => one.effect === effect));
  const felt = sayList(
    speech,
    effects.map((effect) => say(speech, `effect-${effect}`)),
  );
  const one = changes.length === 1 ? '-one' : '';
  const counts = {
    count: formatCount(changes.length),
    places: placesOf(canvas, changes),
  };
  const head = line(toned('strong', say(speech, `tui-plan${one}`, counts)));
  return felt ? line(...head, '  ', toned(effects[0] === 'outage' ? 'bad' : 'warn', felt)) : head;
}

/** Below the plan, always in the same place: the chosen change's diff, as much as there is room for. */
function preview(canvas: Canvas, row: PlanRow | undefined, room: Room): readonly Line[] {
  const rule = glyph(canvas.speech.style, 'rule');
  const change = row?.kind === 'change' ? row.change : undefined;
  const name = change ? [toned('strong', ` ${cut(changeName(change), room.columns - 8)} `)] : [];
  const head = line({ ...rule, text: rule.text.repeat(2) }, ...name);
  const rest = { ...rule, text: rule.text.repeat(Math.max(0, room.columns - widthOf(head))) };
  const diff = change?.diff ? diffLines(change.diff) : [];
  return [line(...head, rest), ...(diff.length > 0 ? diff : undiffed(canvas, change, room))];
}

/** What is made in the cloud is told in full: its sentence holds the price. */
function undiffed(
  canvas: Canvas,
  change: ChangeView | undefined,
  { columns }: Room,
): readonly Line[] {
  if (change?.node === null) return paragraph(sayMessage(canvas.speech, change.summary), columns);
  return [line(toned('quiet', words(canvas, 'tui-no-diff')))];
}

/** The stage as it is before the yes: why, and what would change. */
export const review: Screen<Review> = {
  keys: ({ local }) =>
    local.pane === 'diff' ? 'diff' : local.pane === 'why' ? 'reading' : 'review',
  offers: (props) => {
    const { scene, local } = props;
    const count = rowsOf(props).length;
    const apply: readonly Action[] = count > 0 ? ['apply'] : [];
    if (local.pane === 'why') return ['close'];
    if (local.pane === 'diff') return ['close', ...apply];
    return [
      ...apply,
      ...(count === 0 ? (['check'] as const) : []),
      ...(count > 1 ? (['up', 'down'] as const) : []),
      ...(chosenChange(props)?.diff ? (['diff'] as const) : []),
      'why',
      'edit',
      ...(scene.canSkip ? (['skip'] as const) : []),
      ...(scene.journey.at > 0 ? (['back'] as const) : []),
    ];
  },
  react: (props, action) => {
    const { local } = props;
    if (action === 'close') return { local: { ...local, pane: '', scroll: 0 } };
    if (action === 'diff' || action === 'why')
      return { local: { ...local, pane: action, scroll: 0 } };
    if (action === 'apply' || action === 'check') return { intent: { kind: 'apply' } };
    if (action === 'edit' || action === 'skip' || action === 'back')
      return { intent: { kind: action } };
    const next = local.pane === '' ? moved(local, action, rowsOf(props).length) : undefined;
    return next ? { local: next } : {};
  },
  draw: (props, room) => {
    const { local, canvas, scene } = props;
    if (local.pane === 'why') return { body: storyInFull(canvas, scene.story, room.columns) };
    if (local.pane === 'diff') return fullDiff(props);
    return plan(props, room);
  },
};

function plan(props: Props<Review>, room: Room): Drawn {
  const { canvas, scene, local, run } = props;
  const changes = due(run, scene);
  const rows = planRows(changes);
  const head = storyHead(canvas, scene.story, room);
  if (rows.length === 0) return { head, body: nothingDue(canvas, scene) };
  const at = chosen(local, rows.length);
  return {
    head: [...head, planHead(canvas, changes)],
    body: planLines(canvas, rows, at, room.columns),
    focus: at,
    // read aloud it would be heard with every change: there it is asked for
    ...(canvas.spoken ? {} : { foot: preview(canvas, rows[at], room), footRows: PREVIEW_ROWS }),
  };
}

function nothingDue(canvas: Canvas, { checks }: Review): readonly Line[] {
  const { speech } = canvas;
  return [
    line(glyph(speech.style, 'done'), ' ', words(canvas, 'tui-nothing-due')),
    line('  ', toned('quiet', sayCount(speech, 'tui-checks-measured', checks))),
  ];
}

function fullDiff(props: Props<Review>): Drawn {
  const { canvas } = props;
  const change = chosenChange(props);
  if (!change?.diff) return { body: [] };
  const lines = diffLines(change.diff);
  const size = say(canvas.speech, 'tui-lines', { count: formatCount(lines.length) });
  return {
    head: [line(toned('strong', changeName(change)), '  ', toned('quiet', size)), BLANK],
    body: lines.map((one) => cutLine(one, canvas.columns)),
  };
}
