import type { Scene, SceneKind } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { ask, askYes, confirm } from './ask.ts';
import { busy } from './busy.ts';
import { byHand } from './by-hand.ts';
import { checked } from './checked.ts';
import { done } from './done.ts';
import { drillAfter } from './drill-after.ts';
import { drillMenu } from './drill-menu.ts';
import { drillRunning } from './drill-running.ts';
import { failed } from './failed.ts';
import { found } from './found.ts';
import { home } from './home.ts';
import { choose, question } from './question.ts';
import { reading } from './reading.ts';
import { review } from './review.ts';
import { watch } from './watch.ts';
import { work } from './work.ts';

/** Every kind of scene has a screen. */
const SCREENS: { readonly [Kind in SceneKind]: Screen<Extract<Scene, { kind: Kind }>> } = {
  home,
  busy,
  found,
  review,
  'by-hand': byHand,
  confirm,
  ask,
  question,
  choose,
  'ask-yes': askYes,
  work,
  checked,
  failed,
  done,
  reading,
  'drill-menu': drillMenu,
  'drill-running': drillRunning,
  'drill-after': drillAfter,
  watch,
};

/** The screen that draws a scene. */
export function screenOf(scene: Scene): Screen {
  // each screen is given only scenes of its own kind
  return SCREENS[scene.kind] as unknown as Screen;
}
