import type { ServerResponse } from 'node:http';
import type { Announcement } from './arp.ts';
import type { Fault } from './faults.ts';
import type { Standing } from './standing.ts';
import type { Policy } from './types.ts';

type Body = Readonly<Record<string, unknown>>;
type Endpoint = (standing: Standing, body: Body) => unknown;

/** The lab's own side of the cloud: no client of the API knows it. */
const ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'POST arp': (standing, body) => standing.announce(body as unknown as Announcement),
  'POST faults': (standing, body) => standing.faults.add(body as unknown as Fault),
  'POST reset': (standing) => standing.reset(),
  'POST clock': (standing, { advanceMs }) => standing.advance(Number(advanceMs)),
  'POST forget-tokens': (standing) => standing.forgetTokens(),
  'POST pace': ({ context }, body) => Object.assign(context.pace, body),
  'POST security-group': (standing, body) => setIngress(standing, body as unknown as Ingress),
  'POST role': (standing, { name }) => {
    standing.role = name ? String(name) : undefined;
  },
  'GET bill': (standing) => standing.bill(),
  'GET log': ({ log }) => log,
  'GET state': (standing) => {
    standing.catchUp();
    const { havips, eips, tasks, claims, securityGroups } = standing.context.state;
    return { havips, eips, tasks, claims, securityGroups };
  },
};

interface Ingress {
  readonly id: string;
  readonly ingress: readonly Policy[];
}

/** As somebody does it in the cloud's console. */
function setIngress(standing: Standing, { id, ingress }: Ingress): void {
  const { state, world } = standing.context;
  const given = world.regions.flatMap((region) => region.securityGroups);
  const { version, egress } = state.securityGroups[id] ?? {
    version: 1,
    egress: given.find((one) => one.id === id)?.egress ?? [],
  };
  state.securityGroups[id] = { version: version + 1, ingress: [...ingress], egress: [...egress] };
  standing.save();
}

/** @param name "POST arp" */
export function labEndpoint(
  standing: Standing,
  name: string,
  text: Buffer,
  response: ServerResponse,
): void {
  if (name === 'GET events') {
    follow(standing, response);
    return;
  }
  const endpoint = ENDPOINTS[name];
  const body = parse(text);
  if (!endpoint || !body) return void response.writeHead(endpoint ? 400 : 404).end();
  response.writeHead(200, { 'content-type': 'application/json' });
  response.end(`${JSON.stringify(endpoint(standing, body) ?? {})}\n`);
}

function parse(text: Buffer): Body | undefined {
  if (text.length === 0) return {};
  try {
    const body = JSON.parse(text.toString());
    return typeof body === 'object' && body !== null ? body : undefined;
  } catch {
    return undefined;
  }
}

/** An event a line, until the reader goes. */
function follow(standing: Standing, response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'application/x-ndjson' });
  response.flushHeaders();
  const stop = standing.events.listen((event) => response.write(`${JSON.stringify(event)}\n`));
  response.on('close', stop);
}
