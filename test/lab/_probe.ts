// A program of its own, where the lab's operator sits: the prober's clients of both domains at the VIP,
// and some that log in again and again, until standard input ends. Arguments: the VIP, the API's domain, the
// authorisation server's, how many log in, `http` or `tls`, requests a second for each domain. Prints `ready`
// with the first answers, then what the clients saw, as JSON.
import { startProber } from '../../source/drivers/prober/prober.ts';
import { discardReason, type ProbeTarget, summarise } from '../../source/model/index.ts';
import { loginBody } from './_administrator.ts';

const [vip = '', api = '', authz = '', count = '1', over = 'http', rate = '100'] =
  process.argv.slice(2);
const RATE = Number(rate);

function target(domain: string): ProbeTarget {
  return {
    vantage: { kind: 'here' },
    label: domain,
    address: vip,
    port: over === 'tls' ? 443 : 80,
    host: domain,
    path: '/healthz',
    expectBody: '{"status":"ok"}',
    ...(over === 'tls' && { tls: { serverName: domain } }),
  };
}

const domains = [api, authz];
let open = true;
const logins = { answered: 0, failures: [] as string[] };

/** IAM cuts what it has begun when it stops: a request that lasts shows it. */
async function logIn(): Promise<void> {
  const body = loginBody();
  const headers = { Host: api, 'Content-Type': 'application/json' };
  const http = await import('node:http');
  while (open) {
    const status = await new Promise<string>((resolve) => {
      const options = { host: vip, method: 'POST', path: '/login', headers, agent: false };
      const request = http.request({ ...options, timeout: 20_000 }, (response) => {
        response.resume();
        response.on('end', () => resolve(String(response.statusCode)));
      });
      request.on('timeout', () => request.destroy(new Error('no answer')));
      request.on('error', (error) => resolve(error.message));
      request.end(body);
    });
    if (status === '200') logins.answered += 1;
    else logins.failures.push(`${new Date().toISOString()} ${status}`);
  }
}

const ended = new Promise<void>((resolve) => {
  process.stdin.on('end', resolve).resume();
});
const handle = await startProber(domains.map(target), { ratePerSecond: RATE });
const first = await Promise.all(domains.map((_, index) => handle.waitForFirstOk(index, 20_000)));
if (first.some((sample) => sample === undefined)) throw new Error('nobody answers');
process.stdout.write('ready\n');
const loggingIn = Array.from({ length: Number(count) }, logIn);
await ended;
open = false;
await Promise.all(loggingIn);
const samples = await handle.stop();
const seen = samples.map((all, index) => ({
  domain: domains[index],
  ...summarise(all, RATE),
  thrownAway: discardReason(summarise(all, RATE)),
  bad: all.filter(({ outcome }) => outcome !== 'ok').slice(0, 20),
}));
process.stdout.write(JSON.stringify({ seen, logins }));
