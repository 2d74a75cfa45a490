import { readFileSync } from 'node:fs';
import stringWidth from 'string-width';
import {
  type EngineEvent,
  emptyRunState,
  type RunState,
  reduceRun,
  type WatchedNode,
  type WatchState,
} from '../../source/model/index.ts';
import type { Language } from '../../source/text/index.ts';
import { draw } from '../../source/tui/brain.ts';
import { canvasOf } from '../../source/tui/canvas.ts';
import { drawLine } from '../../source/tui/lines.ts';
import type { Scene } from '../../source/tui/scenes.ts';
import { freshLocal } from '../../source/tui/screen.ts';

/** What a real drill in the lab said: `test/tui/fixtures/ID.jsonl`. */
export function recorded(id: string): readonly EngineEvent[] {
  const text = readFileSync(new URL(`fixtures/${id}.jsonl`, import.meta.url), 'utf8');
  return text
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
}

/** The run as it was when `isUntil` first held of an event; all of it if none is named. */
export function runOf(
  events: readonly EngineEvent[],
  isUntil: (event: EngineEvent) => boolean = () => false,
): RunState {
  const end = events.findIndex(isUntil);
  return (end < 0 ? events : events.slice(0, end + 1)).reduce(reduceRun, emptyRunState);
}

export interface FrameOptions {
  readonly columns?: number;
  readonly rows?: number;
  readonly language?: Language;
  readonly colour?: boolean;
  readonly ascii?: boolean;
  readonly run?: RunState;
  readonly now: number;
}

/** The rows of the whole screen. */
export function frameOf(scene: Scene, options: FrameOptions): readonly string[] {
  const { columns = 80, rows = 24, language = 'en', colour = false, ascii = false } = options;
  const { run = emptyRunState, now } = options;
  const style = { colour, ascii };
  const canvas = canvasOf({ columns, rows, language, style, now });
  const snapshot = { scene, sceneNumber: 0, local: freshLocal(scene), run, language, style, now };
  return draw(snapshot, canvas).rows.map((row) => drawLine(style, row));
}

/** Rows that are wider than the terminal, by cells. */
export function tooWide(rows: readonly string[], columns: number): readonly string[] {
  return rows.filter((row) => stringWidth(row) > columns);
}

export const SIZES = [
  [80, 24],
  [120, 40],
  [60, 20],
] as const;

export const PLACE = { cluster: 'iam-prod', profile: 'balanced', rate: 200 };

const UNITS = ['keepalived', 'nginx', 'apiserver', 'authz', 'pump'];
const all = (value: boolean) => Object.fromEntries(UNITS.map((unit) => [unit, value]));

export function watched(name: string, change: Partial<WatchedNode> = {}): WatchedNode {
  const address = name === 'iam-1' ? '10.0.4.20' : '10.0.4.21';
  return { name, address, isFrontend: true, units: UNITS, ...change };
}

export function look(state: 'MASTER' | 'BACKUP') {
  return {
    holds: state === 'MASTER',
    units: all(true),
    healthy: { nginx: true, apiserver: true, authz: true, pump: true },
    state,
    since: '2026-11-25 22:13:13',
  };
}

export const WATCH_START = 1_795_644_000_000;

/** A pair that is well, `heardMs` after the watch began. */
export function pair(heardMs: number): WatchState {
  const at = WATCH_START + heardMs;
  return {
    cluster: 'iam-prod',
    vip: '10.0.4.99',
    profile: 'balanced',
    startedMs: WATCH_START,
    nodes: [
      watched('iam-1', { look: look('BACKUP'), heardMs: at }),
      watched('iam-2', { look: look('MASTER'), heardMs: at }),
    ],
    seconds: [],
    holder: 'iam-2',
  };
}
