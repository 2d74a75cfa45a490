import test from 'ava';
import { type Cloud, tencentPort } from '../../../source/drivers/tencent/index.ts';
import type { CloudPort, CloudResource, CloudSeen, Outputs } from '../../../source/model/index.ts';
import { eipBinding } from '../../../source/resources/eip-binding.ts';
import { elasticIp } from '../../../source/resources/elastic-ip.ts';
import { haVip } from '../../../source/resources/ha-vip.ts';
import {
  HAVIP,
  MAC,
  ONE,
  SUBNET,
  startCloud,
  TWO,
  VPC,
  WORLD,
} from '../../lab-room/cloud/_cloud.ts';
import { drive } from './_driver.ts';

const session = { id: '0123456789ab', cluster: 'lab' };
const instances = [ONE, TWO];
const VIP = haVip({
  session,
  network: VPC,
  subnet: SUBNET,
  address: '10.0.4.99',
  instances,
  adopt: true,
  generation: 1,
});
const PUBLIC = elasticIp({
  session,
  bandwidth: 5,
  network: VPC,
  haVip: 'ha-vip',
  instances,
  pricePerGigabyte: 0.8,
  idlePricePerHour: 0.2,
  generation: 1,
});
const BINDING = eipBinding({ network: VPC, haVip: 'ha-vip', elasticIp: 'eip', instances });

/** Looks, plans, does what is planned, and says how that went. */
async function settle(
  port: CloudPort,
  resource: CloudResource,
  outputs: Outputs = {},
): Promise<{ readonly how: string; readonly outputs: Readonly<Record<string, string>> }> {
  const seen = await port.look(resource.looks);
  if ('problem' in seen) return { how: seen.problem.code, outputs: {} };
  const planned = resource.plan(seen, outputs);
  if (planned.kind === 'settled') return { how: 'settled', outputs: planned.outputs };
  if (planned.kind !== 'change') return { how: planned.kind, outputs: {} };
  let made = {};
  for (const action of planned.actions) {
    const end = await port.perform(action);
    if (end.kind !== 'done') return { how: end.problem.code, outputs: {} };
    made = { ...made, ...end.outputs };
  }
  return { how: 'changed', outputs: made };
}

async function seenBy(cloud: Cloud): Promise<CloudSeen> {
  const seen = await tencentPort(cloud).look([...VIP.looks, ...PUBLIC.looks]);
  if ('problem' in seen) throw new Error(seen.problem.code);
  return seen;
}

test('what is planned is made once, settles, and is found by its marks', async (t) => {
  const standIn = await startCloud(t);
  const cloud = drive(t, standIn);
  const port = tencentPort(cloud);
  const vip = await settle(port, VIP);
  t.is(vip.how, 'changed');
  const outputs: Record<string, Readonly<Record<string, string>>> = { 'ha-vip': vip.outputs };
  for (const resource of [PUBLIC, BINDING]) {
    t.is((await settle(port, resource, outputs)).how, 'later', 'nothing is bought for nobody');
  }
  standIn.standing.announce({ vip: '10.0.4.99', mac: MAC.two });
  const bought = await settle(port, PUBLIC, outputs);
  t.deepEqual([bought.how, bought.outputs.address], ['changed', '203.0.113.1']);
  outputs.eip = bought.outputs;
  t.is((await settle(port, BINDING, outputs)).how, 'changed');
  for (const resource of [VIP, PUBLIC, BINDING]) {
    t.is((await settle(port, resource, outputs)).how, 'settled', resource.id);
  }
  const { haVips, publicAddresses } = await seenBy(cloud);
  t.like(haVips[0], {
    session: session.id,
    holder: TWO,
    publicAddress: '203.0.113.1',
    mayHold: instances,
  });
  t.like(publicAddresses[0], { session: session.id, state: 'bound', boundTo: vip.outputs.id });

  for (const action of [
    { kind: 'unbind', haVip: vip.outputs.id! },
    { kind: 'remove-public-address', publicAddress: bought.outputs.id! },
    { kind: 'remove-ha-vip', haVip: vip.outputs.id! },
  ] as const) {
    t.like(await port.perform(action), { kind: 'done' });
    t.like(await port.perform(action), { kind: 'done', isNew: false }, 'twice is as good');
  }
  t.deepEqual(await seenBy(cloud), { haVips: [], publicAddresses: [], securityGroups: [] });
  t.like(standIn.standing.bill(), { openEips: 0, openHavips: 0 });
});

test('one that the console made, where nobody may hold it, is mended', async (t) => {
  const standIn = await startCloud(t);
  const cloud = drive(t, standIn);
  await cloud.call('CreateHaVip', { ...HAVIP, HaVipName: 'by hand', HaVipAssociationSet: [] });
  const deaf = { accepted: false, reason: 'check-associate' } as const;
  t.deepEqual(standIn.standing.announce({ vip: '10.0.4.99', mac: MAC.one }), deaf);
  t.is((await settle(tencentPort(cloud), VIP)).how, 'changed');
  t.deepEqual(standIn.standing.announce({ vip: '10.0.4.99', mac: MAC.one }), { accepted: true });
  t.is((await settle(tencentPort(cloud), VIP)).how, 'settled');
});

test('a refusal and a lost answer are told apart; a look that fails is told', async (t) => {
  const account = { ...WORLD.account, denied: ['AllocateAddresses'] };
  const standIn = await startCloud(t, { world: { ...WORLD, account } });
  const port = tencentPort(drive(t, standIn));
  const outputs = { 'ha-vip': (await settle(port, VIP)).outputs };
  standIn.standing.announce({ vip: '10.0.4.99', mac: MAC.one });
  t.is((await settle(port, PUBLIC, outputs)).how, 'cloud-not-allowed');
  await port.perform({ kind: 'remove-ha-vip', haVip: outputs['ha-vip'].id! });
  standIn.standing.faults.add({ action: 'CreateHaVip', kind: 'drop-before', times: 3 });
  const planned = VIP.plan(await seenBy(drive(t, standIn)), {});
  const [action] = planned.kind === 'change' ? planned.actions : [];
  t.like(await port.perform(action!), { kind: 'unknown', problem: { code: 'cloud-answer-lost' } });
  const denied = {
    action: 'DescribeHaVips',
    kind: 'error',
    code: 'UnauthorizedOperation',
  } as const;
  standIn.standing.faults.add(denied);
  t.like(await port.perform(action!), { problem: { params: { action: 'DescribeHaVips' } } });
  standIn.standing.faults.add({ action: '*', kind: 'http', status: 500, times: 9 });
  t.is((await settle(port, VIP)).how, 'cloud-unreachable');
});
