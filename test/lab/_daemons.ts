import { createHmac } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { forgedToken } from '../../source/checks/token-key.ts';
import { labPlaces } from '../../source/lab/index.ts';
import { onNode } from './_lab.ts';

/**
 * Makes sure that the lab's cluster file asks for IAM's real daemons. `IAM_HA_WIZARD_TEST_IAM` may
 * name a folder with built ones, for a quicker round.
 */
export function useRealDaemons(lab: string): void {
  const file = labPlaces(lab).cluster;
  const cluster = parse(readFileSync(file, 'utf8'));
  const built = process.env.IAM_HA_WIZARD_TEST_IAM;
  if (built) {
    cluster.iam.source = { directory: built };
    writeFileSync(file, stringify(cluster));
  }
  const { directory } = cluster.iam.source;
  if (directory && existsSync(join(directory, 'STAND-IN'))) {
    throw new Error('this lab has the stand-in, although there is a Go to build the real daemons');
  }
}

/** A JSON request to a node's port, with a token, asked by the node itself: nobody else may. */
export function ask(
  lab: string,
  node: string,
  port: number,
  method: string,
  path: string,
  token: string,
  body?: object,
): { readonly status: number; readonly body: Record<string, unknown> } {
  const address = { 'iam-1': '10.0.4.20', 'iam-2': '10.0.4.21' }[node];
  const data = body ? `-d '${JSON.stringify(body)}'` : '';
  const headers = `-H 'Authorization: Bearer ${token}' -H 'Content-Type: application/json'`;
  const url = `http://${address}:${port}${path}`;
  const curl = `curl -s -m 5 -w '\\n%{http_code}' -X ${method} ${headers} ${data} ${url}`;
  const said = onNode(lab, node, `${curl} || true`);
  const at = said.lastIndexOf('\n');
  const text = said.slice(0, at);
  return { status: Number(said.slice(at + 1)), body: text ? (JSON.parse(text) ?? {}) : {} };
}

/** An administrator's token, with the key that the nodes have. */
export function adminToken(lab: string): string {
  return forgedToken(parse(onNode(lab, 'iam-1', 'cat /etc/iam/iam-apiserver.yaml')).jwt.key);
}

/** A token as a client of the authorization server signs it with a secret of its own. */
export function clientToken(id: string, key: string): string {
  const now = Math.floor(Date.now() / 1000);
  const claims = { aud: 'iam.authz.marmotedu.com', exp: now + 3600, nbf: now - 60 };
  const signed = [{ alg: 'HS256', typ: 'JWT', kid: id }, claims]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}
