import type { Context } from './context.ts';
import { regionOf } from './context.ts';
import { refuse } from './errors.ts';
import type { RateLimit } from './rate-limit.ts';
import { ACTIONS, type Known, VERSIONS } from './shapes.ts';
import { type SecretPair, type SignedRequest, verify } from './signature.ts';
import { checkBody, unflatten } from './strict-types.ts';

export interface Checked {
  readonly action: string;
  readonly region: string;
  readonly secretId: string;
  readonly body: Readonly<Record<string, unknown>>;
}

export interface Checker {
  readonly context: Context;
  readonly secrets: ReadonlyMap<string, SecretPair>;
  readonly rate: RateLimit;
  /** The clock that signatures go by. */
  readonly signingMs: number;
}

/**
 * All checks before an action, in the cloud's order.
 *
 * @throws ApiError
 */
export function checkRequest(request: SignedRequest, checker: Checker): Checked {
  const { context, secrets, rate, signingMs } = checker;
  const pairOf = (id: string) => secrets.get(id) ?? context.state.temporary[id];
  const { secretId, service } = verify(request, pairOf, signingMs);
  const action = request.headers['x-tc-action'] ?? '';
  const region = request.headers['x-tc-region'] ?? '';
  const version = request.headers['x-tc-version'] ?? '';
  if (!VERSIONS.has(version)) refuse('NoSuchVersion', `There is no version ${version}.`);
  const known = ACTIONS.get(action);
  // Identity and money are the same everywhere.
  if (known?.service !== 'sts' && known?.service !== 'billing') regionOf(context, region);
  if (context.world.account.denied?.includes(action)) {
    refuse('UnauthorizedOperation', `The request is not authorized by CAM: ${action}.`);
  }
  if (context.world.rateLimit) rate.count(action, context.atMs);
  checkAction(action, known, version, service);
  const body = bodyOf(request, known);
  checkBody(body, known.fields);
  return { action, region, secretId, body };
}

function checkAction(
  action: string,
  known: Known | undefined,
  version: string,
  service: string,
): asserts known is Known {
  if (!known) refuse('InvalidAction', `There is no action ${action}.`);
  if (known.version !== version) refuse('NoSuchVersion', `${action} is of ${known.version}.`);
  // A client that is pointed at an address may take the service's name from it: "127".
  const isOther = ['vpc', 'cvm', 'sts', 'billing'].includes(service) && service !== known.service;
  if (isOther) refuse('InvalidAction', `${action} is not of the service ${service}.`);
}

function bodyOf(request: SignedRequest, { fields }: Known): Checked['body'] {
  if (request.method === 'GET') return unflatten(request.query, fields);
  const text = request.body.toString();
  try {
    const body = text === '' ? {} : JSON.parse(text);
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  } catch {
    // said below
  }
  return refuse('InvalidParameter', 'The body is not a JSON object.');
}
