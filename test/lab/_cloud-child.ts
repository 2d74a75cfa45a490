// A program of its own, where the lab's operator sits: signed calls of the cloud's API with the keys that
// the lab put into the environment. A line in, `["DescribeHaVips", {…}]`; a line out, the call's result.
import { createInterface } from 'node:readline';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ActionName } from '../../source/drivers/tencent/calls.ts';
import { openCloud } from '../../source/drivers/tencent/cloud.ts';
import { Secret } from '../../source/model/index.ts';

const { TENCENTCLOUD_SECRET_ID = '', TENCENTCLOUD_SECRET_KEY = '' } = process.env;
const cloud = openCloud({
  credential: {
    secretId: new Secret('SecretId', TENCENTCLOUD_SECRET_ID),
    secretKey: new Secret('SecretKey', TENCENTCLOUD_SECRET_KEY),
    source: 'environment',
  },
  region: 'ap-guangzhou',
  environment: process.env,
  clock: { now: Date.now, sleep: (ms: number) => sleep(ms) },
});
for await (const line of createInterface({ input: process.stdin })) {
  const [action, request] = JSON.parse(line) as [ActionName, never];
  process.stdout.write(`${JSON.stringify(await cloud.call(action, request))}\n`);
}
cloud.close();
