import test from 'ava';
import { camPolicy, tencentPort } from '../../../source/drivers/tencent/index.ts';
import { ACTIONS } from '../../../source/lab/cloud/shapes.ts';
import type { NodeName } from '../../../source/model/index.ts';
import { HAVIP, ONE, SUBNET, startCloud, TWO, VPC, WORLD } from '../../lab-room/cloud/_cloud.ts';
import { drive } from './_driver.ts';

/** The actions, without the service. */
function allowed(securityGroups: boolean): readonly string[] {
  const { statement } = camPolicy({ securityGroups });
  const all = statement.flatMap(({ action }) => action);
  return [...new Set(all.map((one) => one.replace(/^name\/\w+:/, '')))];
}

test('the policy has no wildcard among its actions, and rules of groups only if asked', (t) => {
  const { statement } = camPolicy({ securityGroups: true });
  for (const action of statement[0]!.action) t.regex(action, /^name\/(vpc|cvm|sts):[A-Za-z]+$/);
  t.true(statement[0]!.action.includes('name/cvm:AllocateAddresses'));
  t.true(allowed(true).includes('CreateSecurityGroupPolicies'));
  t.false(allowed(false).includes('CreateSecurityGroupPolicies'));
});

test('money is a statement of its own: who does not like it leaves it out', (t) => {
  const { statement } = camPolicy({ securityGroups: false });
  t.deepEqual(statement[1], {
    effect: 'allow',
    action: ['name/finance:DescribeAccountBalance'],
    resource: ['*'],
  });
  t.is(statement.length, 2);
  t.false(statement[0]!.action.some((one) => one.includes('Balance')));
});

test('with nothing else allowed, everything is made and given back', async (t) => {
  const denied = [...ACTIONS.keys()].filter((name) => !allowed(false).includes(name));
  t.true(denied.includes('DeleteSecurityGroupPolicies'));
  t.true(denied.includes('AssumeRole'));
  const standIn = await startCloud(t, {
    world: { ...WORLD, account: { ...WORLD.account, denied } },
  });
  const port = tencentPort(drive(t, standIn));
  const marks = { session: '0123456789ab', cluster: 'lab' };
  const perform = async (action: Parameters<typeof port.perform>[0]) => {
    const end = await port.perform(action);
    if (end.kind !== 'done') throw new Error(JSON.stringify(end));
    return end.outputs;
  };
  const named = { name: 'a', marks, token: 'a' };
  const network = { network: VPC, subnet: SUBNET, address: HAVIP.Vip, mayHold: [ONE] };
  const { id: haVip = '' } = await perform({ kind: 'make-ha-vip', ...named, ...network });
  await perform({ kind: 'allow-holders', haVip, instances: [TWO] });
  const bought = await perform({ kind: 'make-public-address', ...named, bandwidth: 5 });
  await perform({ kind: 'bind', haVip, address: bought.address! });
  await perform({ kind: 'unbind', haVip });
  await perform({ kind: 'remove-public-address', publicAddress: bought.id! });
  await perform({ kind: 'remove-ha-vip', haVip });
  t.like(standIn.standing.bill(), { openEips: 0, openHavips: 0 });
  const nodes = [{ node: 'iam-1' as NodeName, address: '10.0.4.20', instance: null }];
  t.like(await port.survey({ nodes, vip: HAVIP.Vip, bandwidth: 5 }), { notAsked: [] });
});
