import { type Problem, problem } from '../model/index.ts';
import { whereabouts } from './derived.ts';
import type { Cluster } from './types.ts';

/** A value that is right, but that this version can do nothing with, and what it can do instead. */
interface Gap {
  readonly field: string;
  readonly value: string;
  readonly instead: string;
  /** Where it is not for lack of a next version. */
  readonly code?: string;
}

function iamGaps({ iam }: Cluster): readonly Gap[] {
  const gaps: Gap[] = [];
  const { source } = iam;
  if (source.kind === 'installed') {
    gaps.push({
      field: 'iam.source',
      value: source.kind,
      instead: 'source: { go: v1.6.2 }',
    });
  }
  return gaps;
}

function databaseGaps({ databases }: Cluster): readonly Gap[] {
  const { kind } = databases.mongodb;
  if (kind === 'none') return [];
  const gap = { field: 'databases.mongodb', value: kind, instead: 'mongodb: none' };
  return [kind === 'install' ? { ...gap, code: 'mongodb-not-packaged' } : gap];
}

function networkGaps({ tls, cloud }: Cluster): readonly Gap[] {
  const gaps: Gap[] = [];
  if (tls) gaps.push({ field: 'tls', value: 'tls', instead: '# tls: …' });
  if (cloud.provider !== 'none') {
    gaps.push({
      field: 'cloud.provider',
      value: cloud.provider,
      instead: 'cloud: { provider: none }',
    });
  }
  return gaps;
}

/** What the file asks for that this version cannot do: problems `setting-not-yet`, in the file's order. */
export function notYet(cluster: Cluster): readonly Problem[] {
  const gaps = [...iamGaps(cluster), ...databaseGaps(cluster), ...networkGaps(cluster)];
  return gaps
    .map(({ field, value, instead, code = 'setting-not-yet' }) =>
      problem(code, { found: value, instead }, whereabouts(cluster, field)),
    )
    .sort((one, other) => (one.line ?? 0) - (other.line ?? 0));
}
