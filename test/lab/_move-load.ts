// A program of its own, where the lab's operator sits: what a planned switch-over has to bear, until
// standard input ends. New connections at the rate (the prober), 50 a second whose answer takes 300 ms
// (see `_moving.ts`), and a few that are kept alive. Arguments: the VIP, the API's domain, the rate.
// Prints `ready` with the first answers, then what the clients saw, as JSON.
import http from 'node:http';
import { startProber } from '../../source/drivers/prober/prober.ts';
import { type ProbeTarget, summarise } from '../../source/model/index.ts';

const [vip = '', api = '', rate = '200'] = process.argv.slice(2);
const RATE = Number(rate);
const SLOW_PER_SECOND = 50;
const KEPT = 10;
/** Each connection asks so often. */
const KEPT_EVERY_MS = 100;
const PATIENCE_MS = 5000;

const target: ProbeTarget = {
  vantage: { kind: 'here' },
  label: api,
  address: vip,
  port: 80,
  host: api,
  path: '/healthz',
  expectBody: '{"status":"ok"}',
};

/** Bytes of a whole answer of 200. @throws Error of whatever else it came to */
function ask(host: string, path: string, agent: http.Agent | false): Promise<number> {
  return new Promise((resolve, reject) => {
    const options = { host: vip, path, headers: { Host: host }, agent, timeout: PATIENCE_MS };
    const request = http.request(options, (response) => {
      let bytes = 0;
      response.on('data', (piece: Buffer) => {
        bytes += piece.length;
      });
      response.on('error', reject);
      response.on('end', () => {
        if (response.statusCode === 200 && response.complete) resolve(bytes);
        else reject(new Error(`status ${response.statusCode}`));
      });
    });
    request.on('timeout', () => request.destroy(new Error('no answer')));
    request.on('error', reject);
    request.end();
  });
}

let open = true;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const slow = { sent: 0, lost: [] as string[], fastestMs: Number.POSITIVE_INFINITY, slowestMs: 0 };

async function askSlowly(): Promise<void> {
  slow.sent += 1;
  const began = performance.now();
  try {
    await ask('slow.test', '/slow', false);
    const ms = performance.now() - began;
    slow.fastestMs = Math.min(slow.fastestMs, ms);
    slow.slowestMs = Math.max(slow.slowestMs, ms);
  } catch (error) {
    slow.lost.push(`${new Date().toISOString()} ${(error as Error).message}`);
  }
}

/** On schedule, whatever became of those before. */
async function keepAskingSlowly(): Promise<void> {
  const began = performance.now();
  const asked: Promise<void>[] = [];
  for (let count = 0; open; count += 1) {
    await pause(began + (count * 1000) / SLOW_PER_SECOND - performance.now());
    asked.push(askSlowly());
  }
  await Promise.all(asked);
}

const kept = { asked: 0, closed: 0, lost: [] as string[] };

/** One connection, for as long as the server keeps it; then another one. */
async function keepAlive(): Promise<void> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: 1 });
  agent.on('free', (socket) => {
    if (socket.listenerCount('close') < 3) socket.once('close', () => (kept.closed += 1));
  });
  while (open) {
    kept.asked += 1;
    await ask(api, '/healthz', agent).catch((error: Error) => {
      kept.lost.push(`${new Date().toISOString()} ${error.message}`);
    });
    await pause(KEPT_EVERY_MS);
  }
  agent.destroy();
}

const ended = new Promise<void>((resolve) => {
  process.stdin.on('end', resolve).resume();
});
const handle = await startProber([target], { ratePerSecond: RATE });
if ((await handle.waitForFirstOk(0, 20_000)) === undefined) throw new Error('nobody answers');
const others = [keepAskingSlowly(), ...Array.from({ length: KEPT }, keepAlive)];
process.stdout.write('ready\n');
await ended;
open = false;
await Promise.all(others);
const [samples = []] = await handle.stop();
const bad = samples.filter(({ outcome }) => outcome !== 'ok').slice(0, 20);
process.stdout.write(JSON.stringify({ fresh: { ...summarise(samples, RATE), bad }, slow, kept }));
