import test from 'ava';
import { Standing } from '../../../source/lab/cloud/standing.ts';
import { readHeard } from '../../../source/lab/cloud-site/listener.ts';
import { metadataOf } from '../../../source/lab/cloud-site/metadata.ts';
import {
  cloudEnvironment,
  cloudSettings,
  hasCloud,
  newPair,
} from '../../../source/lab/cloud-site/settings.ts';
import { labSpec } from '../../../source/lab/options.ts';
import { operatorMac } from '../../../source/lab/spec.ts';

const SPEC = labSpec({ name: 'x', nodes: 3, mongodb: true });
const PAIR = newPair();
const SETTINGS = cloudSettings(SPEC, PAIR);
const REGION = SETTINGS.world.regions[0]!;

test('every machine of the subnet is an instance, on a host of its own; the client is outside', (t) => {
  t.deepEqual(
    REGION.instances.map(({ name, nics: [nic] }) => `${name} ${nic.ip}`),
    [
      'iam-1 10.0.4.20',
      'iam-2 10.0.4.21',
      'iam-3 10.0.4.22',
      'mongo 10.0.4.30',
      'operator 10.0.4.10',
    ],
  );
  t.is(REGION.instances[0]!.nics[0].mac, SPEC.machines[0]!.mac);
  t.is(REGION.instances[4]!.nics[0].mac, operatorMac('x'));
  t.is(new Set(REGION.instances.map(({ host }) => host)).size, 5);
  t.true(REGION.instances.every(({ state }) => state === 'RUNNING'));
});

test('the security group is right to begin with: the service for all, everything among the hosts', (t) => {
  const [group] = REGION.securityGroups;
  t.deepEqual(
    group?.ingress.map(({ Protocol, Port, CidrBlock, Action }) => [
      Protocol,
      Port,
      CidrBlock,
      Action,
    ]),
    [
      ['TCP', '80', '0.0.0.0/0', 'ACCEPT'],
      ['TCP', '22', '0.0.0.0/0', 'ACCEPT'],
      ['ALL', 'all', '10.0.4.0/24', 'ACCEPT'],
    ],
  );
});

test("the operator has the keys that the cloud knows, and nothing of the caller's own account", (t) => {
  const environment = cloudEnvironment(SPEC, PAIR);
  t.deepEqual(SETTINGS.secrets, {
    [environment.TENCENTCLOUD_SECRET_ID]: { key: environment.TENCENTCLOUD_SECRET_KEY },
  });
  t.is(environment.TENCENTCLOUD_ENDPOINT, `http://${SETTINGS.host}:${SETTINGS.port}`);
  t.is(environment.TENCENTCLOUD_TOKEN, '');
  t.not(newPair().secretKey, PAIR.secretKey);
});

test('there is a cloud where a person clicks, too; none where none is wanted or an older version made the lab', (t) => {
  const { cloud: _, ...older } = SPEC;
  t.true(hasCloud(labSpec({ cloud: 'console' })));
  t.false(hasCloud(labSpec({ cloud: 'none' })));
  t.false(hasCloud(older as typeof SPEC));
});

const LINES: readonly (readonly [string, ReturnType<typeof readHeard>])[] = [
  ['02:00:00:00:00:0a 10.0.4.99', { mac: '02:00:00:00:00:0a', vip: '10.0.4.99' }],
  ['ready', undefined],
  ['02:00:00:00:00:0a', undefined],
  ['02:00:00:00:00:0a 10.0.4.99 and more', undefined],
];
for (const [line, heard] of LINES) {
  test(`heard: ${line}`, (t) => {
    t.deepEqual(readHeard(line), heard);
  });
}

const standing = () => new Standing({ ...SETTINGS, wall: () => 0, signingClock: () => 1000 });
const own = `/latest/meta-data/network/interfaces/macs/${SPEC.machines[1]!.mac}`;

for (const [path, text] of [
  ['/latest/meta-data/instance-id', 'ins-00000002'],
  ['/latest/meta-data/placement/region', 'ap-guangzhou'],
  ['/latest/meta-data/placement/zone', 'ap-guangzhou-4'],
  ['/latest/meta-data/local-ipv4', '10.0.4.21'],
  ['/latest/meta-data/network/interfaces/macs/', `${SPEC.machines[1]!.mac}/`],
  [`${own}/vpc-id`, 'vpc-lab00001'],
  [`${own}/subnet-id`, 'subnet-lab00001'],
  [`${own}/primary-local-ipv4`, '10.0.4.21'],
  ['/latest/meta-data/nothing', undefined],
  ['/latest/meta-data/constructor', undefined],
  ['/latest/instance-id', undefined],
  ['/latest/meta-data/cam/security-credentials/', undefined],
] as const) {
  test(`metadata for iam-2: ${path}`, (t) => {
    t.is(metadataOf(standing(), '10.0.4.21', path), text);
  });
}

test('a stranger is told nothing', (t) => {
  t.is(metadataOf(standing(), '198.51.100.10', '/latest/meta-data/instance-id'), undefined);
});

test('a role that was given has a pair that the cloud knows; another role has none', (t) => {
  const cloud = standing();
  cloud.role = 'ha';
  const path = '/latest/meta-data/cam/security-credentials/';
  t.is(metadataOf(cloud, '10.0.4.10', path), 'ha');
  t.is(metadataOf(cloud, '10.0.4.10', `${path}other`), undefined);
  const told = JSON.parse(metadataOf(cloud, '10.0.4.10', `${path}ha`) ?? '{}');
  t.like(told, { Code: 'Success', ExpiredTime: 7201 });
  t.like(cloud.context.state.temporary[told.TmpSecretId], {
    key: told.TmpSecretKey,
    token: told.Token,
  });
});

test('after everything that may have changed it, whoever follows is told', (t) => {
  let told = 0;
  const cloud = new Standing({ ...SETTINGS, wall: () => 0, onSaved: () => (told += 1) });
  told = 0;
  cloud.announce({ vip: '10.0.4.99', mac: SPEC.machines[0]!.mac });
  t.is(told, 1);
});
