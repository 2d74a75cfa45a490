import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import type { ServerOptions } from '../cloud/server.ts';
import type { LabSpec } from '../spec.ts';
import { writeWhole } from '../state.ts';
import { CLOUD_PORT, cloudPlaces } from './places.ts';
import { siteWorld } from './site-world.ts';

/** The account's keys. */
export interface CloudPair {
  readonly secretId: string;
  readonly secretKey: string;
}

/** How long the lab's cloud takes; a test may change it while it runs. */
const PACE = { taskMs: 500, arpDelayMs: 1000 } as const;

/** Whether there is a cloud in the lab; one that an older version made has none. */
export function hasCloud({ cloud }: Pick<LabSpec, 'cloud'>): boolean {
  return cloud === 'tencent' || cloud === 'console';
}

export function cloudEndpoint({ router }: LabSpec): string {
  return `http://${router}:${CLOUD_PORT}`;
}

/** Random keys, formed like the cloud's. */
export function newPair(): CloudPair {
  return {
    secretId: `AKID${randomBytes(16).toString('hex')}`,
    secretKey: randomBytes(16).toString('hex'),
  };
}

/**
 * What the operator's environment has of the cloud. What the caller's own has besides is not the lab's: a
 * token or a region of another account's.
 */
export function cloudEnvironment(spec: LabSpec, { secretId, secretKey }: CloudPair) {
  return {
    TENCENTCLOUD_SECRET_ID: secretId,
    TENCENTCLOUD_SECRET_KEY: secretKey,
    TENCENTCLOUD_ENDPOINT: cloudEndpoint(spec),
    TENCENTCLOUD_SESSION_TOKEN: '',
    TENCENTCLOUD_TOKEN: '',
    TENCENTCLOUD_SECURITY_TOKEN: '',
    TENCENTCLOUD_REGION: '',
  };
}

/** What the cloud's process is told. Pure. */
export function cloudSettings(spec: LabSpec, { secretId, secretKey }: CloudPair): ServerOptions {
  return {
    world: siteWorld(spec),
    secrets: { [secretId]: { key: secretKey } },
    pace: PACE,
    host: spec.router,
    port: CLOUD_PORT,
    // Two labs' identifiers differ, and those of one lab made anew are the same.
    seed: spec.name,
  };
}

export function writeCloudSettings(spec: LabSpec, pair: CloudPair): void {
  const { folder, settings } = cloudPlaces(spec.name);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeWhole(settings, `${JSON.stringify(cloudSettings(spec, pair))}\n`);
}
