import {
  type CloudMeasured,
  type CloudMeasurement,
  type Measured,
  type Measurement,
  type Ports,
  problem,
} from '../../model/index.ts';
import { mergedLooks, seenBy } from './looks.ts';

/** What the cloud says to all these measurements: one look, of which each is given what it asked for. */
export async function measureCloud(
  all: readonly Measurement[],
  { cloud }: Ports,
): Promise<ReadonlyMap<Measurement, Measured>> {
  const mine = all.filter((one): one is CloudMeasurement => one.kind === 'cloud');
  if (mine.length === 0) return new Map();
  const seen = cloud
    ? await cloud.look(mergedLooks(mine.flatMap(({ looks }) => looks)))
    : { problem: problem('cloud-not-opened') };
  return new Map(
    mine.map((one): [Measurement, CloudMeasured] => [
      one,
      'problem' in seen
        ? { kind: 'cloud-unseen', problem: seen.problem }
        : { kind: 'cloud-seen', seen: seenBy(one.looks, seen) },
    ]),
  );
}
