import { message } from '../model/index.ts';
import type { SeenNode } from './types.ts';

/** Clouds in which an address that only ARP announces does not move. */
const CLOUD = /tencent|alibaba|amazon|google|microsoft|huawei|openstack|ucloud|volcengine/i;
const TENCENT = /tencent/i;

const isMadeBy = (maker: RegExp, { vendor }: SeenNode) => vendor !== null && maker.test(vendor);

/** A machine that says, or whose maker says, that it is in a cloud. */
export function machineInCloud(nodes: readonly SeenNode[]): SeenNode | undefined {
  return machineInTencent(nodes) ?? nodes.find((node) => isMadeBy(CLOUD, node));
}

/** The same of Tencent Cloud: first one that says which instance it is. */
export function machineInTencent(nodes: readonly SeenNode[]): SeenNode | undefined {
  return nodes.find(({ cloud }) => cloud !== null) ?? nodes.find((node) => isMadeBy(TENCENT, node));
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
