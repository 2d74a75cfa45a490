import type {
  Address,
  AllocateAddressesRequest,
  CreateHaVipRequest,
  HaVip,
} from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.js';
import { carryOut, type Done } from './change.ts';
import type { Cloud } from './cloud.ts';
import { addressById, findAddresses, findHaVips, first, haVipById } from './find.ts';
import { unlessTagsRefused } from './untagged.ts';

const DEADLINE_MS = { change: 180_000, delete: 300_000 };

/** With the token that makes it the same request when it is sent again. */
type WithToken<Request> = Request & { readonly ClientToken: string };

/**
 * Makes the HAVIP, or finds the one of this name that an earlier run made; without its tags where those
 * are refused.
 */
export function makeHaVip(
  cloud: Cloud,
  tagged: WithToken<CreateHaVipRequest>,
): Promise<Done<HaVip>> {
  return unlessTagsRefused(tagged, (request) => {
    const filters = [
      { Name: 'vpc-id', Values: [request.VpcId] },
      { Name: 'havip-name', Values: [request.HaVipName] },
    ];
    return carryOut(cloud, {
      action: 'CreateHaVip',
      request,
      look: async () => first(await findHaVips(cloud, filters)),
      isDone: (seen) => seen !== undefined,
      task: 'none',
      looksFirst: true,
      deadlineMs: DEADLINE_MS.change,
    });
  });
}

/** Deletes the HAVIP; one that is gone is gone. */
export function removeHaVip(cloud: Cloud, id: string): Promise<Done<HaVip>> {
  return carryOut(cloud, {
    action: 'DeleteHaVip',
    request: { HaVipId: id },
    look: () => haVipById(cloud, id),
    isDone: (seen) => seen === undefined,
    task: 'vpc',
    looksFirst: false,
    deadlineMs: DEADLINE_MS.delete,
  });
}

/**
 * Buys the EIP, or finds the one of this name that an earlier run bought; without its tags where those
 * are refused.
 */
export function makeAddress(
  cloud: Cloud,
  tagged: WithToken<AllocateAddressesRequest> & { readonly AddressName: string },
): Promise<Done<Address>> {
  return unlessTagsRefused(tagged, (request) => {
    const filters = [{ Name: 'address-name', Values: [request.AddressName] }];
    return carryOut(cloud, {
      action: 'AllocateAddresses',
      request,
      look: async () => first(await findAddresses(cloud, filters)),
      isDone: (seen) => seen !== undefined && seen.AddressStatus !== 'CREATING',
      isBegun: (seen) => seen !== undefined,
      task: 'eip',
      looksFirst: true,
      deadlineMs: DEADLINE_MS.change,
    });
  });
}

/** Gives the EIP back; one that is gone is gone. */
export function removeAddress(cloud: Cloud, id: string): Promise<Done<Address>> {
  return carryOut(cloud, {
    action: 'ReleaseAddresses',
    request: { AddressIds: [id] },
    look: () => addressById(cloud, id),
    isDone: (seen) => seen === undefined,
    isBegun: (seen) => seen?.AddressStatus === 'OFFLINING',
    task: 'eip',
    looksFirst: false,
    deadlineMs: DEADLINE_MS.change,
  });
}

/** Binds the EIP to the HAVIP. One that has another address is refused: nothing is taken from it. */
export function bindAddress(cloud: Cloud, haVip: string, ip: string): Promise<Done<HaVip>> {
  return carryOut(cloud, {
    action: 'HaVipAssociateAddressIp',
    request: { HaVipId: haVip, AddressIp: ip },
    look: () => haVipById(cloud, haVip),
    isDone: (seen) => seen?.AddressIp === ip,
    task: 'vpc',
    looksFirst: true,
    deadlineMs: DEADLINE_MS.change,
  });
}

/** Unbinds what is bound to the HAVIP; one that has nothing, or is gone, has nothing. */
export function unbindAddress(cloud: Cloud, haVip: string): Promise<Done<HaVip>> {
  return carryOut(cloud, {
    action: 'HaVipDisassociateAddressIp',
    request: { HaVipId: haVip },
    look: () => haVipById(cloud, haVip),
    isDone: (seen) => !seen?.AddressIp,
    task: 'vpc',
    looksFirst: false,
    deadlineMs: DEADLINE_MS.change,
  });
}

/** Lets an instance hold the HAVIP. */
export function allowHolder(cloud: Cloud, haVip: string, instance: string): Promise<Done<HaVip>> {
  const one = { HaVipId: haVip, InstanceId: instance, InstanceType: 'CVM' };
  return carryOut(cloud, {
    action: 'AssociateHaVipInstance',
    request: { HaVipAssociationSet: [one] },
    look: () => haVipById(cloud, haVip),
    isDone: (seen) =>
      seen?.HaVipAssociationSet?.some(({ InstanceId }) => InstanceId === instance) ?? false,
    task: 'none',
    looksFirst: true,
    deadlineMs: DEADLINE_MS.change,
  });
}
