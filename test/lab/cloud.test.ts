import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { CLIENT, labPlaces, machineEntry } from '../../source/lab/index.ts';
import { DOMAINS } from './_clients.ts';
import { cloudOf, instanceOf, openCaller } from './_cloud.ts';
import { down, inRealLab, type Line, labName, onNode, until, upFresh } from './_lab.ts';
import { NODES, run } from './_main-job.ts';

/**
 * The wizard with the lab's cloud: everything is made and answers from outside, each disagreement of
 * the witnesses is made on purpose and named, and what was made is given back.
 */
const LAB = labName('in-cloud');
const VIP = '10.0.4.99';
const cloud = cloudOf(LAB);
const VIEWS = ['virtual-ip', 'keepalived', 'public-access'].flatMap((id) => ['--stage', id]);

test.after.always(() => down(LAB));

/** The status line that a client on the "internet" gets from the domain at the address. */
function outside(address: string, domain: string): string {
  const get = `exec 3<>/dev/tcp/${address}/80 && printf 'GET /healthz HTTP/1.0\\r\\nHost: ${domain}\\r\\n\\r\\n' >&3 && read -r line <&3 && echo "$line"`;
  const { argv, env } = machineEntry(LAB, CLIENT, ['timeout', '4', 'bash', '-c', get], process.env);
  const [program = '', ...rest] = argv;
  return spawnSync(program, rest, { env, encoding: 'utf8', timeout: 30_000 }).stdout.trim();
}

const holds = (node: string) =>
  onNode(LAB, node, 'ip -4 -o addr show dev eth0').includes(` ${VIP}/`);
const holderNow = () => NODES.filter(holds);
const isSettled = () =>
  holderNow().length === 1 &&
  cloud.state().havips[0]?.holder?.instance === instanceOf(holderNow()[0]!);

/** What `check` says of the views, all that has not passed. */
async function bad(t: ExecutionContext, code: number): Promise<readonly Line[]> {
  const { events } = await run(t, LAB, ['check', ...VIEWS, '--json'], code);
  return events.filter(({ type, verdict }) => type === 'check' && verdict !== 'passed');
}

/** Exactly one cause: of the witnesses, unless another check is named. */
async function named(t: ExecutionContext, code: string, node: string, id = 'witnesses') {
  const found = (await bad(t, 1)).filter(({ verdict }) => verdict === 'failed');
  t.deepEqual(
    found.map((one) => [one.id, one.code, one.node]),
    [[id, code, node]],
  );
}

/** Drops what `rule` says in the node's own table, until it is taken away. */
function dropping(node: string, family: 'ip' | 'netdev', hook: string, rule: string): () => void {
  const table = `${family} on_purpose`;
  onNode(
    LAB,
    node,
    `nft add table ${table}
nft add chain ${table} drops '{ type filter hook ${hook} priority -300; }'
nft add rule ${table} drops ${rule} drop`,
  );
  return () => void onNode(LAB, node, `nft delete table ${table}`);
}

const deafTo = (node: string, address: string) =>
  dropping(node, 'ip', 'input', `ip protocol 112 ip saddr ${address}`);

inRealLab('HAVIP, keepalived, EIP: both domains answer from outside', async (t) => {
  t.timeout(300_000);
  await upFresh(LAB, { cloud: 'tencent' });
  const { stderr, result } = await run(t, LAB, ['apply', '--yes', '--json'], 0);
  t.is(stderr, '');
  const { havips, eips } = cloud.state();
  t.deepEqual([havips.length, eips.length], [1, 1]);
  t.like(eips[0], { status: 'BIND', havip: havips[0]?.id });
  t.like(result.addresses, { vip: VIP, public: eips[0]?.ip });
  for (const domain of DOMAINS) t.regex(outside(eips[0]?.ip ?? '', domain), /^HTTP\/1\.\d 200/);
  const bill = cloud.bill();
  t.true(bill.eips[0]!.idleSeconds < 30, 'bought only when the VIP had a holder');
});

inRealLab('a second apply changes nothing, and all views agree', async (t) => {
  t.timeout(120_000);
  const { result } = await run(t, LAB, ['apply', '--yes', '--json'], 0);
  t.is(result.changed, 0);
  for (const count of Object.values(result.roundTrips as Record<string, number>)) t.is(count, 3);
  t.deepEqual(
    (await bad(t, 0)).map(({ id, verdict }) => [id, verdict]),
    [['public-clear-text', 'warned']],
  );
});

inRealLab('named: the association set lacks a node', async (t) => {
  t.timeout(120_000);
  const caller = openCaller(LAB);
  const HaVipId = cloud.state().havips[0]?.id ?? '';
  const HaVipAssociationSet = [{ HaVipId, InstanceId: instanceOf('iam-2') }];
  t.is((await caller.call('DisassociateHaVipInstance', { HaVipAssociationSet })).kind, 'ok');
  await named(t, 'cloud-set-lacks-node', 'iam-2');
  await run(t, LAB, ['apply', '--yes', '--stage', 'virtual-ip', '--json'], 0);
  caller.close();
});

inRealLab('named: port 80 is closed in the security group', async (t) => {
  t.timeout(120_000);
  const rule = { Protocol: 'ALL', Port: 'all', Action: 'ACCEPT' };
  cloud.setIngress([{ ...rule, CidrBlock: '10.0.4.0/24' }]);
  await named(t, 'security-group-closes-80', 'iam-1');
  cloud.setIngress([{ ...rule, CidrBlock: '0.0.0.0/0' }]);
});

inRealLab('named: VRRP is dropped one way; both ways it is that both nodes hold it', async (t) => {
  t.timeout(180_000);
  const [holder = 'iam-1'] = holderNow();
  const [deaf = 'iam-2'] = NODES.filter((node) => node !== holder);
  const address = { 'iam-1': '10.0.4.20', 'iam-2': '10.0.4.21' } as Record<string, string>;
  const hears = deafTo(deaf, address[holder] ?? '');
  await until('both have it', () => holderNow().length === 2);
  await named(t, 'vrrp-one-way', deaf);
  const hearsToo = deafTo(holder, address[deaf] ?? '');
  const found = (await bad(t, 1)).filter(({ verdict }) => verdict === 'failed');
  t.deepEqual(
    found.map(({ id, code }) => [id, code]),
    [['vip-holder', 'vip-on-several-nodes']],
  );
  hears();
  hearsToo();
  await until('one has it, and the cloud knows', isSettled);
});

inRealLab('named: not followed yet, then announced by the wrong interface', async (t) => {
  t.timeout(180_000);
  const [from = 'iam-1'] = holderNow();
  const [to = 'iam-2'] = NODES.filter((node) => node !== from);
  // what keepalived announces does not leave by the card; who asks is still answered
  const garp = `arp saddr ip ${VIP} arp daddr ip ${VIP}`;
  const speaks = dropping(to, 'netdev', 'egress device "eth0"', garp);
  onNode(LAB, from, 'systemctl restart keepalived');
  await until('it has moved', () => holds(to) && !holds(from));
  const [early] = (await bad(t, 1)).filter(({ id }) => id === 'witnesses');
  t.like(early, { verdict: 'unknown', code: 'cloud-not-followed-yet' });
  const since = `line=$(grep notify_ /var/log/keepalived.log | tail -n 1); line=\${line#[}; echo $(($(date +%s) - $(date -d "\${line%%]*}" +%s)))`;
  await until('the time is up', () => Number(onNode(LAB, to, since)) > 30, 60);
  await named(t, 'cloud-announced-elsewhere', to);
  speaks();
  onNode(LAB, to, 'systemctl restart keepalived');
  await until('one has it, and the cloud knows', isSettled);
});

inRealLab('everything is given back, by the cloud’s own account', async (t) => {
  t.timeout(180_000);
  const { result } = await run(t, LAB, ['destroy', '--yes', '--json'], 0);
  t.deepEqual(result.left, []);
  t.like(cloud.bill(), { openEips: 0, openHavips: 0 });
});

inRealLab('named: a cluster file without a cloud, for machines that are in one', async (t) => {
  t.timeout(120_000);
  const { folder, cluster } = labPlaces(LAB);
  const file = join(folder, 'without.yaml');
  const text = readFileSync(cluster, 'utf8')
    .replace(/^name: .*$/m, 'name: without')
    .replace(/^cloud:\n(?: .*\n)+/m, 'cloud: { provider: none }\n');
  writeFileSync(file, text);
  const preflight = ['check', '--stage', 'preflight', '--cluster', file, '--json'];
  const said = async () => {
    const { events } = await run(t, LAB, preflight, 0);
    return events.find(({ type, id }) => type === 'check' && id === 'cloud');
  };
  t.like(await said(), { verdict: 'passed' });
  // as the firmware of such a machine says it; what it is it then tells by its metadata
  const firmware = `mkdir -p /run/firmware/dmi/id
echo 'Tencent Cloud' >/run/firmware/dmi/id/sys_vendor
mount -t overlay -o lowerdir=/run/firmware:/sys/class overlay /sys/class`;
  onNode(LAB, 'iam-1', firmware);
  const found = await said();
  t.like(found, { verdict: 'warned', code: 'cloud-without-provider', node: 'iam-1' });
  t.regex(JSON.stringify(found), /ins-00000001/);
});
