import { createHmac } from 'node:crypto';

/** 2100-01-01: whatever a node's clock says, the token is not refused for its age. */
const EXPIRES = 4_102_444_800;

function signed(header: object, claims: object, key: string): string {
  const parts = [{ alg: 'HS256', typ: 'JWT', ...header }, claims].map((part) =>
    Buffer.from(JSON.stringify(part)).toString('base64url'),
  );
  const text = parts.join('.');
  return `${text}.${createHmac('sha256', key).update(text).digest('base64url')}`;
}

/** A user's token for the API, as the API server with that `jwt.key` issues it at a log-in. */
export function apiToken(key: string, user: string): string {
  const claims = {
    aud: 'iam.api.marmotedu.com',
    exp: EXPIRES,
    identity: user,
    iss: 'iam-apiserver',
    orig_iat: 0,
    sub: user,
  };
  return signed({}, claims, key);
}

/**
 * A token for the authorization server, made of a secret as IAM's clients do. No audience: IAM wants
 * its own published domain there, and no other; and no `nbf`: clocks need not be in step.
 */
export function authzToken(secretId: string, secretKey: string): string {
  return signed({ kid: secretId }, { exp: EXPIRES, iss: 'iam-ha-wizard' }, secretKey);
}
