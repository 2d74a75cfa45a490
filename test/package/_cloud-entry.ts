// An entry that calls the cloud from the bundle: the stand-in, in the same process.

import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import { openCloud } from '../../source/drivers/tencent/index.ts';
import { createCloud } from '../../source/lab/cloud/index.ts';
import { labWorld } from '../../source/lab/cloud/world.ts';
import { Secret } from '../../source/model/index.ts';

const secrets = { AKIDbundled: { key: 'bundled' } };
const standIn = await createCloud({
  world: labWorld({ subnet: '10.0.4.0/24', nodes: [] }),
  secrets,
});
const open = (environment: Readonly<Record<string, string>>) =>
  openCloud({
    credential: {
      secretId: new Secret('SecretId', 'AKIDbundled'),
      secretKey: new Secret('SecretKey', 'bundled'),
      source: 'environment',
    },
    region: 'ap-guangzhou',
    environment,
    clock: { now: Date.now, sleep: async () => {} },
    timeoutMs: { read: 30_000, change: 30_000 },
  });

const cloud = open({ TENCENTCLOUD_ENDPOINT: standIn.endpoint });
for (const action of ['DescribeVpcs', 'DescribeInstances', 'GetCallerIdentity'] as const) {
  console.log(action, (await cloud.call(action, {} as never)).kind);
}
cloud.close();
// a proxy that refuses: the other way to the cloud has code of its own
const proxy = createServer((socket) => {
  socket.once('data', () => socket.end('HTTP/1.1 403 Forbidden\r\ncontent-length: 0\r\n\r\n'));
}).listen(0, '127.0.0.1');
await once(proxy, 'listening');
const { port } = proxy.address() as AddressInfo;
const proxied = open({ https_proxy: `http://127.0.0.1:${port}` });
console.log('proxy', (await proxied.call('DescribeVpcs', {})).kind);
proxy.close();
await standIn.close();
