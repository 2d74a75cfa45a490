import type { Drill } from '../model/index.ts';
import type { DrillContext } from './context.ts';
import { keepalivedStopped } from './keepalived-stopped.ts';
import { nginxRecovers } from './nginx-recovers.ts';
import { nginxStopped } from './nginx-stopped.ts';

export type { DrillContext } from './context.ts';
export { holderScript } from './holder.ts';

/** The drills of `keepalived`, in the lecture's order. */
export function keepalivedDrills(context: DrillContext): readonly Drill[] {
  return [keepalivedStopped(context), nginxStopped(context), nginxRecovers(context)];
}
