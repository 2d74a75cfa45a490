// A program of its own, where the lab's operator sits: clients of both domains, until standard
// input ends. Arguments: the VIP, the API's domain, the authorisation server's. Prints `ready` with the
// first answers, then how many requests were answered and every other outcome, as JSON.
import http from 'node:http';
import { loginBody } from './_administrator.ts';

const [vip, api, authz] = process.argv.slice(2);
const EVERY_MS = 10;
const body = loginBody();
const answered: Record<string, number> = {};
const failures: string[] = [];
let open = true;

/** One request on a connection of its own. */
function ask(host: string, method: string, path: string, text = ''): Promise<void> {
  const what = `${method} ${host}${path}`;
  const fail = (why: string) => failures.push(`${new Date().toISOString()} ${what}: ${why}`);
  return new Promise((resolve) => {
    const headers = { Host: host, 'Content-Type': 'application/json' };
    const request = http.request({
      host: vip,
      method,
      path,
      headers,
      agent: false,
      timeout: 20_000,
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', (error) => fail(error.message));
    request.on('response', (response) => {
      response.resume();
      if (response.statusCode === 200) answered[what] = (answered[what] ?? 0) + 1;
      else fail(String(response.statusCode));
    });
    request.on('close', resolve);
    request.end(text);
  });
}

/** A login costs the server much more than a health check: there are always this many, no more. */
const LOGINS = 3;

async function logIn(host: string): Promise<void> {
  while (open) await ask(host, 'POST', '/login', body);
}

async function pace(host: string): Promise<void> {
  const sent: Promise<void>[] = [];
  for (let at = Date.now(); open; at += EVERY_MS) {
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, at - Date.now())));
    sent.push(ask(host, 'GET', '/healthz'));
  }
  await Promise.all(sent);
}

process.stdin.on('end', () => {
  open = false;
});
process.stdin.resume();
if (!vip || !api || !authz) throw new Error('VIP API AUTHZ');
await Promise.all([ask(api, 'GET', '/healthz'), ask(authz, 'GET', '/healthz')]);
process.stdout.write('ready\n');
await Promise.all([pace(api), pace(authz), ...Array.from({ length: LOGINS }, () => logIn(api))]);
process.stdout.write(JSON.stringify({ answered, failures }));
