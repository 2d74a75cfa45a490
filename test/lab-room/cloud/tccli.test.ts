import { execFile, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import test, { type ExecutionContext, type TestFn } from 'ava';
import { mintCa, mintLeaf } from '../../../source/drivers/session/mint.ts';
import { HAVIP, MAC, ONE, PAIR, REGION, startCloud } from './_cloud.ts';

const has = (program: string) => spawnSync(program, ['--version']).status === 0;

/** Tencent's own command line is not everywhere: skipped by name where it is not. */
const withTccli = (has('tccli') ? test : test.skip) as unknown as TestFn;

/** Its answers, by action and parameters. */
type Tccli = (action: string, ...options: readonly string[]) => Promise<Record<string, unknown>>;

/**
 * It speaks TLS only, and believes no certificate but those of a file that is installed with it: which
 * file that is it is told when it starts.
 */
async function tccli(t: ExecutionContext, tlsPort: number, ca: string): Promise<Tccli> {
  const home = mkdtempSync(join(tmpdir(), 'iam-ha-tccli-'));
  t.teardown(() => rmSync(home, { recursive: true, force: true }));
  const file = join(home, 'ca.pem');
  writeFileSync(file, ca);
  writeFileSync(
    join(home, 'sitecustomize.py'),
    `import certifi\ncertifi.where = lambda: ${JSON.stringify(file)}\n`,
  );
  const env = {
    PATH: process.env.PATH,
    HOME: home,
    PYTHONPATH: home,
    NO_PROXY: '127.0.0.1',
    TENCENTCLOUD_SECRET_ID: PAIR.secretId,
    TENCENTCLOUD_SECRET_KEY: PAIR.secretKey,
    TENCENTCLOUD_REGION: REGION,
  };
  return async (action, ...options) => {
    const where = ['--endpoint', `127.0.0.1:${tlsPort}`];
    const { stdout } = await promisify(execFile)('tccli', ['vpc', action, ...where, ...options], {
      env,
    });
    return JSON.parse(stdout);
  };
}

withTccli('Tencent’s own command line lists, allocates, binds and releases', async (t) => {
  t.timeout(180_000);
  const ca = await mintCa();
  const { certificate, key } = await mintLeaf(ca, 'cloud', { dns: [], ip: ['127.0.0.1'] });
  const standIn = await startCloud(t, {
    tls: { cert: certificate, key },
    wall: Date.now,
    pace: { taskMs: 0 },
  });
  const { standing } = standIn;
  const cli = await tccli(t, standIn.tlsPort ?? 0, ca.certificate);
  const json = JSON.stringify;
  const { HaVip } = (await cli(
    'CreateHaVip',
    ...['--VpcId', HAVIP.VpcId, '--SubnetId', HAVIP.SubnetId, '--HaVipName', 'by-hand'],
    ...['--Vip', HAVIP.Vip, '--CheckAssociate', 'True'],
    ...['--HaVipAssociationSet', json([{ InstanceId: ONE, InstanceType: 'CVM' }])],
  )) as { HaVip: { HaVipId: string } };
  t.deepEqual(standing.announce({ vip: HAVIP.Vip, mac: MAC.one }), { accepted: true });
  const filters = ['--Filters', json([{ Name: 'vip', Values: [HAVIP.Vip] }])];
  t.like(await cli('DescribeHaVips', ...filters), {
    TotalCount: 1,
    HaVipSet: { 0: { State: 'AVAILABLE', InstanceId: ONE } },
  });
  const { AddressSet } = await cli(
    'AllocateAddresses',
    '--AddressCount',
    '1',
    '--AddressName',
    'x',
  );
  const [id = ''] = AddressSet as string[];
  const listed = await cli('DescribeAddresses', '--AddressIds', json([id]));
  const { AddressIp } = (listed.AddressSet as { AddressIp: string }[])[0]!;
  const haVip = ['--HaVipId', HaVip.HaVipId];
  await cli('HaVipAssociateAddressIp', ...haVip, '--AddressIp', AddressIp);
  t.like(await cli('DescribeAddresses', '--AddressIds', json([id])), {
    AddressSet: { 0: { AddressStatus: 'BIND', InstanceId: HaVip.HaVipId } },
  });
  await cli('HaVipDisassociateAddressIp', ...haVip);
  await cli('ReleaseAddresses', '--AddressIds', json([id]));
  standing.advance(60_000);
  await cli('DeleteHaVip', ...haVip);
  standing.catchUp();
  t.like(standing.bill(), { openEips: 0, openHavips: 0 });
});
