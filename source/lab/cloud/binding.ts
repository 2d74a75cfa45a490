import { isIpv4Address } from '../../model/index.ts';
import { type Context, eipById, haVipOf } from './context.ts';
import { refuse } from './errors.ts';
import { mutex } from './havip.ts';
import { startTask, type TaskFault } from './tasks.ts';
import type { Call, Reply } from './types.ts';

/** Takes the address itself, not its id. */
export function bindAddress(context: Context, call: Call, fault?: TaskFault): Reply {
  const { HaVipId, AddressIp } = call.body;
  const havip = haVipOf(context, call.region, HaVipId);
  if (!isIpv4Address(String(AddressIp))) {
    refuse('InvalidParameterValue.Malformed', `${AddressIp} is not an IPv4 address.`);
  }
  if (havip.eip) refuse('UnsupportedOperation.BindEIP', `${havip.id} has ${havip.eip} already.`);
  const eip = context.state.eips.find((one) => one.region === call.region && one.ip === AddressIp);
  if (!eip) refuse('ResourceNotFound', `The address ${AddressIp} is not found.`);
  if (havip.task || eip.task) mutex(havip);
  if (eip.status !== 'UNBIND') {
    refuse('UnsupportedOperation.BindEIP', `${AddressIp} is bound already.`);
  }
  eip.status = 'BINDING';
  eip.havip = havip.id;
  startTask(context, call.requestId, 'bind', { havip, eip }, fault);
  return {};
}

export function unbindAddress(context: Context, call: Call, fault?: TaskFault): Reply {
  const havip = haVipOf(context, call.region, call.body.HaVipId);
  if (havip.task) mutex(havip);
  const eip = context.state.eips.find(({ ip }) => ip === havip.eip);
  if (!eip) refuse('UnsupportedOperation.UnbindEIP', `${havip.id} has no address.`);
  if (eip.task) mutex(havip);
  eip.status = 'UNBINDING';
  startTask(context, call.requestId, 'unbind', { havip, eip }, fault);
  return {};
}

/** For addresses of machines and cards; one of a HAVIP is unbound by the HAVIP's own action. */
export function disassociateAddress(context: Context, { region, body }: Call): Reply {
  const eip = eipById(context, region, body.AddressId);
  if (!eip) refuse('InvalidAddressId.NotFound', `The address ${body.AddressId} is not found.`);
  if (eip.task) refuse('OperationDenied.MutexTaskRunning', `A task has ${eip.id} in hand.`);
  return refuse(
    'UnsupportedOperation.AddressStatusNotPermit',
    eip.havip ? `${eip.id} is bound to a HAVIP.` : `${eip.id} is not bound.`,
  );
}
