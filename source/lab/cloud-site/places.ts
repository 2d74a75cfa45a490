import { join } from 'node:path';
import { labPlaces } from '../places.ts';

/** The name of the cloud's cgroup. */
export const CLOUD = 'cloud';

/** Where the cloud answers, on the router. */
export const CLOUD_PORT = 8800;

/** Where a machine asks about itself; on the router, to which the machines' default route leads. */
export const METADATA = { address: '169.254.0.23', port: 80 } as const;

/** What the cloud sells its public addresses from (documentation addresses). */
export const PUBLIC_RANGE = '203.0.113.0/24';

/** The files of a lab's cloud. */
export interface CloudPlaces {
  readonly folder: string;
  /** What the process is told: world, keys, pace (0600). */
  readonly settings: string;
  /** What the cloud knows, after each change (0600). */
  readonly state: string;
  readonly log: string;
}

export function cloudPlaces(lab: string): CloudPlaces {
  const folder = join(labPlaces(lab).folder, 'cloud');
  return {
    folder,
    settings: join(folder, 'settings.json'),
    state: join(folder, 'state.json'),
    log: join(folder, 'cloud.log'),
  };
}
