import { type PlanEntry, partsOf } from '../../engine/probe.ts';
import type { StagePlan } from '../../model/index.ts';
import type { RunbookStage } from '../../stages/runbook.ts';
import {
  type Bilingual,
  dueKey,
  type ListedStage,
  type SeeForYourself,
  type StageMark,
  type StageStory,
} from '../../tui/scenes.ts';

/** What the plan says of a stage, and how the stage stands. Changed in place by the journey. */
export interface PlannedStage {
  readonly plan: StagePlan;
  readonly told: RunbookStage;
  mark: StageMark;
  /** The keys of every part that is due. */
  due: readonly string[];
  /** The nodes whose service is interrupted, by the plan. */
  outages: readonly string[];
}

export function plannedStages(
  plans: readonly StagePlan[],
  told: readonly RunbookStage[],
): readonly PlannedStage[] {
  return plans.flatMap((plan) => {
    const story = told.find(({ id }) => id === plan.id);
    return story ? [{ plan, told: story, mark: 'open' as const, due: [], outages: [] }] : [];
  });
}

/** Takes over what the nodes and the cloud have said. */
export function noteDue(stages: readonly PlannedStage[], plan: readonly PlanEntry[]): void {
  for (const stage of stages) {
    const parts = partsOf(plan).filter(({ stage: id }) => id === stage.plan.id);
    stage.due = parts.map(dueKey);
    const felt = parts.flatMap(({ node, effect }) => (effect === 'outage' && node ? [node] : []));
    stage.outages = [...new Set(felt)];
  }
}

const bilingual = ({ en, zh }: Bilingual): Bilingual => ({ en, zh });

export function storyOf({ told }: PlannedStage): StageStory {
  const { id, title, why, lecture, departures } = told;
  return {
    id,
    title,
    why: bilingual(why),
    isLecture: why.words === 'lecture',
    ...(lecture && { place: { part: lecture.part, lines: lecture.lines } }),
    departures,
  };
}

export function listed({ told, mark }: PlannedStage): ListedStage {
  return { id: told.id, title: told.title, mark };
}

/** A command to copy stands once, however many nodes it is for. */
const SEEN_AT_MOST = 3;

export function seeForYourself({ plan }: PlannedStage): readonly SeeForYourself[] {
  const all = plan.checks.flatMap(({ node, seeForYourself }) =>
    seeForYourself ? [{ node: node as string | null, command: seeForYourself }] : [],
  );
  const first = all.filter(
    (one, index) => all.findIndex(({ command }) => command === one.command) === index,
  );
  return first.slice(0, SEEN_AT_MOST);
}
