import type { Effect } from '../../model/index.ts';
import { table } from '../../text/index.ts';
import { type Speech, say, sayList, stageName } from './words.ts';

const BY_WEIGHT: readonly Effect[] = ['outage', 'rolling-restart', 'reload'];

/** A line of a plan, as far as it is counted. */
export interface Counted {
  readonly stage: string;
  /** Null: in the cloud. */
  readonly node: string | null;
  readonly effect: Effect;
}

/** A plan at a glance, for the question below it: a stage a line, what it does where, and what is felt. */
export function planDigest(
  speech: Speech,
  title: 'plan-digest' | 'undo-digest',
  parts: readonly Counted[],
): readonly string[] {
  const stages = [...new Set(parts.map((one) => one.stage))];
  const rows = stages.map((stage) => {
    const mine = parts.filter((one) => one.stage === stage);
    return [
      stageName(speech, stage),
      String(mine.length),
      perNode(speech, mine),
      felt(speech, mine),
    ];
  });
  const lines = table(rows, ['left', 'right']).map((line) => `  ${line}`);
  return ['', say(speech, title), ...lines];
}

function perNode(speech: Speech, parts: readonly Counted[]): string {
  const places = [...new Set(parts.map((one) => one.node))];
  const count = (place: string | null) => parts.filter((one) => one.node === place).length;
  return sayList(
    speech,
    places.map((place) => `${place ?? say(speech, 'plan-in-cloud')} ${count(place)}`),
  );
}

/** What clients may feel of it, the worst first. */
function felt(speech: Speech, parts: readonly Counted[]): string {
  const effects = BY_WEIGHT.filter((effect) => parts.some((one) => one.effect === effect));
  return sayList(
    speech,
    effects.map((effect) => say(speech, `effect-${effect}`)),
  );
}
