import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { Standing } from '../cloud/standing.ts';
import { assumeRole } from '../cloud/sts.ts';
import type { WorldInstance, WorldNic, WorldRegion } from '../cloud/types.ts';
import { METADATA } from './places.ts';

const ROOT = '/latest/meta-data/';
const ROLES = 'cam/security-credentials/';

interface Asker {
  readonly region: WorldRegion;
  readonly instance: WorldInstance;
  readonly nic: WorldNic;
}

function askerOf({ context }: Standing, address: string): Asker | undefined {
  return context.world.regions
    .flatMap((region) =>
      region.instances.flatMap((instance) =>
        instance.nics.map((nic) => ({ region, instance, nic })),
      ),
    )
    .find(({ nic }) => nic.ip === address);
}

/** Text at the path for the machine at `address`; undefined where there is none. */
export function metadataOf(standing: Standing, address: string, path: string): string | undefined {
  const asker = askerOf(standing, address);
  if (!asker || !path.startsWith(ROOT)) return undefined;
  const name = path.slice(ROOT.length);
  if (name.startsWith(ROLES)) return roleOf(standing, name.slice(ROLES.length));
  return factsOf(asker).get(name.replace(/\/$/, ''));
}

function factsOf({ region, instance, nic }: Asker): ReadonlyMap<string, string> {
  const vpc = region.subnets.find(({ id }) => id === nic.subnet)?.vpc ?? '';
  const card = `network/interfaces/macs/${nic.mac}`;
  return new Map([
    ['instance-id', instance.id],
    ['instance-name', instance.name],
    ['hostname', instance.name],
    ['mac', nic.mac],
    ['local-ipv4', nic.ip],
    ['placement/region', region.region],
    ['placement/zone', instance.zone],
    ['network/interfaces/macs', `${nic.mac}/`],
    [`${card}/mac`, nic.mac],
    [`${card}/primary-local-ipv4`, nic.ip],
    [`${card}/vpc-id`, vpc],
    [`${card}/subnet-id`, nic.subnet],
  ]);
}

/** The role that was given to the machines (`POST /__lab/role`), and a temporary pair of it. */
function roleOf(standing: Standing, name: string): string | undefined {
  const { role, context, signingMs } = standing;
  if (!role || (name !== '' && name !== role)) return undefined;
  if (name === '') return role;
  const call = { action: 'AssumeRole', region: '', body: {}, requestId: randomUUID() };
  const { Credentials, ExpiredTime, Expiration } = assumeRole(context, call, signingMs());
  standing.save();
  return JSON.stringify({ ...(Credentials as object), ExpiredTime, Expiration, Code: 'Success' });
}

/** Answers each machine about itself, by the address that it asks from. */
export async function serveMetadata(standing: Standing): Promise<Server> {
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? '/', 'http://localhost');
    const text = metadataOf(standing, request.socket.remoteAddress ?? '', pathname);
    response.writeHead(text === undefined ? 404 : 200, { 'content-type': 'text/plain' });
    response.end(text);
  });
  server.listen(METADATA.port, METADATA.address);
  await once(server, 'listening');
  return server;
}
