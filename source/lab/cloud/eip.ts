import { addressToNumber, type Ipv4Address, numberToAddress } from '../../model/index.ts';
import { type Context, eipById } from './context.ts';
import { refuse } from './errors.ts';
import type { Ids } from './ids.ts';
import { startTask, type TaskFault } from './tasks.ts';
import { onceByToken } from './tokens.ts';
import type { Call, Eip, Reply, Tag } from './types.ts';

const CHARGE_TYPES = [
  'TRAFFIC_POSTPAID_BY_HOUR',
  'BANDWIDTH_POSTPAID_BY_HOUR',
  'BANDWIDTH_PREPAID_BY_MONTH',
  'BANDWIDTH_PACKAGE',
];
const MAX_BANDWIDTH = 100;
const MAX_NAME = 128;

export function allocateAddresses(
  context: Context,
  call: Call,
  ids: Ids,
  fault?: TaskFault,
): Reply {
  return onceByToken(context.state, call, () => {
    const count = Number(call.body.AddressCount ?? 1);
    checkRequest(context, call);
    checkQuota(context, call.region, count);
    const eips = Array.from({ length: count }, () => newEip(context, call, ids));
    const taskId = ids.number(context.state);
    for (const eip of eips) startTask(context, taskId, 'allocate', { eip }, fault);
    const day = dayKey(call.region, context.atMs);
    context.state.bought[day] = (context.state.bought[day] ?? 0) + count;
    return { AddressSet: eips.map(({ id }) => id), TaskId: taskId };
  });
}

const dayKey = (region: string, ms: number) =>
  `${region}/${new Date(ms).toISOString().slice(0, 10)}`;

function checkRequest({ world }: Context, { body }: Call): void {
  const { account } = world;
  if (account.solvent === false) {
    refuse('FailedOperation.BalanceInsufficient', 'The account balance is insufficient.');
  }
  const { InternetChargeType: charge, InternetMaxBandwidthOut: bandwidth } = body;
  if (account.networkAccountType === 'LEGACY' && (charge ?? bandwidth) !== undefined) {
    refuse('InvalidParameterValue.Combination', 'A legacy account names no charge or bandwidth.');
  }
  if (charge !== undefined && !CHARGE_TYPES.includes(String(charge))) {
    refuse('InvalidParameterValue.Malformed', `No InternetChargeType ${charge}.`);
  }
  if (bandwidth !== undefined && !(Number(bandwidth) >= 1 && Number(bandwidth) <= MAX_BANDWIDTH)) {
    refuse('InvalidParameterValue.BandwidthOutOfRange', `The bandwidth ${bandwidth} is not sold.`);
  }
  const name = String(body.AddressName ?? '');
  if (name.length > MAX_NAME || /\s/.test(name)) {
    refuse('InvalidParameterValue.Malformed', 'The AddressName is too long or has spaces.');
  }
}

function checkQuota({ state, world, atMs }: Context, region: string, count: number): void {
  if (!(count >= 1)) refuse('InvalidParameterValue.Range', `AddressCount is ${count}.`);
  const own = state.eips.filter((one) => one.region === region).length;
  if (own + count > world.quota.eip) {
    refuse('AddressQuotaLimitExceeded', `The region has ${own} addresses, its limit.`);
  }
  if ((state.bought[dayKey(region, atMs)] ?? 0) + count > world.quota.eipDaily) {
    refuse('AddressQuotaLimitExceeded.DailyAllocate', 'No more addresses are sold today.');
  }
}

function newEip(context: Context, { region, body }: Call, ids: Ids): Eip {
  const eip: Eip = {
    id: ids.resource(context.state, 'eip'),
    region,
    ip: nextPublic(context),
    name: String(body.AddressName ?? ''),
    tags: (body.Tags ?? []) as Tag[],
    createdMs: context.atMs,
    ...(body.InternetChargeType !== undefined && { chargeType: String(body.InternetChargeType) }),
    ...(body.InternetMaxBandwidthOut !== undefined && {
      bandwidth: Number(body.InternetMaxBandwidthOut),
    }),
    status: 'CREATING',
    idleMs: 0,
    meteredMs: context.atMs,
  };
  context.state.eips.push(eip);
  return eip;
}

function nextPublic({ state, world }: Context): string {
  const used = new Set(state.eips.map(({ ip }) => ip));
  let value = addressToNumber((world.publicFrom ?? '203.0.113.1') as Ipv4Address);
  while (used.has(numberToAddress(value))) value += 1;
  return numberToAddress(value);
}

/** All or nothing: one that cannot be released keeps the others. */
export function releaseAddresses(
  context: Context,
  { region, body }: Call,
  ids: Ids,
  fault?: TaskFault,
): Reply {
  const eips = (body.AddressIds as string[]).map((id) => releasable(context, region, id));
  const taskId = ids.number(context.state);
  for (const eip of eips) {
    eip.status = 'OFFLINING';
    startTask(context, taskId, 'release', { eip }, fault);
  }
  return { TaskId: taskId };
}

function releasable(context: Context, region: string, id: string): Eip {
  const eip = eipById(context, region, id);
  if (!eip) refuse('InvalidAddressId.NotFound', `The address ${id} is not found.`);
  if (eip.task) refuse('OperationDenied.MutexTaskRunning', `A task has ${id} in hand.`);
  if (eip.status !== 'UNBIND') {
    refuse('InvalidAddressState', `${id} is ${eip.status}: only an unbound one is released.`);
  }
  return eip;
}
