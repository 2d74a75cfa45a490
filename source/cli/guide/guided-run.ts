import { vipAddress } from '../../cluster/index.ts';
import type { Journey, Scene } from '../../tui/scenes.ts';
import type { GlobalOptions } from '../invocation.ts';
import type { Io } from '../io.ts';
import type { Run } from '../open-run.ts';
import { listed, type PlannedStage, plannedStages } from './plan-book.ts';
import type { Theatre } from './theatre.ts';

/** All that a step of the journey has in hand: the screen, the run, and where we are. */
export class GuidedRun {
  readonly theatre: Theatre;
  readonly run: Run;
  readonly io: Io;
  readonly options: GlobalOptions;
  readonly stages: readonly PlannedStage[];
  /** Index of the stage in hand. */
  at = 0;
  /** Something has been changed since the later stages were last looked at. */
  stale = false;
  /** The lecture's drills are offered once by themselves. */
  drillsShown = false;
  #workedMs = 0;
  #since: number | undefined;

  constructor(theatre: Theatre, run: Run, io: Io, options: GlobalOptions) {
    this.theatre = theatre;
    this.run = run;
    this.io = io;
    this.options = options;
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

  /** Shows the scene while it does the work. */
  work<Result>(scene: (journey: Journey) => Scene, does: () => Promise<Result>): Promise<Result> {
    return this.timed(() => {
      this.theatre.show(scene(this.journey()));
      return does();
    });
  }

  /** Time at work counts. */
  async timed<Result>(does: () => Promise<Result>): Promise<Result> {
    const since = Date.now();
    this.#since = since;
    try {
      return await does();
    } finally {
      this.#workedMs += Date.now() - since;
      this.#since = undefined;
    }
  }

  /** Goes to the next stage that is not done; behind the last one when there is none. */
  goOn(from = this.at): void {
    const next = this.stages.findIndex(({ mark }, index) => index > from && mark !== 'done');
    this.at = next < 0 ? this.stages.length : next;
  }

  goBack(): void {
    this.at = Math.max(0, this.at - 1);
  }
}
