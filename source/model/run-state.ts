import type { EngineEvent, ResultFields, StageState } from './event.ts';
import { type LiveDrill, reduceLive } from './live-drill.ts';
import type { Message, Problem } from './message.ts';

type EventOf<Type extends EngineEvent['type']> = Extract<EngineEvent, { type: Type }>;

export type ChangeEvent = EventOf<'change'>;
export type CheckEvent = EventOf<'check'>;
export type DrillEvent = EventOf<'drill'>;

/** One line of the plan, as far as it has come. Times are the events' own. */
export interface ChangeView extends Omit<ChangeEvent, 'type' | 'at'> {
  readonly startedAt?: string;
  readonly endedAt?: string;
}

/** What a node is busy with, or the run as a whole where `node` is null. */
export interface ProgressView {
  readonly stage: string;
  readonly node: string | null;
  readonly text: Message | string;
  readonly done?: number;
  readonly total?: number;
  readonly keep?: true;
  readonly at: string;
}

export interface StageView {
  readonly id: string;
  readonly state: StageState;
  readonly startedAt?: string;
  readonly endedAt?: string;
  /** In the plan's order. A change is one resource on one node. */
  readonly changes: readonly ChangeView[];
  /** The last word on each check, in the order in which they first spoke. */
  readonly checks: readonly CheckEvent[];
}

/** Everything a face draws. Made from events alone; the same events give the same state. */
export interface RunState {
  /** The first and the last event's time. */
  readonly startedAt?: string;
  readonly at?: string;
  readonly stages: readonly StageView[];
  /** What each node said last, while its stage runs. */
  readonly progress: readonly ProgressView[];
  readonly drills: readonly DrillEvent[];
  /** The drill in hand, or the last one. */
  readonly live?: LiveDrill;
  readonly problems: readonly Problem[];
  readonly result?: ResultFields;
}

export const emptyRunState: RunState = { stages: [], progress: [], drills: [], problems: [] };

/** Replaces the item that `same` finds, or appends. */
function put<Item>(items: readonly Item[], item: Item, same: (other: Item) => boolean): Item[] {
  const index = items.findIndex(same);
  return index < 0 ? [...items, item] : items.with(index, item);
}

function stageOf(state: RunState, id: string): StageView {
  const found = state.stages.find((stage) => stage.id === id);
  return found ?? { id, state: 'planned', changes: [], checks: [] };
}

function withStage(state: RunState, stage: StageView): RunState {
  return { ...state, stages: put(state.stages, stage, (other) => other.id === stage.id) };
}

function onStage(state: RunState, event: EventOf<'stage'>): RunState {
  const before = stageOf(state, event.id);
  const started = event.state === 'running' && !before.startedAt;
  const ended = event.state === 'done' || event.state === 'failed' || event.state === 'skipped';
  const stage: StageView = {
    ...before,
    state: event.state,
    ...(started && { startedAt: event.at }),
    ...(ended && { endedAt: event.at }),
  };
  const after = withStage(state, stage);
  if (!ended) return after;
  return { ...after, progress: after.progress.filter((item) => item.stage !== event.id) };
}

function onChange(state: RunState, { type: _, at, ...event }: ChangeEvent): RunState {
  const stage = stageOf(state, event.stage);
  const same = (other: ChangeView) =>
    other.resource === event.resource && other.node === event.node;
  const ended = event.state === 'done' || event.state === 'failed';
  const change: ChangeView = {
    // A later event need not repeat the diff.
    ...stage.changes.find(same),
    ...event,
    ...(event.state === 'started' && { startedAt: at }),
    ...(ended && { endedAt: at }),
  };
  return withStage(state, { ...stage, changes: put(stage.changes, change, same) });
}

function onCheck(state: RunState, event: CheckEvent): RunState {
  const stage = stageOf(state, event.stage);
  const checks = put(stage.checks, event, (other) => other.id === event.id);
  return withStage(state, { ...stage, checks });
}

function onProgress(state: RunState, { type: _, ...event }: EventOf<'progress'>): RunState {
  const same = (other: ProgressView) => other.node === event.node;
  return { ...state, progress: put(state.progress, event, same) };
}

function applyEvent(state: RunState, event: EngineEvent): RunState {
  switch (event.type) {
    case 'stage':
      return onStage(state, event);
    case 'change':
      return onChange(state, event);
    case 'check':
      return onCheck(state, event);
    case 'progress':
      return onProgress(state, event);
    case 'drill':
      return { ...state, drills: [...state.drills, event] };
    // kept by the watcher itself
    case 'watch':
      return state;
    case 'drill-live': {
      const live = reduceLive(state.live, event.id, event.run, event.live);
      return live ? { ...state, live } : state;
    }
    case 'problem':
      return { ...state, problems: [...state.problems, event.problem] };
    case 'result': {
      const { type: _, at: __, ...result } = event;
      return { ...state, result };
    }
  }
}

/** The one reducer that all faces draw from: the state before and an event -> the state after. */
export function reduceRun(state: RunState, event: EngineEvent): RunState {
  const after = applyEvent(state, event);
  return { ...after, startedAt: state.startedAt ?? event.at, at: event.at };
}

/** Every check of every stage, in the stages' order. */
export function allChecks(state: RunState): readonly CheckEvent[] {
  return state.stages.flatMap((stage) => stage.checks);
}

/** Every change of every stage, in the stages' order. */
export function allChanges(state: RunState): readonly ChangeView[] {
  return state.stages.flatMap((stage) => stage.changes);
}

/** Milliseconds from the run's first event to `at`, or to its last. */
export function elapsedMs(state: RunState, at: string | undefined = state.at): number {
  return state.startedAt && at ? Date.parse(at) - Date.parse(state.startedAt) : 0;
}
