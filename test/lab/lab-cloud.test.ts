import { spawnSync } from 'node:child_process';
import { readFileSync, statSync } from 'node:fs';
import type { ExecutionContext } from 'ava';
import { parse } from 'yaml';
import { cloudPlaces } from '../../source/lab/cloud-site/places.ts';
import { labPlaces, labStatus, labUp } from '../../source/lab/index.ts';
import { labPids } from '../../source/lab/processes.ts';
import {
  announce,
  type CloudCaller,
  cloudOf,
  fromOutside,
  instanceOf,
  openCaller,
  SECURITY_GROUP,
  SUBNET,
  VPC,
} from './_cloud.ts';
import { asOperator, down, inLab, labName, onNode, until, upFresh } from './_lab.ts';
import { tracesOf } from './_lab-traces.ts';

/** The lab's cloud, used by hand: no wizard is in any of this. */
const LAB = labName('cloud');
const VIP = '10.0.4.99';
const MARK = '10.0.4.98';
const HOUR_MS = 3_600_000;
const NODES = ['iam-1', 'iam-2'] as const;
const cloud = cloudOf(LAB);

let caller: CloudCaller;

/** Calls until it is done. */
async function did<Name extends Parameters<CloudCaller['call']>[0]>(
  t: ExecutionContext,
  action: Name,
  request: Parameters<typeof caller.call<Name>>[1],
) {
  const result = await caller.call(action, request);
  if (result.kind !== 'ok') return t.fail(`${action}: ${JSON.stringify(result)}`) as never;
  return result.value;
}

const havip = (vip = VIP) => cloud.state().havips.find((one) => one.vip === vip);
const holder = (vip = VIP) => havip(vip)?.holder?.instance;

/** Until the cloud has heard all that was announced before: another address, which anybody may have, moves. */
async function heardAll(): Promise<void> {
  const to = NODES.find((node) => instanceOf(node) !== holder(MARK)) ?? NODES[0];
  announce(LAB, to, MARK);
  onNode(LAB, to, `ip address del ${MARK}/32 dev eth0`);
  await until('all was heard', () => holder(MARK) === instanceOf(to));
}

/** A server that answers with the node's name, as long as the machine runs. */
const SERVE = `systemd-run --quiet --unit=greeter perl -e '
socket(my $s, 2, 1, 6) or die $!;
setsockopt($s, 1, 2, pack("i", 1)) or die $!;
bind($s, pack("S n x12", 2, 80)) or die $!;
listen($s, 16) or die $!;
while (accept(my $c, $s)) {
  sysread $c, my $request, 1000;
  syswrite $c, "HTTP/1.0 200 OK\\r\\n\\r\\n$ARGV[0]";
  close $c;
}' "$(hostname)"`;

inLab('up starts it, and status tells of it', async (t) => {
  t.timeout(120_000);
  await upFresh(LAB, { cloud: 'tencent' });
  const { ok, cloud: seen } = labStatus(LAB);
  t.true(ok);
  t.deepEqual(seen, { endpoint: 'http://10.0.4.1:8800', havips: [], eips: [] });
  const file = parse(readFileSync(labPlaces(LAB).cluster, 'utf8'));
  t.deepEqual(file.cloud, { provider: 'tencent', eip: { bandwidth: 5 } });
});

inLab('its keys are the operator’s alone, and nobody’s argument', (t) => {
  const { TENCENTCLOUD_SECRET_KEY: key = '' } = JSON.parse(
    readFileSync(labPlaces(LAB).environment, 'utf8'),
  );
  t.regex(key, /^[0-9a-f]{32}$/);
  for (const path of [
    labPlaces(LAB).environment,
    cloudPlaces(LAB).settings,
    cloudPlaces(LAB).state,
  ])
    t.is(statSync(path).mode & 0o777, 0o600, path);
  const inArguments = labPids(LAB).filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(key);
    } catch {
      return false;
    }
  });
  t.deepEqual(inArguments, []);
});

inLab('a machine is told about itself, by the address that it asks from', (t) => {
  const ask = (path: string) =>
    `exec 3<>/dev/tcp/169.254.0.23/80; printf 'GET /latest/meta-data/${path} HTTP/1.0\\r\\n\\r\\n' >&3; sed '1,/^\\r$/d' <&3`;
  for (const node of NODES) {
    t.is(onNode(LAB, node, ask('instance-id')), instanceOf(node));
    const mac = onNode(LAB, node, 'cat /sys/class/net/eth0/address').trim();
    t.is(onNode(LAB, node, ask('mac')), mac);
    t.is(onNode(LAB, node, ask(`network/interfaces/macs/${mac}/subnet-id`)), SUBNET);
  }
  t.is(asOperator(LAB, ask('placement/region')).stdout, 'ap-guangzhou');
  t.is(asOperator(LAB, ask('cam/security-credentials/')).stdout, '');
  cloud.setRole('ha');
  const role = JSON.parse(asOperator(LAB, ask('cam/security-credentials/ha')).stdout);
  t.like(role, { Code: 'Success' });
  t.true(role.ExpiredTime * 1000 > Date.now());
  cloud.setRole(null);
});

inLab(
  'the network tells it who has the address: a card of the set, heard outside the machine',
  async (t) => {
    t.timeout(60_000);
    caller = openCaller(LAB);
    const place = { VpcId: VPC, SubnetId: SUBNET };
    await did(t, 'CreateHaVip', { ...place, HaVipName: 'mark', Vip: MARK, CheckAssociate: false });
    await did(t, 'CreateHaVip', {
      ...place,
      HaVipName: 'by-hand',
      Vip: VIP,
      CheckAssociate: true,
      HaVipAssociationSet: [{ InstanceId: instanceOf('iam-1') }],
    });
    cloud.setArpDelay(0);
    announce(LAB, 'iam-1', VIP, 'lo');
    await heardAll();
    t.is(holder(), undefined, 'on lo nobody hears it');
    onNode(LAB, 'iam-1', `ip address del ${VIP}/32 dev lo`);
    announce(LAB, 'iam-2', VIP);
    await heardAll();
    t.is(holder(), undefined, 'iam-2 is not in the set');
    announce(LAB, 'iam-1', VIP);
    await heardAll();
    t.is(holder(), instanceOf('iam-1'));
    announce(LAB, 'iam-2', VIP);
    await heardAll();
    t.is(holder(), instanceOf('iam-1'), 'though iam-2 was the last on the network');
    const seen = labStatus(LAB).cloud?.havips.find(({ address }) => address === VIP);
    t.is(seen?.holder, 'iam-1');
  },
);

inLab('what is for the EIP goes where the cloud sends it', async (t) => {
  t.timeout(60_000);
  for (const node of NODES) onNode(LAB, node, SERVE);
  const { AddressSet } = await did(t, 'AllocateAddresses', { AddressCount: 1 });
  t.is(AddressSet?.length, 1);
  const eip = () => cloud.state().eips[0]!;
  await until('the EIP is there', () => eip().status === 'UNBIND');
  const { ip } = eip();
  t.regex(ip, /^203\.0\.113\.\d+$/);
  t.is(fromOutside(LAB, ip), undefined, 'it is not bound');
  await did(t, 'HaVipAssociateAddressIp', { HaVipId: havip()!.id, AddressIp: ip });
  await until('iam-1 answers outside', () => fromOutside(LAB, ip) === 'iam-1');
  t.is(fromOutside(LAB, ip, 8080), undefined, 'no rule lets it in');
  t.is(fromOutside(LAB, VIP), undefined, 'the private address is not reached from outside');

  await did(t, 'AssociateHaVipInstance', {
    HaVipAssociationSet: [{ HaVipId: havip()!.id, InstanceId: instanceOf('iam-2') }],
  });
  const delayMs = 2000;
  cloud.setArpDelay(delayMs);
  onNode(LAB, 'iam-1', `ip address del ${VIP}/32 dev eth0`);
  const announced = Date.now();
  announce(LAB, 'iam-2', VIP);
  await until('iam-2 answers outside', () => fromOutside(LAB, ip) === 'iam-2');
  t.true(Date.now() - announced >= delayMs);

  // far longer than all of this test takes: by the cloud's own clock
  cloud.setArpDelay(HOUR_MS);
  onNode(LAB, 'iam-2', `ip address del ${VIP}/32 dev eth0`);
  announce(LAB, 'iam-1', VIP);
  await until('the cloud has heard iam-1', () => cloud.state().claims.length > 0);
  t.is(fromOutside(LAB, ip), undefined, 'it does not follow yet, and iam-2 has it no more');
  cloud.advance(HOUR_MS);
  await until('iam-1 answers outside again', () => fromOutside(LAB, ip) === 'iam-1');
  cloud.setArpDelay(0);
  onNode(LAB, 'iam-1', `ip address del ${VIP}/32 dev eth0`);
  announce(LAB, 'iam-2', VIP);
  await until('iam-2 answers outside at once', () => fromOutside(LAB, ip) === 'iam-2');
});

inLab('the holder’s security group decides what comes in, first rule first', async (t) => {
  t.timeout(60_000);
  const { ip } = cloud.state().eips[0]!;
  const open = { Protocol: 'TCP', Port: '80', CidrBlock: '0.0.0.0/0', Action: 'ACCEPT' };
  const others = { Protocol: 'ALL', Port: 'all', CidrBlock: '10.0.4.0/24', Action: 'ACCEPT' };
  cloud.setIngress([others]);
  await until('80 is closed', () => fromOutside(LAB, ip) === undefined);
  t.is(
    onNode(LAB, 'iam-1', `exec 3<>/dev/tcp/${VIP}/80; cat <&3 & echo >&3; wait`).slice(-5),
    'iam-2',
  );
  cloud.setIngress([open, { ...open, Action: 'DROP' }]);
  await until('80 is open', () => fromOutside(LAB, ip) === 'iam-2');
  cloud.setIngress([{ ...open, Action: 'DROP' }, open]);
  await until('80 is closed again', () => fromOutside(LAB, ip) === undefined);
  await did(t, 'CreateSecurityGroupPolicies', {
    SecurityGroupId: SECURITY_GROUP,
    SecurityGroupPolicySet: { Ingress: [{ ...open, CidrBlock: '198.51.100.10', PolicyIndex: 0 }] },
  });
  await until('80 is open for the client', () => fromOutside(LAB, ip) === 'iam-2');
});

inLab('a cloud that is killed is started again by up, and is what it was', async (t) => {
  t.timeout(60_000);
  const { ip } = cloud.state().eips[0]!;
  const before = labStatus(LAB).cloud;
  const isCloud = (pid: number) => {
    try {
      return readFileSync(`/proc/${pid}/cgroup`, 'utf8').includes(`/${LAB}/cloud`);
    } catch {
      return false;
    }
  };
  for (const pid of labPids(LAB).filter(isCloud)) process.kill(pid, 'SIGKILL');
  await until('it is gone', () => labStatus(LAB).cloud === null);
  t.false(labStatus(LAB).ok);
  t.is(fromOutside(LAB, ip), 'iam-2', 'the network goes on without its API');
  t.true((await labUp({ name: LAB }, { report: () => {}, env: process.env })).changed);
  t.deepEqual(labStatus(LAB).cloud, before);
  cloud.setArpDelay(0);
  onNode(LAB, 'iam-2', `ip address del ${VIP}/32 dev eth0`);
  announce(LAB, 'iam-1', VIP);
  await until('iam-1 answers outside', () => fromOutside(LAB, ip) === 'iam-1');
});

inLab('the program that listens is started again when it dies', async (t) => {
  const listeners = () =>
    labPids(LAB).filter((pid) => {
      const { stdout } = spawnSync('cat', [`/proc/${pid}/cmdline`], { encoding: 'utf8' });
      return stdout.includes('announcements.pl');
    });
  const [first] = listeners();
  process.kill(first!, 'SIGKILL');
  await until('another one listens', () => listeners().some((pid) => pid !== first));
  onNode(LAB, 'iam-1', `ip address del ${VIP}/32 dev eth0`);
  await until('it hears', () => {
    announce(LAB, 'iam-2', VIP);
    return holder() === instanceOf('iam-2');
  });
  t.is(listeners().length, 1);
});

inLab('unbound and released, nothing comes in and nothing is open', async (t) => {
  t.timeout(60_000);
  const { ip, id } = cloud.state().eips[0]!;
  t.is(fromOutside(LAB, ip), 'iam-2');
  await did(t, 'HaVipDisassociateAddressIp', { HaVipId: havip()!.id });
  await until('it is unbound', () => cloud.state().eips[0]?.status === 'UNBIND');
  await until('nobody answers', () => fromOutside(LAB, ip) === undefined);
  await did(t, 'ReleaseAddresses', { AddressIds: [id] });
  await until('it is gone', () => cloud.bill().openEips === 0);
  for (const vip of [VIP, MARK]) {
    cloud.advance(20_000);
    await did(t, 'DeleteHaVip', { HaVipId: havip(vip)!.id });
  }
  await until('nothing is open', () => cloud.bill().openHavips === 0);
  caller.close();
});

inLab('down leaves nothing of it', async (t) => {
  t.timeout(60_000);
  await down(LAB);
  t.deepEqual(tracesOf(LAB), []);
});

inLab('without a cloud nothing of one is there', async (t) => {
  t.timeout(60_000);
  await upFresh(LAB, { cloud: 'none' });
  t.like(labStatus(LAB), { ok: true, hasCloud: false, cloud: null });
  t.is(asOperator(LAB, 'echo "$TENCENTCLOUD_ENDPOINT"').stdout, '\n');
  t.deepEqual(parse(readFileSync(labPlaces(LAB).cluster, 'utf8')).cloud, { provider: 'none' });
});

inLab.after.always('the lab goes', () => down(LAB));
