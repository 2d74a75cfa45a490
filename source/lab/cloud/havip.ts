import { chooseAddress } from './addresses.ts';
import { type Context, haVipOf, regionOf } from './context.ts';
import { refuse } from './errors.ts';
import { haVipShown } from './havip-read.ts';
import type { Ids } from './ids.ts';
import { startTask, type TaskFault } from './tasks.ts';
import { onceByToken } from './tokens.ts';
import type { Call, HaVip, Reply, Tag, WorldRegion, WorldSubnet } from './types.ts';

const MAX_NAME = 60;
const MAX_ASSOCIATIONS = 10;
/** A holder that was heard within this time holds. Inferred; see `World.strictDelete`. */
const HELD_MS = 10_000;

type Association = HaVip['associations'][number];
type Given = { InstanceId: string; InstanceType?: string; HaVipId?: string };

export function createHaVip(context: Context, call: Call, ids: Ids): Reply {
  return onceByToken(context.state, call, () => {
    const { body } = call;
    const region = regionOf(context, call.region);
    const subnet = subnetFor(region, body);
    checkQuota(context, subnet.vpc);
    const name = checkName(body.HaVipName);
    const vip = chooseAddress(context, region, subnet, body.Vip);
    const havip: HaVip = {
      id: ids.resource(context.state, 'havip'),
      region: call.region,
      vpc: subnet.vpc,
      subnet: subnet.id,
      vip,
      name,
      createdMs: context.atMs,
      checkAssociate: body.CheckAssociate === true,
      tags: (body.Tags ?? []) as Tag[],
      associations: ((body.HaVipAssociationSet ?? []) as Given[]).map((one) => known(region, one)),
    };
    checkCount(havip.associations);
    context.state.havips.push(havip);
    return { HaVip: haVipShown(havip) };
  });
}

function subnetFor(region: WorldRegion, body: Call['body']): WorldSubnet {
  if (!region.vpcs.some(({ id }) => id === body.VpcId)) {
    refuse('ResourceNotFound', `The VPC ${body.VpcId} is not found.`);
  }
  const nic = region.instances
    .flatMap(({ nics }) => nics)
    .find(({ eni }) => eni === body.NetworkInterfaceId);
  const id = body.SubnetId ?? nic?.subnet;
  if (id === undefined) refuse('MissingParameter', 'The parameter `SubnetId` is missing.');
  const subnet = region.subnets.find((one) => one.id === id && one.vpc === body.VpcId);
  return subnet ?? refuse('UnsupportedOperation.SubnetNotExists', `No subnet ${id} in the VPC.`);
}

function checkQuota({ state, world }: Context, vpc: string): void {
  const count = state.havips.filter((one) => one.vpc === vpc).length;
  if (count >= world.quota.havipPerVpc) {
    refuse('LimitExceeded', `The VPC has ${count} HAVIPs, which is its limit (vpc-max-havips).`);
  }
}

function checkName(name: unknown): string {
  const text = String(name);
  if (text.length > MAX_NAME) {
    refuse('InvalidParameterValue.TooLong', `HaVipName is longer than ${MAX_NAME}.`);
  }
  return text;
}

function known(region: WorldRegion, { InstanceId, InstanceType = 'CVM' }: Given): Association {
  const exists = region.instances.some(
    ({ id, nics }) => id === InstanceId || nics.some(({ eni }) => eni === InstanceId),
  );
  if (!exists) refuse('ResourceNotFound', `The instance ${InstanceId} is not found.`);
  return { InstanceId, InstanceType };
}

function checkCount(associations: readonly unknown[]): void {
  if (associations.length > MAX_ASSOCIATIONS) {
    refuse('LimitExceeded', `More than ${MAX_ASSOCIATIONS} associations.`);
  }
}

export function modifyHaVip(context: Context, { region, body }: Call): Reply {
  const havip = haVipOf(context, region, body.HaVipId);
  if (body.HaVipName !== undefined) havip.name = checkName(body.HaVipName);
  return {};
}

export function deleteHaVip(context: Context, call: Call, fault?: TaskFault): Reply {
  const havip = haVipOf(context, call.region, call.body.HaVipId);
  if (havip.eip) refuse('UnsupportedOperation', `${havip.id} has an address bound to it.`);
  const isStrict = context.world.strictDelete ?? true;
  if (isStrict && havip.holder && (havip.heardMs ?? 0) > context.atMs - HELD_MS) {
    refuse('UnsupportedOperation', `${havip.id} is held by ${havip.holder.instance}.`);
  }
  if (havip.task) mutex(havip);
  startTask(context, call.requestId, 'delete-havip', { havip }, fault);
  return {};
}

export function mutex({ id }: HaVip): never {
  return refuse('UnsupportedOperation.MutexOperationTaskRunning', `A task has ${id} in hand.`);
}

/** The association set: who may announce the address at all. */
export function associateInstances(context: Context, call: Call): Reply {
  const region = regionOf(context, call.region);
  for (const given of call.body.HaVipAssociationSet as Given[]) {
    const havip = haVipOf(context, call.region, given.HaVipId);
    const added = known(region, given);
    if (havip.associations.some(({ InstanceId }) => InstanceId === added.InstanceId)) {
      refuse('InvalidParameterValue.DuplicatedHaVipAssociations', 'It is associated already.');
    }
    checkCount([...havip.associations, added]);
    havip.associations = [...havip.associations, added];
  }
  return {};
}

export function disassociateInstances(context: Context, call: Call): Reply {
  for (const { HaVipId, InstanceId } of call.body.HaVipAssociationSet as Given[]) {
    const havip = haVipOf(context, call.region, HaVipId);
    havip.associations = havip.associations.filter((one) => one.InstanceId !== InstanceId);
  }
  return {};
}
