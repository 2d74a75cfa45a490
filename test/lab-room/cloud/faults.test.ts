import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import https from 'node:https';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import test from 'ava';
import { mintCa, mintLeaf } from '../../../source/drivers/session/mint.ts';
import type { Cloud, Fault } from '../../../source/lab/cloud/index.ts';
import { clients, codeOf, HAVIP, MAC, PAIR, startCloud, WORLD } from './_cloud.ts';

/** What the SDK makes of each fault, and whether the HAVIP is there afterwards. */
const CASES: readonly (readonly [object, RegExp, number])[] = [
  [{ kind: 'error', code: 'InternalError' }, /^InternalError$/, 0],
  [{ kind: 'http', status: 502 }, /^http 502$/, 0],
  [{ kind: 'drop-before' }, /socket hang up|ECONNRESET/, 0],
  [{ kind: 'drop-after' }, /socket hang up|ECONNRESET/, 1],
  [{ kind: 'hang-before' }, /network timeout/, 0],
  [{ kind: 'hang-after' }, /network timeout/, 1],
  [{ kind: 'partial-body' }, /FetchError/, 1],
  [{ kind: 'html' }, /FetchError.*invalid json/, 0],
  [{ kind: 'empty-json' }, /TypeError/, 0],
  [{ kind: 'delay', ms: 5 }, /^ok$/, 1],
];

test('each fault is what it says, as the SDK shows it', async (t) => {
  for (const [fault, code, there] of CASES) {
    const cloud = await startCloud(t);
    // only where an answer never comes is it waited for in real time
    const isSilent = /hang|partial/.test(JSON.stringify(fault));
    const { vpc } = clients(t, cloud, { reqTimeout: isSilent ? 1 : 20 });
    const patient = clients(t, cloud).vpc;
    cloud.standing.faults.add({ action: 'CreateHaVip', ...fault } as Fault);
    t.regex(await codeOf(vpc.CreateHaVip(HAVIP)), code, JSON.stringify(fault));
    t.is(cloud.standing.bill().openHavips, there, JSON.stringify(fault));
    t.is(await codeOf(patient.DescribeHaVips({})), 'ok', 'one fault, one request');
  }
});

test('a fault waits for its action, its turn and its parameters', async (t) => {
  const cloud = await startCloud(t);
  const { vpc } = clients(t, cloud);
  cloud.standing.faults.add({
    action: 'DescribeHaVips',
    kind: 'error',
    code: 'RequestLimitExceeded',
    skip: 1,
    times: 2,
    when: { 'Filters.0.Name': 'vip' },
  });
  const filter = { Filters: [{ Name: 'vip', Values: ['10.0.4.99'] }] };
  const codes: string[] = [];
  for (const request of [filter, {}, filter, filter, filter]) {
    codes.push(await codeOf(vpc.DescribeHaVips(request)));
  }
  const limited = 'RequestLimitExceeded';
  t.deepEqual(codes, ['ok', 'ok', limited, limited, 'ok']);
  t.is(await codeOf(vpc.DescribeVpcs({})), 'ok');
  t.deepEqual(
    cloud.standing.log.map(({ action, fault, outcome }) => `${action} ${fault} ${outcome}`),
    [
      'DescribeHaVips null ok',
      'DescribeHaVips null ok',
      `DescribeHaVips error ${limited}`,
      `DescribeHaVips error ${limited}`,
      'DescribeHaVips null ok',
      'DescribeVpcs null ok',
    ],
  );
});

test('a stale read shows what was', async (t) => {
  const cloud = await startCloud(t);
  const { vpc } = clients(t, cloud);
  await vpc.CreateHaVip(HAVIP);
  cloud.standing.advance(1000);
  cloud.standing.announce({ vip: '10.0.4.99', mac: MAC.one });
  cloud.standing.advance(1000);
  const seen = async (ms: number) => {
    cloud.standing.faults.add({ action: 'DescribeHaVips', kind: 'stale-read', ms });
    return (await vpc.DescribeHaVips({})).HaVipSet?.map(({ State }) => State);
  };
  t.deepEqual(await seen(0), ['AVAILABLE']);
  t.deepEqual(await seen(1500), ['UNBIND']);
  t.deepEqual(await seen(5000), []);
});

test('the lab’s own side, over HTTP', async (t) => {
  const cloud = await startCloud(t);
  const ask = async (path: string, body?: object) => {
    const init = body && { method: 'POST', body: JSON.stringify(body) };
    const response = await fetch(`${cloud.endpoint}/__lab/${path}`, init);
    return response.ok ? response.json() : response.status;
  };
  const { vpc } = clients(t, cloud);
  await vpc.CreateHaVip(HAVIP);
  const stream = await fetch(`${cloud.endpoint}/__lab/events`);
  const reader = stream.body!.getReader();
  t.deepEqual(await ask('arp', { vip: '10.0.4.99', mac: MAC.one }), { accepted: true });
  const { value } = await reader.read();
  t.like(JSON.parse(new TextDecoder().decode(value)), {
    type: 'holder',
    vip: '10.0.4.99',
    from: null,
    to: 'ins-00000001',
  });
  await reader.cancel();
  t.like(await ask('bill'), { openHavips: 1, openEips: 0 });
  await ask('faults', { action: '*', kind: 'error', code: 'InternalError' });
  t.is(await codeOf(vpc.DescribeHaVips({})), 'InternalError');
  await vpc.AllocateAddresses({});
  await ask('clock', { advanceMs: 3_600_000 });
  t.like(await ask('bill'), { eips: [{ idleSeconds: 3600 }] });
  t.is(((await ask('log')) as unknown[]).length, 3);
  t.is(((await ask('state')) as { eips: unknown[] }).eips.length, 1);
  await ask('reset', {});
  t.like(await ask('bill'), { openHavips: 0, openEips: 0 });
  t.is(await ask('nothing'), 404);
  t.is((await fetch(`${cloud.endpoint}/other`, { method: 'POST' })).status, 404);
});

test('it speaks TLS, too', async (t) => {
  const ca = await mintCa();
  const { certificate, key } = await mintLeaf(ca, 'cloud', { dns: [], ip: ['127.0.0.1'] });
  const { tlsPort } = await startCloud(t, { tls: { cert: certificate, key } });
  const url = `https://127.0.0.1:${tlsPort}/__lab/bill`;
  const [response] = await once(https.get(url, { ca: ca.certificate, agent: false }), 'response');
  response.resume();
  t.is(response.statusCode, 200);
});

test('identifiers follow from the seed', async (t) => {
  const id = async (seed: string) => {
    const cloud = await startCloud(t, { seed });
    return (await clients(t, cloud).vpc.CreateHaVip(HAVIP)).HaVip?.HaVipId;
  };
  t.is(await id('a'), await id('a'));
  t.not(await id('a'), await id('b'));
});

test('killed with -9 and started again, it knows what it knew', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'iam-ha-cloud-'));
  t.teardown(() => rmSync(folder, { recursive: true, force: true }));
  const file = join(folder, 'options.json');
  const stateFile = join(folder, 'state.json');
  const secrets = { [PAIR.secretId]: { key: PAIR.secretKey } };
  writeFileSync(file, JSON.stringify({ world: WORLD, secrets, pace: { taskMs: 50 } }));
  const start = async () => {
    const script = `import('./source/lab/cloud/main.ts').then((m) => m.serveCloud(${JSON.stringify({ file, stateFile })}))`;
    const child = spawn(process.execPath, ['--import=tsx', '--input-type=module', '-e', script], {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    t.teardown(() => child.kill('SIGKILL'));
    const [line] = (await once(createInterface(child.stdout), 'line')) as [string];
    return { child, cloud: { port: JSON.parse(line).port } as Cloud };
  };
  const first = await start();
  const made = await clients(t, first.cloud).vpc.CreateHaVip({ ...HAVIP, ClientToken: 'one' });
  await clients(t, first.cloud).vpc.AllocateAddresses({});
  first.child.kill('SIGKILL');
  await once(first.child, 'exit');
  t.is(statSync(stateFile).mode & 0o777, 0o600);
  const second = await start();
  const { vpc } = clients(t, second.cloud);
  t.deepEqual((await vpc.DescribeHaVips({})).HaVipSet, [made.HaVip!]);
  const again = await vpc.CreateHaVip({ ...HAVIP, ClientToken: 'one' });
  t.is(again.HaVip?.HaVipId, made.HaVip?.HaVipId);
  // the task came to its end by itself, or comes to it now
  while ((await vpc.DescribeAddresses({})).AddressSet?.[0]?.AddressStatus !== 'UNBIND');
  second.child.kill('SIGTERM');
  t.deepEqual(await once(second.child, 'exit'), [0, null]);
});
