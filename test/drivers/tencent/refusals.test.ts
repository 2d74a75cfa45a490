import test from 'ava';
import { type Cloud, tencentPort } from '../../../source/drivers/tencent/index.ts';
import type { Cloud as StandIn, World } from '../../../source/lab/cloud/index.ts';
import type {
  CloudPort,
  CloudResource,
  CloudUndo,
  Outputs,
  Problem,
} from '../../../source/model/index.ts';
import { eipBinding } from '../../../source/resources/eip-binding.ts';
import { elasticIp } from '../../../source/resources/elastic-ip.ts';
import { haVip } from '../../../source/resources/ha-vip.ts';
import { renderProblem } from '../../../source/text/index.ts';
import {
  HAVIP,
  MAC,
  ONE,
  PAIR,
  SUBNET,
  startCloud,
  TWO,
  VPC,
  WORLD,
} from '../../lab-room/cloud/_cloud.ts';
import { credential, drive } from './_driver.ts';

const session = { id: '0123456789ab', cluster: 'lab' };
const instances = [ONE, TWO];
const resources = (address: string): readonly CloudResource[] => [
  haVip({ session, network: VPC, subnet: SUBNET, address, instances, adopt: false, generation: 1 }),
  elasticIp({
    ...{ session, bandwidth: 1, network: VPC, haVip: 'ha-vip', instances, generation: 1 },
    ...{ pricePerGigabyte: 0.8, idlePricePerHour: 0.2 },
  }),
  eipBinding({ network: VPC, haVip: 'ha-vip', elasticIp: 'eip', instances }),
];
const NAMES = ['ha-vip', 'eip', 'binding'];

/** Makes one after the other, up to the first that cannot be made; and what was made is given back. */
async function run(port: CloudPort, address: string, announce: () => void): Promise<Problem> {
  const outputs: Record<string, Outputs[string]> = {};
  const undo: CloudUndo[] = [];
  for (const [index, resource] of resources(address).entries()) {
    const seen = await port.look(resource.looks);
    if ('problem' in seen) return seen.problem;
    const planned = resource.plan(seen, outputs);
    if (planned.kind === 'refused' || planned.kind === 'later') return planned.problem;
    if (planned.kind !== 'change') throw new Error(planned.kind);
    undo.unshift(...planned.undo);
    for (const action of planned.actions) {
      const end = await port.perform(action);
      if (end.kind !== 'done') {
        await giveBack(port, undo);
        return end.problem;
      }
      outputs[NAMES[index] ?? ''] = end.outputs;
    }
    announce();
  }
  throw new Error('nothing was refused');
}

async function giveBack(port: CloudPort, undo: readonly CloudUndo[]): Promise<void> {
  const looks = [{ kind: 'ha-vips', network: VPC }, { kind: 'public-addresses' }] as const;
  const seen = await port.look(looks);
  if ('problem' in seen) throw new Error(seen.problem.code);
  for (const one of undo) {
    if (one.kind === 'unbind') await port.perform({ ...one, haVip: String(one.haVip) });
    if (one.kind !== 'remove') continue;
    for (const { id, name } of [...seen.haVips, ...seen.publicAddresses]) {
      if (name !== one.name) continue;
      if (one.what === 'ha-vip' && id.startsWith('havip')) {
        await port.perform({ kind: 'remove-ha-vip', haVip: id });
      }
      if (one.what === 'public-address' && id.startsWith('eip')) {
        await port.perform({ kind: 'remove-public-address', publicAddress: id });
      }
    }
  }
}

const { account, quota } = WORLD;
const denied = (action: string) => ({ account: { ...account, denied: [action] } });

interface Case {
  readonly code: string;
  /** What is said has to have this in it. */
  readonly says?: RegExp;
  readonly world?: Partial<World>;
  readonly pair?: ReturnType<typeof credential>;
  readonly skewS?: number;
  readonly address?: string;
  /** Somebody else's, which is to be there afterwards as well. */
  readonly before?: (cloud: Cloud, standIn: StandIn) => Promise<unknown>;
}

const THEIRS = { ...HAVIP, HaVipName: 'theirs', CheckAssociate: false, HaVipAssociationSet: [] };
const makeTheirs = (cloud: Cloud) => cloud.call('CreateHaVip', { ...THEIRS, ClientToken: 'x' });

const CASES: readonly Case[] = [
  { code: 'cloud-key-wrong', pair: credential(PAIR.secretId, 'wrong'), says: /SecretKey/ },
  { code: 'cloud-clock-off', skewS: 301, says: /timedatectl/ },
  { code: 'cloud-not-allowed', world: denied('CreateHaVip'), says: /CreateHaVip/ },
  { code: 'cloud-not-allowed', world: denied('AllocateAddresses'), says: /AllocateAddresses/ },
  { code: 'cloud-not-allowed', world: denied('HaVipAssociateAddressIp'), says: /AssociateAddress/ },
  { code: 'cloud-quota-full', world: { quota: { ...quota, havipPerVpc: 0 } }, says: /CreateHaVip/ },
  { code: 'cloud-quota-full', world: { quota: { ...quota, eip: 0 } }, says: /AllocateAddresses/ },
  { code: 'cloud-quota-today', world: { quota: { ...quota, eipDaily: 0 } }, says: /existing/ },
  {
    code: 'cloud-no-balance',
    world: { account: { ...account, solvent: false } },
    says: /recharge/,
  },
  { code: 'cloud-address-in-use', address: '10.0.4.20', says: /auto/ },
  { code: 'ha-vip-foreign', before: makeTheirs, says: /--adopt/ },
  {
    code: 'ha-vip-in-use',
    says: /ins-other/,
    before: async (cloud, { standing }) => {
      await makeTheirs(cloud);
      standing.context.state.havips[0]!.holder = { instance: 'ins-other', eni: 'eni-other' };
    },
  },
];

test('what is in the way is named, with a next step; nothing of ours is left', async (t) => {
  for (const { code, says, world = {}, pair = credential(), skewS, address, before } of CASES) {
    const standIn = await startCloud(t, { world: { ...WORLD, ...world } });
    const { standing } = standIn;
    await before?.(drive(t, standIn), standIn);
    const there = { ...standing.bill() };
    if (skewS) standing.faults.add({ action: '*', kind: 'clock-skew', s: skewS, times: 99 });
    const vip = address ?? HAVIP.Vip;
    const announce = () => void standing.announce({ vip, mac: MAC.one });
    const port = tencentPort(drive(t, standIn, { credential: pair }));
    const found = await run(port, vip, announce);
    t.is(found.code, code);
    for (const language of ['en', 'zh'] as const) {
      const { title, cause, nextSteps } = renderProblem(found, language);
      t.true(title.length > 0 && cause.length > 0 && nextSteps.length > 0, code);
      if (says) t.regex([title, cause, ...nextSteps].join('\n'), says);
    }
    const { openEips, openHavips } = standing.bill();
    t.deepEqual([openEips, openHavips], [there.openEips, there.openHavips], code);
  }
});
