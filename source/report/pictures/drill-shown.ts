import { type DrillTrace, type OutageBand, type Phases, targetLabels } from '../../model/index.ts';

/** What a drill's picture is drawn from. */
export interface DrillShown {
  readonly trace: DrillTrace;
  readonly predictedMs: OutageBand;
  /** The outage, in ms: of the worst view from inside. */
  readonly measuredMs: number;
  readonly phases: Phases;
}

/** Short names; where a target is asked from several places, with the place. */
export function laneNames({ lanes }: DrillTrace): readonly string[] {
  const short = targetLabels(lanes);
  return short.map((one, at) =>
    short.filter((other) => other === one).length > 1 ? `${one} ${lanes[at]?.vantage ?? ''}` : one,
  );
}
