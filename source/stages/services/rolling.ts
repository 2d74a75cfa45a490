import type { Action, Resource } from '../../model/index.ts';

/** Takes a backend out of use on every front end, and puts it back. */
export interface Drain {
  readonly out: readonly Action[];
  readonly back: readonly Action[];
}

/** The resource, with its rolling restarts between the backend's leaving and its return. */
export function rolling(resource: Resource, { out, back }: Drain): Resource {
  return {
    ...resource,
    plan: (output) => {
      const planned = resource.plan(output);
      if (planned.kind !== 'change') return planned;
      const { change } = planned;
      const restarts = change.parts.some(({ effect }) => effect === 'rolling-restart');
      if (!restarts) return planned;
      return {
        kind: 'change',
        change: { ...change, actions: [...out, ...change.actions, ...back] },
      };
    },
  };
}
