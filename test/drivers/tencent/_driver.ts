import type { ExecutionContext } from 'ava';
import {
  type Cloud,
  type CloudOptions,
  type Credential,
  openCloud,
} from '../../../source/drivers/tencent/index.ts';
import type { Cloud as StandIn } from '../../../source/lab/cloud/index.ts';
import { type Clock, Secret } from '../../../source/model/index.ts';
import { PAIR, REGION } from '../../lab-room/cloud/_cloud.ts';

export function credential(secretId = PAIR.secretId, secretKey = PAIR.secretKey): Credential {
  return {
    secretId: new Secret('SecretId', secretId),
    secretKey: new Secret('SecretKey', secretKey),
    source: 'environment',
  };
}

/** Whoever waits moves the stand-in's clock: nothing takes real time. */
export function virtualClock({ standing }: StandIn): Clock & { readonly waits: number[] } {
  const waits: number[] = [];
  return {
    waits,
    now: () => standing.context.atMs,
    sleep: async (ms) => {
      waits.push(ms);
      standing.advance(ms);
    },
  };
}

/** The driver, on its way to the stand-in. */
export function drive(
  t: ExecutionContext,
  standIn: StandIn,
  options: Partial<CloudOptions> = {},
): Cloud {
  const cloud = openCloud({
    credential: credential(),
    region: REGION,
    environment: { TENCENTCLOUD_ENDPOINT: standIn.endpoint },
    clock: virtualClock(standIn),
    random: () => 1,
    timeoutMs: { read: 20_000, change: 20_000 },
    ...options,
  });
  t.teardown(() => cloud.close());
  return cloud;
}
