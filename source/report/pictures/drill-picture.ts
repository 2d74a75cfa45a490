import type { TraceLane } from '../../model/index.ts';
import type { Picture } from '../document.ts';
import type { Words } from '../words.ts';
import { DRILL_WIDTH, drawDrill } from './drill-drawing.ts';
import { drillSentences } from './drill-sentences.ts';
import type { DrillShown } from './drill-shown.ts';
import { svg } from './svg.ts';
import { type TimeWindow, windowOf } from './time-scale.ts';

export interface PictureOptions {
  /** Unique on its page. */
  readonly id: string;
  readonly title: string;
  readonly words: Words;
}

/**
 * A drill as a picture: time from left to right, a lane a node with who had the VIP, a lane for what
 * clients asked, the fault, the phases, and the outage that was predicted against the one measured.
 */
export function drillPicture(
  shown: DrillShown,
  window: TimeWindow,
  { id, title, words }: PictureOptions,
): Picture {
  const sentences = drillSentences(shown, window, words);
  const { content, height } = drawDrill(shown, window, words);
  const options = { id, title, sentences, width: DRILL_WIDTH, height };
  return { title, sentences, svg: svg(options, ...content) };
}

/** So much longer, and what the timers predict could not be made out beside it. */
const MUCH_LONGER = 1.8;

/**
 * As near as what the timers predict allows; and, where clients outside felt it for much longer
 * (the cloud has its share in that), a second stretch that shows the whole of it.
 */
export function drillWindows(shown: DrillShown): {
  readonly near: TimeWindow;
  readonly whole?: TimeWindow;
} {
  const { lanes } = shown.trace;
  const inside = insideLanes(lanes);
  const whole = windowOf(shown, lanes);
  if (inside.length === lanes.length) return { near: whole };
  const near = windowOf(shown, inside);
  return whole.toMs > near.toMs * MUCH_LONGER ? { near, whole } : { near: whole };
}

/** All that nobody asked through the cloud. */
function insideLanes(lanes: readonly TraceLane[]): readonly TraceLane[] {
  return lanes.filter(({ outside }) => !outside);
}
