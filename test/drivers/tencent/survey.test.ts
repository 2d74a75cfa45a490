import test from 'ava';
import { tencentPort } from '../../../source/drivers/tencent/index.ts';
import type { CloudSurvey, NodeName } from '../../../source/model/index.ts';
import { ONE, SUBNET, startCloud, TWO, VPC } from '../../lab-room/cloud/_cloud.ts';
import { drive } from './_driver.ts';

const WANTED: CloudSurvey = {
  nodes: [
    { node: 'iam-1' as NodeName, address: '10.0.4.20', instance: ONE },
    { node: 'iam-2' as NodeName, address: '10.0.4.21', instance: null },
  ],
  vip: '10.0.4.99',
  bandwidth: 1,
};

test('the nodes’ machines are found by their own word and by address', async (t) => {
  const port = tencentPort(drive(t, await startCloud(t)));
  const facts = await port.survey(WANTED);
  if ('problem' in facts) throw new Error(facts.problem.code);
  t.like(facts, {
    provider: 'tencent',
    region: 'ap-guangzhou',
    account: { kind: 'standard' },
    subnet: { id: SUBNET, network: VPC, cidr: '10.0.4.0/24', networkAcl: null },
  });
  t.deepEqual(
    facts.instances.map(({ node, id, network, subnet, state, mac }) => {
      return [node, id, network, subnet, state, mac];
    }),
    [
      ['iam-1', ONE, VPC, SUBNET, 'RUNNING', '02:00:00:00:00:01'],
      ['iam-2', TWO, VPC, SUBNET, 'RUNNING', '02:00:00:00:00:02'],
    ],
  );
});
