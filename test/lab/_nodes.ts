import { readFileSync, writeFileSync } from 'node:fs';
import { parse, stringify } from 'yaml';
import { labPlaces } from '../../source/lab/index.ts';

/** The machines of a lab of three. */
export const ALL = ['iam-1', 'iam-2', 'iam-3'] as const;

/** The lab's cluster file with the first `count` nodes only; `more` is added to the third one. */
export function writeNodes(
  lab: string,
  count: number,
  more: Readonly<Record<string, unknown>> = {},
): void {
  const file = labPlaces(lab).cluster;
  const cluster = parse(readFileSync(file, 'utf8'));
  cluster.nodes = ALL.slice(0, count).map((name, index) => ({
    name,
    address: `10.0.4.${20 + index}`,
    ...(index === 0 ? { data: true } : {}),
    ...(index === 2 ? more : {}),
  }));
  writeFileSync(file, stringify(cluster));
}
