import { isCloudMaker, message } from '../model/index.ts';
import type { SeenNode } from './types.ts';

const TENCENT = /tencent/i;

/** A machine that says, or whose maker says, that it is in a cloud. */
export function machineInCloud(nodes: readonly SeenNode[]): SeenNode | undefined {
  return (
    machineInTencent(nodes) ?? nodes.find(({ vendor }) => vendor !== null && isCloudMaker(vendor))
  );
}

/** The same of Tencent Cloud: first one that says which instance it is. */
export function machineInTencent(nodes: readonly SeenNode[]): SeenNode | undefined {
  return (
    nodes.find(({ cloud }) => cloud !== null) ??
    nodes.find(({ vendor }) => TENCENT.test(vendor ?? ''))
  );
}

/** Who moves the address, as far as the machines say where they are; and why. */
export function likelyMover(nodes: readonly SeenNode[]) {
  const found = machineInTencent(nodes);
  if (!found) return { value: 'none', because: message('init-because-cloud-none') };
  const { name: node, cloud, vendor } = found;
  const because = cloud
    ? message('init-because-cloud-instance', { node, ...cloud })
    : message('init-because-cloud-vendor', { node, vendor: vendor ?? '' });
  return { value: 'tencent', because };
}

/** The region that the machines are in, as one of them says. */
export function regionOfNodes(nodes: readonly SeenNode[]): string | undefined {
  return nodes.find(({ cloud }) => cloud !== null)?.cloud?.region;
}
