import { haveDone, isOpenByHand } from '../../engine/by-hand.ts';
import { type Failure, lookAt, makeStage, proveStage } from '../../engine/steps.ts';
import { type ByHand, OperatorError, type Problem } from '../../model/index.ts';
import { sanitize } from '../../text/index.ts';
import type { Journey, Scene } from '../../tui/scenes.ts';
import { meterOf } from '../cloud/result-fields.ts';
import { offerDrills } from './drills.ts';
import type { GuidedRun } from './guided-run.ts';
import { Reopen } from './leave.ts';
import { noteDue, type PlannedStage, seeForYourself, storyOf } from './plan-book.ts';

/** A stage's screen, and what the operator wants of it. */
export async function visit(guided: GuidedRun, stage: PlannedStage): Promise<void> {
  if (guided.stale) return attempt(guided, stage, () => lookAhead(guided));
  const { byHand } = stage.plan;
  if (byHand && isOpenByHand(stage.plan, guided.run.ports)) {
    return visitByHand(guided, stage, byHand);
  }
  const answer = await guided.theatre.ask({
    kind: 'review',
    journey: guided.journey(),
    story: storyOf(stage),
    checks: stage.plan.checks.length,
    due: stage.due,
    canSkip: stage.mark !== 'done',
  });
  switch (answer.kind) {
    case 'apply':
      return attempt(guided, stage, () => carryOut(guided, stage));
    case 'skip':
      return skip(guided, stage);
    case 'back':
      return guided.goBack();
    case 'edit':
      throw new Reopen();
  }
}

function skip(guided: GuidedRun, stage: PlannedStage): void {
  stage.mark = 'skipped';
  guided.run.ports.emit({ type: 'stage', id: stage.plan.id, state: 'skipped' });
  guided.goOn();
}

/** A step that a person does: it counts as done once what it claims holds. */
async function visitByHand(guided: GuidedRun, stage: PlannedStage, step: ByHand): Promise<void> {
  const { ports } = guided.run;
  const story = storyOf(stage);
  const answer = await guided.theatre.ask({
    kind: 'by-hand',
    journey: guided.journey(),
    story,
    text: { en: sanitize(step.text.en), zh: sanitize(step.text.zh) },
    isChecked: stage.plan.checks.length > 0,
  });
  if (answer.kind === 'skip') return skip(guided, stage);
  if (answer.kind !== 'yes') return guided.goBack();
  const scene = (journey: Journey): Scene => ({ kind: 'work', journey, story, stopping: false });
  await attempt(guided, stage, async () => {
    const proven = async () => {
      const [first, ...others] = await prove(guided, stage);
      if (first) throw new OperatorError([first.problem, ...others.map(({ problem }) => problem)]);
    };
    await guided.work(scene, () => haveDone(step, async () => true, ports, proven));
    stage.mark = 'done';
    await afterwards(guided, stage);
  });
}

/** What comes later may have changed by what was done: it is looked at before it is shown. */
async function lookAhead(guided: GuidedRun): Promise<void> {
  const later = guided.stages.slice(guided.at);
  await lookAgain(guided, later);
  for (const stage of later)
    if (stage.mark === 'done' && stage.due.length > 0) stage.mark = 'changed';
  guided.stale = false;
}

async function lookAgain(guided: GuidedRun, stages: readonly PlannedStage[]): Promise<void> {
  const plans = stages.map(({ plan }) => plan);
  const busy = (journey: Journey): Scene => ({
    kind: 'busy',
    journey,
    what: { code: 'tui-looking' },
  });
  noteDue(stages, await guided.work(busy, () => lookAt(plans, guided.run.ports)));
}

/** Asks where the service is interrupted, makes the changes, and measures the checks. */
async function carryOut(guided: GuidedRun, stage: PlannedStage): Promise<void> {
  if (!(await isAsShown(guided, stage)) || !(await mayInterrupt(guided, stage))) return;
  const { ports } = guided.run;
  const story = storyOf(stage);
  const scene = (journey: Journey): Scene => ({ kind: 'work', journey, story, stopping: false });
  const failures = await guided.work(scene, async () => {
    if (stage.due.length > 0) guided.stale = true;
    // what it has in the cloud is written down even where nothing is due of it
    if (stage.due.length > 0 || stage.plan.cloud?.length) {
      const before = guided.stages.slice(0, guided.at).map(({ plan }) => plan);
      await makeStage(stage.plan, ports, before);
    }
    return prove(guided, stage);
  });
  stage.due = [];
  if (failures.length > 0) return unproven(guided, stage, failures);
  stage.mark = 'done';
  await afterwards(guided, stage);
}

/** Nothing was due in the cloud: if something has become so since, it is shown before it is made. */
async function isAsShown(guided: GuidedRun, stage: PlannedStage): Promise<boolean> {
  const { plan } = stage;
  if (stage.due.length > 0 || !plan.cloud?.length) return true;
  await lookAgain(guided, [stage]);
  return stage.due.length === 0;
}

/** Measures the stage's checks; where one fails, with those of the stages on which it stands. */
function prove(guided: GuidedRun, stage: PlannedStage): Promise<readonly Failure[]> {
  const before = guided.stages.slice(0, guided.at).filter(({ mark }) => mark === 'done');
  const earlier = before.map(({ plan }) => plan);
  return proveStage(stage.plan, guided.run.ports, earlier);
}

/** Told with its causes; where one lies in an earlier stage, that one no longer holds, and is retried. */
async function unproven(
  guided: GuidedRun,
  stage: PlannedStage,
  failures: readonly Failure[],
): Promise<void> {
  const causes = guided.stages.filter(({ plan }) => failures.some((one) => one.stage === plan.id));
  for (const cause of causes) cause.mark = cause === stage ? 'failed' : 'changed';
  const problems = failures.map(({ problem }) => problem);
  const first = Math.min(...causes.map((cause) => guided.stages.indexOf(cause)));
  await failed(guided, stage, problems, true, first);
}

async function mayInterrupt(guided: GuidedRun, stage: PlannedStage): Promise<boolean> {
  for (const node of stage.outages) {
    const journey = guided.journey();
    const story = storyOf(stage);
    const answer = await guided.theatre.ask({ kind: 'confirm', journey, story, node });
    if (answer.kind !== 'yes') return false;
  }
  return true;
}

/** The stage is done: what was made and checked, until the operator goes on. */
async function afterwards(guided: GuidedRun, stage: PlannedStage): Promise<void> {
  const drills = drillsOf(guided, stage);
  const answer = await guided.theatre.ask({
    kind: 'checked',
    journey: guided.journey(),
    story: storyOf(stage),
    see: seeForYourself(stage),
    drills: drills.length,
  });
  if (answer.kind === 'drills') {
    await offerDrills(guided, drills);
    return afterwards(guided, stage);
  }
  if (answer.kind === 'again') return carryOut(guided, stage);
  if (answer.kind === 'back') guided.goBack();
  else guided.goOn();
}

/** Those of the stage, once there is an address at which a client can ask. */
function drillsOf({ stages }: GuidedRun, { plan }: PlannedStage): readonly string[] {
  const isServed = stages.some((one) => one.plan.id === 'keepalived' && one.mark === 'done');
  return isServed ? plan.drills.map(({ id }) => id) : [];
}

/** Does it; what the operator can mend is told, and then tried again or left. */
async function attempt(
  guided: GuidedRun,
  stage: PlannedStage,
  does: () => Promise<void>,
): Promise<void> {
  try {
    await does();
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    await failed(guided, stage, error.problems, false);
  }
}

/** Nothing is forgotten: after a retry the nodes are looked at again, and the stage is shown anew. */
async function failed(
  guided: GuidedRun,
  stage: PlannedStage,
  problems: readonly Problem[],
  canIgnore: boolean,
  retryAt = guided.at,
): Promise<void> {
  stage.mark = 'failed';
  const answer = await guided.theatre.ask({
    kind: 'failed',
    journey: guided.journey(),
    problems,
    canIgnore,
    canRetry: true,
    canEdit: true,
    canGoBack: guided.at > 0,
    ...meterOf(guided.run.session.journal.records()),
  });
  guided.stale = true;
  if (answer.kind === 'edit') throw new Reopen();
  if (answer.kind === 'retry') guided.at = retryAt;
  if (answer.kind === 'ignore') guided.goOn();
  if (answer.kind === 'back') guided.goBack();
}
