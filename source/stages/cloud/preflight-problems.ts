import { vipAddress, whereabouts } from '../../cluster/index.ts';
import {
  addressToNumber,
  type CloudFacts,
  type Ipv4Address,
  isHostInSubnet,
  type Problem,
  problem,
} from '../../model/index.ts';
import type { StageInput } from '../stage-input.ts';
import { placeProblems } from './place.ts';

/** How Tencent Cloud names what has an address: the resource itself says whether it may be taken. */
const HA_VIP = /^ha-?vip$/i;

/** What the cloud's own facts forbid; nothing of the run is changed then. */
export function cloudProblems({
  cluster,
  cloud,
}: Pick<StageInput, 'cluster' | 'cloud'>): readonly Problem[] {
  if (!cloud) return [];
  const { facts } = cloud;
  const where = whereabouts(cluster, 'vip.address');
  const vip = vipAddress(cluster);
  return [
    ...placeProblems(cluster, facts),
    ...(isInside(vip, facts)
      ? []
      : [problem('cloud-vip-outside-subnet', { vip, subnet: facts.subnet?.cidr ?? '' }, where)]),
    ...takenProblems(vip, facts).map((one) => ({ ...one, ...where })),
  ];
}

/** The first host of a subnet is the cloud's own router. */
function isInside(vip: Ipv4Address, { subnet }: CloudFacts): boolean {
  if (!subnet) return true;
  const [network = '', length = ''] = subnet.cidr.split('/');
  const prefixLength = Number(length);
  const isGateway = addressToNumber(vip) === addressToNumber(network as Ipv4Address) + 1;
  return isHostInSubnet(vip, network as Ipv4Address, prefixLength) && !isGateway;
}

function takenProblems(vip: Ipv4Address, { vipUser }: CloudFacts): readonly Problem[] {
  if (!vipUser || HA_VIP.test(vipUser.kind)) return [];
  return [problem('cloud-vip-taken', { vip, kind: vipUser.kind, id: vipUser.id })];
}
