import { ports } from '../cluster/index.ts';
import {
  type Check,
  type Content,
  content,
  failed,
  type Measured,
  mapSecret,
  message,
  type NodeName,
  passed,
  problem,
  quote,
  type Secret,
  type Verdict,
} from '../model/index.ts';
import { redisCauses } from './database-causes.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { TALK_REDIS } from './redis-ask.ts';
import { readTalks } from './tcp-talk.ts';

export interface RedisPing {
  readonly from: NodeName;
  /** The node that has Redis, and Redis' address. */
  readonly data: { readonly name: NodeName; readonly address: string };
  readonly port?: number;
  /** False for a server elsewhere: then no node of ours is to be mended. */
  readonly isOurs?: boolean;
  /** Empty where the server asks for none. */
  readonly password: Secret;
}

/** A node can log in to Redis with the password that its services use. */
export function redisPingCheck(ping: RedisPing): Check {
  const { from, data } = ping;
  return {
    id: `redis-ping/${from}`,
    node: from,
    title: message('check-redis-ping', { node: from, data: placeOf(ping) }),
    measurements: [onNode(from, pingScript(ping))],
    judge: ([measured]) => judge(ping, measured),
    explainedBy: redisCauses(data.name),
    deadlineMs: 20_000,
    seeForYourself: `redis-cli -h ${data.address} --askpass ping`,
  };
}

function placeOf({ data, isOurs = true }: RedisPing): string {
  return isOurs ? data.name : data.address;
}

/** Redis' own protocol: its client need not be installed. QUIT makes the server close. */
function pingScript({ data, password, port = ports.redis }: RedisPing): Content {
  const auth = mapSecret(password, (text) =>
    text === '' ? "''" : quote(`*2\r\n$4\r\nAUTH\r\n$${Buffer.byteLength(text)}\r\n${text}\r\n`),
  );
  const rest = '*1\\r\\n$4\\r\\nPING\\r\\n*1\\r\\n$4\\r\\nQUIT\\r\\n';
  return content`${TALK_REDIS}{ printf '%s' ${auth}; printf '${rest}'; } | talk_redis ${data.address} ${port}\n`;
}

function judge(ping: RedisPing, measured: Measured | undefined): Verdict {
  const { from, data, isOurs = true, port = ports.redis } = ping;
  const talk = readTalks(exited(measured)?.stdout ?? '')[0];
  if (!talk) return notMeasured(measured);
  const params = { from, data: placeOf(ping), address: `${data.address}:${port}` };
  const detail = talk.kind === 'answered' ? talk.text : talk.kind;
  const fail = (code: string) =>
    failed(problem(code, params, { node: isOurs ? data.name : from, detail }));
  if (talk.kind === 'no-answer' && talk.isConnected) return fail('redis-silent');
  if (talk.kind !== 'answered' && !isOurs) return fail('database-server-away');
  if (talk.kind === 'refused') return fail('redis-not-listening');
  if (talk.kind === 'no-answer') return fail('redis-blocked');
  if (/^(\+OK\s+)?\+PONG/.test(talk.text)) return passed(message('redis-pong', params));
  if (!isOurs && /WRONGPASS|invalid password|NOAUTH|password/.test(talk.text))
    return fail('redis-server-denied');
  // The oldest wording is that of Redis 5; with both, the server goes on without a password.
  if (/without any password|no password is set/.test(talk.text)) return fail('redis-no-password');
  if (/WRONGPASS|invalid password|NOAUTH/.test(talk.text)) return fail('redis-wrong-password');
  return fail('redis-bad-answer');
}
