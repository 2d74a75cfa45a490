import { loadState } from '../cloud/state-file.ts';
import type { World } from '../cloud/types.ts';
import type { LabSpec } from '../spec.ts';
import { cloudPlaces } from './places.ts';
import { cloudEndpoint } from './settings.ts';
import { siteWorld } from './site-world.ts';

export interface SeenHaVip {
  readonly id: string;
  readonly address: string;
  /** The machine that the cloud sends its traffic to. */
  readonly holder: string | null;
  readonly publicAddress: string | null;
}

export interface SeenEip {
  readonly id: string;
  readonly address: string;
  /** As the cloud names it: `BIND`, `UNBIND`, … */
  readonly status: string;
  /** The HAVIP that it is bound to, or about to be. */
  readonly haVip: string | null;
}

/** What the lab's cloud has. */
export interface LabCloudStatus {
  readonly endpoint: string;
  readonly havips: readonly SeenHaVip[];
  readonly eips: readonly SeenEip[];
}

const nameOf = ({ regions }: World, instance: string | undefined) =>
  regions.flatMap(({ instances }) => instances).find(({ id }) => id === instance)?.name ?? null;

/** From the cloud's state file, which is never older than its last change. */
export function labCloudStatus(spec: LabSpec): LabCloudStatus {
  const world = siteWorld(spec);
  const { havips, eips } = loadState(cloudPlaces(spec.name).state);
  return {
    endpoint: cloudEndpoint(spec),
    havips: havips.map(({ id, vip, holder, eip }) => ({
      id,
      address: vip,
      holder: nameOf(world, holder?.instance),
      publicAddress: eip ?? null,
    })),
    eips: eips.map(({ id, ip, status, havip }) => ({
      id,
      address: ip,
      status,
      haVip: havip ?? null,
    })),
  };
}
