import { type FieldLines, lineOf } from '../cluster/index.ts';
import { isMapping } from '../cluster/schema-parts.ts';
import { shapeProblems } from '../cluster/shape-problems.ts';
import { readYaml } from '../cluster/yaml.ts';
import { type Problem, problem } from '../model/index.ts';
import { stepProblems } from './own-steps/problems.ts';
import type { CommandStep, ManualStep, OwnCheckStep, OwnStep } from './own-steps/schema.ts';
import { type Entry, type RunbookStage, runbookSchema, type StageEntry } from './runbook-schema.ts';

export type { RunbookStage } from './runbook-schema.ts';

/** The order of the stages, and the prose that explains each. */
export interface Runbook {
  readonly id: string;
  readonly stages: readonly RunbookStage[];
  /** The file, and the line of every field in it: for problems. */
  readonly file: string;
  readonly lines: FieldLines;
  /** Of each stage, by its id: `stages[3]`. */
  readonly fields: ReadonlyMap<string, string>;
}

export type ParsedRunbook =
  | { readonly ok: true; readonly runbook: Runbook }
  | { readonly ok: false; readonly problems: readonly [Problem, ...Problem[]] };

/** Which stages must stand before each stage that there is. */
export type StageNeeds = Readonly<Record<string, readonly string[]>>;

function refused(problems: readonly Problem[]): ParsedRunbook {
  return { ok: false, problems: problems as readonly [Problem, ...Problem[]] };
}

/**
 * A runbook's text as a `Runbook`, or everything that is wrong with it, each with file and line.
 * Stages marked `later` are left out.
 *
 * @param file for problems
 * @param needs of every stage that there is
 * @param usual where the prose of a stage is taken from that has none here
 */
export function parseRunbook(
  text: string,
  file: string,
  needs: StageNeeds,
  usual: readonly RunbookStage[] = [],
): ParsedRunbook {
  const yaml = readYaml(text, file);
  if (!yaml.ok) return refused(yaml.problems);
  const { value, lines } = yaml;
  if (!isMapping(value)) return refused([problem('not-a-runbook', {}, { file, line: 1 })]);
  const shape = runbookSchema.safeParse(value);
  if (!shape.success) return refused(shapeProblems(shape.error.issues, { file, value, lines }));
  const entries = shape.data.stages;
  const found = entries.map((entry, at) => stageOf(entry, `stages[${at}]`, usual));
  const misplaced = orderProblems(entries.map(placeOf), needs);
  // of a stage that there is not nobody knows the prose
  const wrong =
    misplaced.length > 0 ? misplaced : found.flatMap((one) => ('code' in one ? one : []));
  const problems = wrong.map(({ at, code, params }) =>
    problem(code, params, { file, line: lineOf(lines, at), field: at }),
  );
  if (problems.length > 0) return refused(problems);
  const stages = found.flatMap((one) => ('stage' in one && one.stage ? one.stage : []));
  const fields = new Map(entries.map(({ id }, at) => [id, `stages[${at}]`]));
  const runbook = { id: shape.data.id, stages, file, lines, fields };
  const unfit = stepProblems(runbook);
  return unfit.length > 0 ? refused(unfit) : { ok: true, runbook };
}

interface Misplaced {
  /** The field. */
  readonly at: string;
  readonly code: string;
  readonly params: Readonly<Record<string, string>>;
}

/** The stage that an entry is; none for one that this version cannot do yet. */
function stageOf(
  entry: Entry,
  at: string,
  usual: readonly RunbookStage[],
): Misplaced | { readonly stage?: RunbookStage } {
  if ('later' in entry) return {};
  const own = ownStep(entry);
  if (own) {
    const { id, title, why = { en: '', zh: '' } } = entry;
    const words = { words: 'ours', ...why } as const;
    return {
      stage: { id, title: title as RunbookStage['title'], why: words, departures: [], own },
    };
  }
  const { manual: _, command: __, check: ___, departures, ...written } = entry as StageEntry;
  const known = usual.find(({ id }) => id === entry.id);
  const stage = {
    departures: [],
    ...known,
    ...written,
    ...(departures.length > 0 && { departures }),
  };
  const missing = (['title', 'why'] as const).find((name) => stage[name] === undefined);
  if (missing) return { at: `${at}.${missing}`, code: 'missing-field', params: {} };
  return { stage: stage as RunbookStage };
}

/** The schema's types say `undefined` where ours say absent. */
function ownStep(entry: Entry): OwnStep | undefined {
  const { manual, command, check } = entry as Partial<Record<OwnStep['kind'], unknown>>;
  if (manual) return { kind: 'manual', manual: manual as ManualStep };
  if (command) return { kind: 'command', command: command as CommandStep };
  return check ? { kind: 'check', check: check as OwnCheckStep } : undefined;
}

interface Placed {
  readonly id: string;
  /** A step of the operator's own: it needs nothing before it. */
  readonly own: boolean;
}

function placeOf(entry: Entry): Placed | null {
  return 'later' in entry ? null : { id: entry.id, own: ownStep(entry) !== undefined };
}

/** Stages that there are not, are there twice, or stand before one that they need. */
function orderProblems(
  places: readonly (Placed | null)[],
  needs: StageNeeds,
): readonly Misplaced[] {
  const ids = places.map((place) => place?.id);
  return places.flatMap((place, index): readonly Misplaced[] => {
    if (!place) return [];
    const { id, own } = place;
    const found = (code: string, params: Misplaced['params']) => [
      { at: `stages[${index}].id`, code, params },
    ];
    const isStage = Object.hasOwn(needs, id);
    if (own && isStage) return found('runbook-step-is-stage', { stage: id });
    if (!own && !isStage)
      return found('unknown-runbook-stage', { found: id, known: Object.keys(needs).join(', ') });
    if (ids.indexOf(id) < index) return found('runbook-stage-twice', { stage: id });
    const needed = own ? [] : (needs[id] ?? []);
    const missing = needed.filter((one) => !ids.slice(0, index).includes(one));
    if (missing.length === 0) return [];
    return found('runbook-stage-too-early', { stage: id, needs: missing.join(', ') });
  });
}
