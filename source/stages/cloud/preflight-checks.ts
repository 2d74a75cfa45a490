import { cloudAccountCheck, cloudPriceCheck } from '../../checks/cloud-account.ts';
import { cloudClientsCheck, cloudPeersCheck } from '../../checks/cloud-admits.ts';
import { cloudAclCheck, cloudApartCheck, cloudVipCheck } from '../../checks/cloud-machines.ts';
import { cloudBalanceCheck, cloudRoomCheck } from '../../checks/cloud-room.ts';
import { type Cluster, frontends, vipAddress } from '../../cluster/index.ts';
import {
  type Check,
  type CloudSeen,
  IDLE_YUAN_PER_HOUR,
  type NodeName,
} from '../../model/index.ts';
import { isOwn } from '../../resources/cloud-names.ts';
import type { CloudInput, StageInput } from '../stage-input.ts';
import { clientFlows, peerFlows } from './flows.ts';
import { closedFor, opensGroups } from './openings.ts';
import { cloudPlace, instanceOf } from './place.ts';

/** What the cloud says before anything is made there; with what its facts forbid there is no plan at all. */
export function cloudChecks(input: StageInput): readonly Check[] {
  const { cluster, cloud } = input;
  const place = cloudPlace(input);
  if (!cloud || !place) return [];
  const { facts } = cloud;
  const room = { facts, network: place.network, buys: buys(cluster), made: madeBy(input, cloud) };
  const opens = opensGroups(input);
  const machines = frontends(cluster).flatMap((node) => instanceOf(facts, node) ?? []);
  return [
    cloudAccountCheck(facts),
    cloudApartCheck(machines),
    cloudVipCheck(facts, vipAddress(cluster)),
    cloudRoomCheck(room),
    cloudBalanceCheck(room),
    cloudPriceCheck(facts, IDLE_YUAN_PER_HOUR),
    cloudPeersCheck({ facts, opens, closed: closedFor(input, peerFlows(cluster)) }),
    cloudClientsCheck({ facts, opens, closed: closedFor(input, clientFlows(cluster)) }),
    cloudAclCheck(facts),
  ];
}

/** Nodes that hear nothing of a peer until the rules are there that the cluster file asks for. */
export function openedLater(input: StageInput): readonly NodeName[] {
  if (!opensGroups(input)) return [];
  const closed = closedFor(input, peerFlows(input.cluster));
  return closed.flatMap(({ flow }) => [flow.node, ...(flow.peer ? [flow.peer.name] : [])]);
}

function buys({ cloud }: Cluster): boolean {
  return cloud.provider === 'tencent' && cloud.eip?.kind !== 'existing';
}

/** What takes up room already; a HAVIP of the VIP's address is ours, or one that is taken as it is. */
function madeBy({ cluster }: StageInput, { session }: CloudInput) {
  const vip = vipAddress(cluster);
  return ({ haVips, publicAddresses }: CloudSeen) => ({
    haVip: haVips.some((one) => one.address === vip || isOwn(one, session)),
    publicAddress: publicAddresses.some((one) => isOwn(one, session)),
  });
}
