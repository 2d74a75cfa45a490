import { vipAddress } from '../../cluster/index.ts';
import { lookAt, makeStage, proveStage, stillHolds } from '../../engine/steps.ts';
import { EXIT, OperatorError, type Problem, problem } from '../../model/index.ts';
import type { Journey, Scene } from '../../tui/index.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import { anyLeaves } from '../leaving/leave.ts';
import type { Run } from '../open-run.ts';
import { allDrills, offerDrills } from './drills.ts';
import { finish } from './finish.ts';
import { Leave } from './leave.ts';
import {
  listed,
  noteDue,
  type PlannedStage,
  plannedStages,
  seeForYourself,
  storyOf,
} from './plan-book.ts';
import { progressOf } from './progress.ts';
import type { Answer, Theatre } from './theatre.ts';

/** The answers to a failure that the journey itself cannot carry out: the file is edited, all begins anew. */
export class Reopen extends Error {
  override readonly name = 'Reopen';
  readonly edit: boolean;
  constructor(edit: boolean) {
    super('reopen');
    this.edit = edit;
  }
}

/** From what stands to the working pair, a stage at a time. */
export class GuidedRun {
  readonly theatre: Theatre;
  readonly run: Run;
  readonly io: Io;
  readonly stages: readonly PlannedStage[];
  readonly options: GlobalOptions;
  at = 0;
  /** The lecture's drills are offered once by themselves. */
  drillsShown = false;
  #workedMs = 0;
  #since: number | undefined;
  /** Something has been changed since the later stages were last looked at. */
  #stale = false;

  constructor(theatre: Theatre, run: Run, io: Io, options: GlobalOptions) {
    this.options = options;
    this.theatre = theatre;
    this.run = run;
    this.io = io;
    this.stages = plannedStages(run.stages, run.runbook.stages);
  }

  /** What stands around every screen. */
  journey(): Journey {
    const { cluster } = this.run;
    return {
      cluster: cluster.name,
      nodes: cluster.nodes.map(({ name, address }) => ({ name, address })),
      vip: vipAddress(cluster),
      stages: this.stages.map(listed),
      at: this.at,
      workedMs: this.#workedMs,
      ...(this.#since !== undefined && { workingSince: this.#since }),
    };
  }

  /** Shows that something is at work, and does it. */
  work<Result>(scene: (journey: Journey) => Scene, does: () => Promise<Result>): Promise<Result> {
    return this.timed(() => {
      this.theatre.show(scene(this.journey()));
      return does();
    });
  }

  /** Time counts while something is at work. */
  async timed<Result>(does: () => Promise<Result>): Promise<Result> {
    this.#since = Date.now();
    try {
      return await does();
    } finally {
      this.#workedMs += Date.now() - this.#since;
      this.#since = undefined;
    }
  }

  /** @throws Leave: there is no other way out */
  async go(goal: 'stages' | 'drills'): Promise<never> {
    await this.open();
    if (goal === 'drills') {
      await offerDrills(this, allDrills(this));
      throw new Leave('home');
    }
    for (;;) {
      const stage = this.stages[this.at];
      if (stage) await this.visit(stage);
      else await finish(this);
    }
  }

  /** Plans everything; what was done before is looked at, and said to hold or not. */
  private async open(): Promise<void> {
    const { ports, leaving } = this.run;
    if (anyLeaves(leaving)) throw new OperatorError(problem('guide-nodes-leave'), EXIT.usage);
    // what runs before this one have written; ours has only begun
    const records = ports.journal.records().filter(({ type }) => type !== 'run-started');
    const before = progressOf(records);
    noteDue(this.stages, await lookAt(this.run.stages, ports));
    const known = this.stages.filter(({ plan }) => before.done.has(plan.id));
    const settled = known.filter(({ due }) => due.length === 0);
    const failing = await this.failing(settled);
    for (const stage of known) {
      const isRight = stage.due.length === 0 && !failing.some((one) => one.stage === stage.plan.id);
      stage.mark = isRight ? 'done' : 'changed';
    }
    this.at = this.nextOpen(-1);
    if (known.length === 0) return;
    const changed = known.filter(({ due }) => due.length > 0);
    await this.theatre.ask({
      kind: 'found',
      journey: this.journey(),
      agoMs: Date.now() - (before.lastMs ?? Date.now()),
      held: known.filter(({ mark }) => mark === 'done').map(({ plan }) => plan.id),
      changed: changed.map(({ plan, due }) => ({ stage: plan.id, count: due.length })),
      failing,
    });
  }

  private async failing(stages: readonly PlannedStage[]) {
    const judged = await stillHolds(
      stages.map(({ plan }) => plan),
      this.run.ports,
    );
    return judged.flatMap(({ stage, verdict }) =>
      verdict.state === 'failed' && verdict.problem ? [{ stage, problem: verdict.problem }] : [],
    );
  }

  /** The next stage that is not done, after `from`; behind the last one when there is none. */
  private nextOpen(from: number): number {
    const next = this.stages.findIndex(({ mark }, index) => index > from && mark !== 'done');
    return next < 0 ? this.stages.length : next;
  }

  /** A stage's screen until it is done, skipped or left. */
  private async visit(stage: PlannedStage): Promise<void> {
    if (this.#stale) await this.lookAhead();
    const answer = await this.theatre.ask({
      kind: 'review',
      journey: this.journey(),
      story: storyOf(stage),
      checks: stage.plan.checks.length,
      due: stage.due,
      canApply: true,
      canSkip: stage.mark !== 'done',
    });
    switch (answer.kind) {
      case 'apply':
        return this.attempt(stage, () => this.carryOut(stage));
      case 'skip':
        stage.mark = 'skipped';
        this.run.ports.emit({ type: 'stage', id: stage.plan.id, state: 'skipped' });
        this.at += 1;
        return;
      case 'back':
        this.at = Math.max(0, this.at - 1);
        return;
      case 'edit':
        throw new Reopen(true);
    }
  }

  /** What comes later may have changed by what was done: it is looked at before it is shown. */
  private async lookAhead(): Promise<void> {
    const later = this.stages.slice(this.at);
    const plans = later.map(({ plan }) => plan);
    noteDue(later, await this.work(this.busy(), () => lookAt(plans, this.run.ports)));
    for (const stage of later)
      if (stage.mark === 'done' && stage.due.length > 0) stage.mark = 'changed';
    this.#stale = false;
  }

  private busy() {
    return (journey: Journey): Scene => ({ kind: 'busy', journey, what: { code: 'tui-looking' } });
  }

  /** Asks where the service is interrupted, makes the changes, and measures the checks. */
  private async carryOut(stage: PlannedStage): Promise<void> {
    if (!(await this.mayInterrupt(stage))) return;
    const { ports } = this.run;
    const scene = (journey: Journey): Scene => ({
      kind: 'work',
      journey,
      story: storyOf(stage),
      stopping: false,
    });
    const problems = await this.work(scene, async () => {
      this.#stale = stage.due.length > 0 || this.#stale;
      if (stage.due.length > 0) await makeStage(stage.plan, ports);
      return proveStage(stage.plan, ports);
    });
    stage.due = [];
    if (problems.length > 0) return this.failed(stage, problems, true);
    stage.mark = 'done';
    await this.afterwards(stage);
  }

  private async mayInterrupt(stage: PlannedStage): Promise<boolean> {
    for (const node of stage.outages) {
      const journey = this.journey();
      const story = storyOf(stage);
      const answer = await this.theatre.ask({ kind: 'confirm', journey, story, node });
      if (answer.kind !== 'yes') return false;
    }
    return true;
  }

  /** The stage is done: what was made and checked, until the operator goes on. */
  private async afterwards(stage: PlannedStage): Promise<void> {
    const drills = this.drillsOf(stage);
    const answer = await this.theatre.ask({
      kind: 'checked',
      journey: this.journey(),
      story: storyOf(stage),
      see: seeForYourself(stage),
      drills: drills.length,
    });
    if (answer.kind === 'drills') {
      await offerDrills(this, drills);
      return this.afterwards(stage);
    }
    if (answer.kind === 'next') this.at = this.nextOpen(this.at);
    if (answer.kind === 'back') this.at = Math.max(0, this.at - 1);
    // `again`: the stage's screen comes anew, with nothing due
  }

  /** Those of the stage, once there is an address at which a client can ask. */
  private drillsOf({ plan }: PlannedStage) {
    const isServed = this.stages.some((one) => one.plan.id === 'keepalived' && one.mark === 'done');
    return isServed ? plan.drills.map(({ id }) => ({ id, stage: plan.id })) : [];
  }

  /** Does it; what the operator can mend is told, and then tried again or left. */
  private async attempt(stage: PlannedStage, does: () => Promise<void>): Promise<void> {
    try {
      await does();
    } catch (error) {
      if (!(error instanceof OperatorError)) throw error;
      await this.failed(stage, error.problems, false);
    }
  }

  private async failed(
    stage: PlannedStage,
    problems: readonly Problem[],
    canIgnore: boolean,
  ): Promise<void> {
    stage.mark = 'failed';
    const answer: Answer = await this.theatre.ask({
      kind: 'failed',
      journey: this.journey(),
      problems,
      canIgnore,
      canRetry: true,
      canGoBack: this.at > 0,
    });
    if (answer.kind === 'edit') throw new Reopen(true);
    if (answer.kind === 'ignore') this.at = this.nextOpen(this.at);
    if (answer.kind === 'back') this.at = Math.max(0, this.at - 1);
    if (answer.kind === 'retry') await this.attempt(stage, () => this.lookAhead());
  }
}
