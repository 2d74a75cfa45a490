import test, { type ExecutionContext } from 'ava';
import type { CloudAccess } from '../../../source/cli/cloud/access.ts';
import { usedInCloud } from '../../../source/cli/cloud/used-addresses.ts';
import { findFreeAddress, type InUse } from '../../../source/cli/free-address.ts';
import { parseCluster } from '../../../source/cluster/index.ts';
import {
  type Content,
  type Ipv4Address,
  type NodeFacts,
  OperatorError,
  revealContent,
} from '../../../source/model/index.ts';
import { credential } from '../../drivers/tencent/_driver.ts';
import { clients, HAVIP, PAIR, startCloud, WORLD } from '../../lab-room/cloud/_cloud.ts';
import { pairOfLab } from '../../questions/_journeys.ts';

const FILE = `version: 1
name: pair
nodes:
  - { name: iam-1, address: 10.0.4.20, data: true }
  - { name: iam-2, address: 10.0.4.21 }
domains: { api: api.example.com, authz: authz.example.com }
vip: { address: auto }
cloud: { provider: tencent, region: ap-guangzhou }
`;

const ACCESS: CloudAccess = { credential: credential(), secrets: [] };
const FACTS: readonly NodeFacts[] = pairOfLab;
const PLACE = { address: '10.0.4.20', prefixLength: 24, nic: 'eth0' } as never;

const addresses = (...all: readonly string[]) => all as readonly Ipv4Address[];

function cluster() {
  const parsed = parseCluster(FILE, '/x/cluster.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.cluster;
}

/** A stand-in in real time, in which a HAVIP has .99: nobody holds it, and nobody answers for it. */
async function cloudWith(t: ExecutionContext, options: Parameters<typeof startCloud>[1] = {}) {
  const cloud = await startCloud(t, { wall: Date.now, ...options });
  await clients(t, cloud).vpc.CreateHaVip(HAVIP);
  const environment = { TENCENTCLOUD_ENDPOINT: cloud.endpoint };
  const asker = (access = ACCESS): InUse =>
    usedInCloud({ environment, language: 'en' }, access, cluster(), FACTS);
  return { cloud, asker };
}

/** A node for which nobody answers: the first that is asked about is free. */
function silentSubnet() {
  const asked: string[] = [];
  const ask = async (script: Content) => {
    const found = revealContent(script).match(/10\.0\.4\.\d+/g) ?? [];
    asked.push(...found);
    return `${found[0] ?? ''}\n`;
  };
  return { ask, asked };
}

test('an address that something in the cloud has is passed by, though nobody answers for it', async (t) => {
  const { asker, cloud } = await cloudWith(t);
  const { ask, asked } = silentSubnet();
  t.is(await findFreeAddress(ask, PLACE, FACTS, asker()), '10.0.4.253' as never);
  t.false(asked.includes('10.0.4.99'), 'who is known is not asked about');
  const calls = cloud.standing.log.filter(({ action }) => action === 'DescribeUsedIpAddress');
  t.is(calls.length, 1, 'all candidates at once');
  t.is(await findFreeAddress(silentSubnet().ask, PLACE, FACTS), '10.0.4.99' as never);
});

test('what has it does not matter: HAVIP, machine', async (t) => {
  const { asker } = await cloudWith(t);
  const found = await asker()(addresses('10.0.4.99', '10.0.4.20', '10.0.4.50'));
  t.deepEqual(found, addresses('10.0.4.99', '10.0.4.20'));
});

test('as many taken as are asked by ARP: the next ones are tried', async (t) => {
  const { ask, asked } = silentSubnet();
  const taken: InUse = async (all) => all.slice(0, 20);
  t.truthy(await findFreeAddress(ask, PLACE, FACTS, taken));
  t.is(new Set(asked).size, 8);
  t.is(
    await findFreeAddress(
      async () => '',
      PLACE,
      FACTS,
      async (all) => all,
    ),
    undefined,
  );
});

test('a cloud that knows us not is told, with its own reason', async (t) => {
  const { asker } = await cloudWith(t);
  const access = { ...ACCESS, credential: credential(PAIR.secretId, 'another') };
  const error = await t.throwsAsync(async () => asker(access)(addresses('10.0.4.99')), {
    instanceOf: OperatorError,
  });
  t.is(error?.problems[0].code, 'cloud-key-wrong');
});

test('where only this may not be asked, ARP alone decides: preflight tells what is lacking', async (t) => {
  const { asker } = await cloudWith(t, {
    world: { ...WORLD, account: { ...WORLD.account, denied: ['DescribeUsedIpAddress'] } },
  });
  t.deepEqual(await asker()(addresses('10.0.4.99')), []);
});
