import { type Drill, message } from '../model/index.ts';
import {
  answers,
  type BackendContext,
  BROKEN,
  BROKEN_UNIT,
  backendNames,
  isGone,
  START,
  stopStep,
} from './backends.ts';
import { steadyDrill } from './steady.ts';

/** One backend of a domain stops under load: nginx asks the others, and nobody loses a request. */
export function backendStopped(context: BackendContext): Drill {
  const { cluster, healthy } = context;
  return steadyDrill(context, 'backend-stopped', (holder) => {
    // not the holder's own, if there is another: then its nginx loses one that is not on 127.0.0.1
    const names = backendNames(cluster);
    const victim = names.findLast((name) => name !== holder) ?? holder;
    const domain = cluster.domains[BROKEN];
    return {
      victim,
      description: message('drill-backend-stopped-description', {
        victim,
        domain,
        unit: BROKEN_UNIT,
        holder,
      }),
      observeMs: 4000,
      undo: [{ node: victim, script: START }],
      inject: [stopStep(victim)],
      witness: [isGone(victim)],
      restored: [answers(victim, healthy)],
    };
  });
}
