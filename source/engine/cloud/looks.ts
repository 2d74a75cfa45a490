import {
  type CloudLook,
  type CloudPort,
  type CloudSeen,
  InterruptedError,
  OperatorError,
  type Ports,
} from '../../model/index.ts';

/** How long a cloud's reads may lag behind what it has done. */
export const LAG_MS = 15_000;
/** Between two looks at the same thing. */
export const PAUSE_MS = 1000;

/**
 * Many looks as few as will do: at most one of each kind. HAVIPs of more than one network are those of
 * the region; whoever wanted less is shown less, see {@link seenBy}.
 */
export function mergedLooks(looks: readonly CloudLook[]): readonly CloudLook[] {
  const networks = new Set(looks.flatMap((one) => (one.kind === 'ha-vips' ? [one.network] : [])));
  const groups = new Set(looks.flatMap((one) => (one.kind === 'security-groups' ? one.ids : [])));
  const [network = null] = networks;
  const haVips: CloudLook = { kind: 'ha-vips', network: networks.size === 1 ? network : null };
  return [
    ...(networks.size > 0 ? [haVips] : []),
    ...(looks.some(({ kind }) => kind === 'public-addresses')
      ? [{ kind: 'public-addresses' } as const]
      : []),
    ...(groups.size > 0 ? [{ kind: 'security-groups', ids: [...groups] } as const] : []),
  ];
}

/** Of all that was seen what these looks asked for: another network may have the same addresses. */
export function seenBy(looks: readonly CloudLook[], all: CloudSeen): CloudSeen {
  const isWanted = (network: string) =>
    looks.some((one) => one.kind === 'ha-vips' && (one.network ?? network) === network);
  const groups = looks.flatMap((one) => (one.kind === 'security-groups' ? one.ids : []));
  const wantsAddresses = looks.some(({ kind }) => kind === 'public-addresses');
  return {
    haVips: all.haVips.filter(({ network }) => isWanted(network)),
    publicAddresses: wantsAddresses ? all.publicAddresses : [],
    securityGroups: all.securityGroups.filter(({ id }) => groups.includes(id)),
  };
}

/** @throws Error: that a cluster has no cloud is known before anything of one is planned */
export function cloudOf({ cloud }: Ports): CloudPort {
  if (!cloud) throw new Error('there is something to do in a cloud, and no cloud');
  return cloud;
}

/**
 * One look for all of them.
 *
 * @throws OperatorError when the cloud does not say; InterruptedError when it was not waited for
 */
export async function lookAtCloud(looks: readonly CloudLook[], ports: Ports): Promise<CloudSeen> {
  const seen = await cloudOf(ports).look(mergedLooks(looks));
  if (!('problem' in seen)) return seen;
  if (ports.stop.requested) throw new InterruptedError();
  throw new OperatorError(seen.problem);
}
