import { type Problem, problem } from '../model/index.ts';
import { whereabouts } from './derived.ts';
import type { Cluster } from './types.ts';

/** A value that is right, but that this version can do nothing with, and what it can do instead. */
interface Gap {
  readonly field: string;
  readonly value: string;
  readonly instead: string;
}

function networkGaps({ tls }: Cluster): readonly Gap[] {
  return tls ? [{ field: 'tls', value: 'tls', instead: '# tls: …' }] : [];
}

/** What the file asks for that this version cannot do: problems `setting-not-yet`, in the file's order. */
export function notYet(cluster: Cluster): readonly Problem[] {
  return networkGaps(cluster)
    .map(({ field, value, instead }) =>
      problem('setting-not-yet', { found: value, instead }, whereabouts(cluster, field)),
    )
    .sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}
