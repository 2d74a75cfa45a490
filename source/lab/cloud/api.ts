import { type Besides, isRead, perform } from './actions.ts';
import { ApiError } from './errors.ts';
import { type Fault, taskFault } from './faults.ts';
import { checkRequest } from './request-checks.ts';
import type { SignedRequest } from './signature.ts';
import type { Standing } from './standing.ts';
import type { Call, Reply } from './types.ts';

/** A request that came in, as `GET /__lab/log` tells it. */
export interface LogEntry {
  readonly at: number;
  readonly action: string;
  readonly region: string;
  readonly body: unknown;
  readonly traceId: string;
  readonly requestId: string;
  readonly fault: string | null;
  /** "ok", or the code that was answered; "not-done" where a fault came before. */
  readonly outcome: string;
}

export interface Answer {
  readonly envelope: string;
  readonly entry: LogEntry;
}

/** Checks the request, carries it out and says what there is to answer: both at one moment of the clock. */
export function answer(
  standing: Standing,
  request: SignedRequest,
  fault: Fault | undefined,
): Answer {
  standing.catchUp();
  const { context, ids } = standing;
  const requestId = ids.request(context.state);
  const told = (reply: Reply, outcome: string): Answer => ({
    envelope: JSON.stringify({ Response: { ...reply, RequestId: requestId } }),
    entry: entryOf(standing, request, requestId, fault, outcome),
  });
  try {
    return told(carryOut(standing, request, requestId, fault), 'ok');
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return told({ Error: { Code: error.code, Message: error.message } }, error.code);
  } finally {
    standing.save();
  }
}

function carryOut(
  standing: Standing,
  request: SignedRequest,
  requestId: string,
  fault: Fault | undefined,
): Reply {
  const { context, ids, history } = standing;
  const skewMs = fault?.kind === 'clock-skew' ? fault.s * 1000 : 0;
  const signingMs = standing.signingMs() + skewMs;
  const checked = checkRequest(request, { ...standing, signingMs });
  if (fault?.kind === 'expire-token') {
    throw new ApiError('AuthFailure.TokenFailure', 'The token has expired.');
  }
  if (fault?.kind === 'error') throw new ApiError(fault.code, fault.message ?? fault.code);
  const { action, region, body, secretId } = checked;
  const call: Call = { action, region, body, requestId };
  const ending = taskFault(fault);
  const besides: Besides = { ids, secretId, signingMs, ...(ending && { fault: ending }) };
  if (isRead(action)) {
    const isStale = fault?.kind === 'stale-read';
    return perform(isStale ? history.before(context, fault.ms) : context, call, besides);
  }
  const reply = perform(context, call, besides);
  history.record(context);
  return reply;
}

/** A request that nothing is done for. */
export function notDone(standing: Standing, request: SignedRequest, fault: Fault): LogEntry {
  return entryOf(standing, request, '', fault, 'not-done');
}

function entryOf(
  { context }: Standing,
  { headers, body }: SignedRequest,
  requestId: string,
  fault: Fault | undefined,
  outcome: string,
): LogEntry {
  return {
    at: context.atMs,
    action: headers['x-tc-action'] ?? '',
    region: headers['x-tc-region'] ?? '',
    body: readBody(body),
    traceId: headers['x-tc-traceid'] ?? '',
    requestId,
    fault: fault?.kind ?? null,
    outcome,
  };
}

/** For faults and the log: what is not JSON is what it is. */
export function readBody(body: string | Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return body.toString();
  }
}
