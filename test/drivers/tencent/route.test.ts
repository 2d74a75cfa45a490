import { once } from 'node:events';
import net, { type AddressInfo } from 'node:net';
import test from 'ava';
import { openCloud } from '../../../source/drivers/tencent/index.ts';
import { proxyFor, routeTo } from '../../../source/drivers/tencent/route.ts';
import { OperatorError } from '../../../source/model/index.ts';
import { startCloud } from '../../lab-room/cloud/_cloud.ts';
import { credential, drive } from './_driver.ts';

const clock = { now: () => 0, sleep: async () => {} };
const HOST = 'vpc.tencentcloudapi.com';
const PROXY = 'http://proxy.example:3128';

test('which proxy, if any', (t) => {
  const cases: readonly (readonly [Record<string, string>, string | undefined])[] = [
    [{}, undefined],
    [{ https_proxy: PROXY }, PROXY],
    [{ HTTPS_PROXY: PROXY }, PROXY],
    [{ all_proxy: PROXY }, PROXY],
    [{ https_proxy: PROXY, HTTPS_PROXY: 'http://other' }, PROXY],
    [{ https_proxy: '' }, undefined],
    [{ http_proxy: PROXY, HTTP_PROXY: PROXY }, undefined],
    [{ https_proxy: PROXY, no_proxy: '*' }, undefined],
    [{ https_proxy: PROXY, no_proxy: 'tencentcloudapi.com' }, undefined],
    [{ https_proxy: PROXY, no_proxy: 'localhost, .tencentcloudapi.com' }, undefined],
    [{ https_proxy: PROXY, NO_PROXY: 'VPC.TencentCloudAPI.com:443' }, undefined],
    [{ https_proxy: PROXY, no_proxy: 'cloudapi.com,10.0.0.0/8' }, PROXY],
  ];
  for (const [environment, proxy] of cases) {
    t.is(proxyFor(HOST, environment), proxy, JSON.stringify(environment));
  }
});

test('a route has an agent or a proxy of its own: the SDK looks for none', (t) => {
  for (const environment of [
    {},
    { https_proxy: PROXY },
    { TENCENTCLOUD_ENDPOINT: 'http://10.0.4.10:8080' },
    { TENCENTCLOUD_ENDPOINT: 'https://cloud.example', https_proxy: PROXY },
  ]) {
    const { agent, proxy } = routeTo(HOST, environment);
    t.not(agent === undefined, proxy === undefined, JSON.stringify(environment));
    agent?.destroy();
  }
  const named = routeTo(HOST, { TENCENTCLOUD_ENDPOINT: 'http://10.0.4.10:8080' });
  t.like(named, { protocol: 'http://', endpoint: `${HOST}:8080` });
});

test('an address that is none is said, and a proxy’s password is not', (t) => {
  for (const [name, code] of [
    ['TENCENTCLOUD_ENDPOINT', 'cloud-endpoint-bad'],
    ['https_proxy', 'cloud-proxy-bad'],
  ] as const) {
    const error = t.throws(() => routeTo(HOST, { [name]: 'ftp://u:pass@x' }), {
      instanceOf: OperatorError,
    });
    t.is(error.problems[0].code, code);
    t.notRegex(JSON.stringify(error.problems), /pass/);
  }
  const environment = { TENCENTCLOUD_ENDPOINT: 'nonsense://' };
  const open = () => openCloud({ credential: credential(), region: 'r', environment, clock });
  t.throws(open, { instanceOf: OperatorError }, 'before anything is asked');
});

test('a proxy is asked for the cloud’s own name, and its refusal is an end', async (t) => {
  const asked: string[] = [];
  const proxy = net
    .createServer((socket) => {
      socket.once('data', (data) => {
        asked.push(data.toString().split('\r\n')[0] ?? '');
        socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n');
      });
    })
    .listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  t.teardown(() => void proxy.close());
  const standIn = await startCloud(t);
  const https_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const cloud = drive(t, standIn, { environment: { https_proxy } });
  t.is((await cloud.call('DescribeVpcs', {})).kind, 'unreachable');
  t.deepEqual([...new Set(asked)], [`CONNECT ${HOST}:443 HTTP/1.1`]);
});

test('a proxy that hangs up before it has answered is not waited for without end', async (t) => {
  const proxy = net.createServer((socket) => socket.once('data', () => socket.end()));
  proxy.listen(0, '127.0.0.1');
  await once(proxy, 'listening');
  t.teardown(() => void proxy.close());
  const https_proxy = `http://127.0.0.1:${(proxy.address() as AddressInfo).port}`;
  const options = { environment: { https_proxy }, timeoutMs: { read: 1, change: 1 } };
  const cloud = drive(t, await startCloud(t), options);
  t.like(await cloud.call('DeleteHaVip', { HaVipId: 'x' }), {
    kind: 'ambiguous',
    detail: 'no answer in 1001 ms',
  });
});

test.serial('a dead http_proxy is nothing to an endpoint that is named', async (t) => {
  const before = process.env.http_proxy;
  process.env.http_proxy = 'http://127.0.0.1:1';
  t.teardown(() => {
    if (before === undefined) delete process.env.http_proxy;
    else process.env.http_proxy = before;
  });
  const standIn = await startCloud(t);
  const environment = { ...process.env, TENCENTCLOUD_ENDPOINT: standIn.endpoint };
  t.is((await drive(t, standIn, { environment }).call('DescribeVpcs', {})).kind, 'ok');
});
