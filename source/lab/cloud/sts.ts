import { createHash } from 'node:crypto';
import type { Context } from './context.ts';
import type { Call, Reply } from './types.ts';

const LASTS_S = 7200;

export function callerIdentity({ world }: Context, secretId: string): Reply {
  const { uin } = world.account;
  return {
    Arn: `qcs::cam::uin/${uin}:uin/${uin}`,
    AccountId: uin,
    UserId: uin,
    PrincipalId: uin,
    Type: secretId.startsWith('TMP') ? 'CAMRole' : 'CAMUser',
  };
}

/** A pair that is good for a while, and only with its token. */
export function assumeRole({ state }: Context, { body, requestId }: Call, nowMs: number): Reply {
  const seconds = Number(body.DurationSeconds ?? LASTS_S);
  const expiresMs = nowMs + seconds * 1000;
  const word = (what: string) =>
    createHash('sha256').update(`${requestId}/${what}`).digest('hex').slice(0, 32);
  const pair = { id: `TMP${word('id')}`, key: word('key'), token: word('token') };
  state.temporary[pair.id] = { key: pair.key, token: pair.token, expiresMs };
  return {
    Credentials: { TmpSecretId: pair.id, TmpSecretKey: pair.key, Token: pair.token },
    ExpiredTime: Math.floor(expiresMs / 1000),
    Expiration: new Date(expiresMs).toISOString(),
  };
}
