import {
  appliedCloudCheckId,
  failed,
  type HaVipSeen,
  message,
  problem,
  unknown,
  type Verdict,
} from '../model/index.ts';
import type { HostView, Witnesses } from './cloud-witness-read.ts';

/**
 * How long the cloud may take to follow an announcement, in seconds: its documents speak of "about
 * 10 s", and keepalived announces again while it is MASTER.
 */
export const FOLLOWS_WITHIN = 30;

/** What the cloud and the holder disagree about; undefined: nothing. */
export function judgeCloud(witnesses: Witnesses, holder: HostView): Verdict | undefined {
  const { vip, haVip, hosts } = witnesses;
  // that it is there is the claim of the resource
  if (!haVip) {
    return unknown(message('cloud-no-ha-vip', { vip }), appliedCloudCheckId(`ha-vip:${vip}`));
  }
  return lacking(haVip, holder, hosts) ?? notFollowed(haVip, holder, hosts);
}

/** The holder first: its announcements are lost now, the others' when the VIP comes to them. */
function lacking(
  haVip: HaVipSeen,
  holder: HostView,
  hosts: readonly HostView[],
): Verdict | undefined {
  const { mayHold, id, address } = haVip;
  if (!mayHold) return undefined;
  const shut = [holder, ...hosts].find(({ instance }) => !mayHold.includes(instance.id));
  if (!shut) return undefined;
  const params = { id, vip: address, instance: shut.instance.id };
  return failed(problem('cloud-set-lacks-node', params, { node: shut.node.name }));
}

function notFollowed(
  haVip: HaVipSeen,
  holder: HostView,
  hosts: readonly HostView[],
): Verdict | undefined {
  if (haVip.holder === holder.instance.id) return undefined;
  const params = {
    vip: haVip.address,
    shown: shownHolder(haVip, hosts),
    moved: haVip.movedAt ?? '-',
    seconds: holder.masterFor ?? '-',
    limit: FOLLOWS_WITHIN,
    device: holder.holdsOn ?? '-',
    nic: holder.nic,
  };
  const node = holder.node.name;
  if (holder.masterFor !== undefined && holder.masterFor < FOLLOWS_WITHIN) {
    return unknown(message('cloud-not-followed-yet', { ...params, node }));
  }
  return failed(problem('cloud-announced-elsewhere', params, { node }));
}

/** The node whose machine the cloud shows; its id where it is none of ours; `-`: nobody. */
export function shownHolder({ holder }: HaVipSeen, hosts: readonly HostView[]): string {
  if (holder === null) return '-';
  return hosts.find(({ instance }) => instance.id === holder)?.node.name ?? holder;
}
