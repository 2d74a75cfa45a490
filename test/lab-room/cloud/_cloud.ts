import http from 'node:http';
import type { ExecutionContext } from 'ava';
import { Client as BillingClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/billing/v20180709/billing_client.js';
import { Client as CvmClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/cvm/v20170312/cvm_client.js';
import { Client as StsClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/sts/v20180813/sts_client.js';
import { Client as VpcClient } from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_client.js';
import { type Cloud, createCloud, type World } from '../../../source/lab/cloud/index.ts';
import type { ServerOptions } from '../../../source/lab/cloud/server.ts';
import { labWorld } from '../../../source/lab/cloud/world.ts';

export const REGION = 'ap-guangzhou';
export const PAIR = {
  secretId: 'AKIDstandin0123456789abcdef',
  secretKey: 'standin-key-0123456789',
};
export const VPC = 'vpc-lab00001';
export const SUBNET = 'subnet-lab00001';
export const ONE = 'ins-00000001';
export const TWO = 'ins-00000002';
export const MAC = { one: '02:00:00:00:00:01', two: '02:00:00:00:00:02' };

export const WORLD: World = labWorld({
  subnet: '10.0.4.0/24',
  nodes: [
    { name: 'iam-1', address: '10.0.4.20', mac: MAC.one },
    { name: 'iam-2', address: '10.0.4.21', mac: MAC.two },
  ],
});

/** A moment that stands still: only `standing.advance` moves the stand-in's clock. */
export const NOON = Date.UTC(2026, 10, 22, 12);

export async function startCloud(
  t: ExecutionContext,
  options: Partial<ServerOptions> = {},
): Promise<Cloud> {
  const cloud = await createCloud({
    world: WORLD,
    secrets: { [PAIR.secretId]: { key: PAIR.secretKey } },
    wall: () => NOON,
    ...options,
  });
  t.teardown(() => cloud.close());
  return cloud;
}

interface ClientOptions {
  readonly secretId?: string;
  readonly secretKey?: string;
  readonly token?: string;
  readonly region?: string;
  readonly reqMethod?: 'GET' | 'POST';
  readonly reqTimeout?: number;
}

/** The real SDK, whose names lead to the stand-in: nothing can get outside. */
export function clients(t: ExecutionContext, { port }: Cloud, options: ClientOptions = {}) {
  const agent = new http.Agent({
    keepAlive: true,
    lookup: (_host, { all }, done) =>
      all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4),
  });
  t.teardown(() => agent.destroy());
  const { secretId, secretKey, token } = { ...PAIR, ...options };
  const config = (service: string) => ({
    credential: { secretId, secretKey, ...(token !== undefined && { token }) },
    region: options.region ?? REGION,
    profile: {
      httpProfile: {
        protocol: 'http://',
        endpoint: `${service}.tencentcloudapi.com:${port}`,
        reqTimeout: options.reqTimeout ?? 20,
        reqMethod: options.reqMethod ?? 'POST',
        agent,
      },
    },
  });
  return {
    vpc: new VpcClient(config('vpc')),
    cvm: new CvmClient(config('cvm')),
    sts: new StsClient(config('sts')),
    billing: new BillingClient(config('billing')),
  };
}

/** The code that the cloud refuses with. */
export async function codeOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
  } catch (error) {
    const { code, httpCode, message, name } = error as {
      code?: string;
      httpCode?: number;
      message: string;
      name: string;
    };
    return code ?? (httpCode ? `http ${httpCode}` : `${name}: ${message}`);
  }
  return 'ok';
}

/** A HAVIP for both machines. */
export const HAVIP = {
  VpcId: VPC,
  SubnetId: SUBNET,
  HaVipName: 'iamha-lab-0123456789ab',
  Vip: '10.0.4.99',
  CheckAssociate: true,
  HaVipAssociationSet: [{ InstanceId: ONE }, { InstanceId: TWO }],
};
