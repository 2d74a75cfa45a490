import type { Scene } from '../scenes.ts';
import type { Screen } from '../screen.ts';
import { reading } from './reading.ts';

const SCREENS = { reading };

/** The screen that draws a scene. */
export function screenOf(scene: Scene): Screen {
  return SCREENS[scene.kind as 'reading'] as unknown as Screen;
}
