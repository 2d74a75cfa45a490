// The outage that a client saw, told from the packets on its interface: what the prober reports is held
// against this. The definition is the prober's own, with what a wire can tell:
// - a request is a connection: it begins with its first SYN (the prober's scheduled time does not show
//   on a wire; the SYN follows it by the prober's lag), and its Host header says whose it is;
// - it is ok when the last byte of a whole 200 with the expected body came within 900 ms of that SYN;
// - the outage of a domain is its longest run of requests that are not ok, from the first one's SYN to
//   the next ok one's.
// A SYN that was not accepted has no Host header: it counts for every domain, for all are asked at the
// same times. What else the client asks there (the wizard's checks before a drill: bare connections,
// other paths) is none of the prober's requests, and is left out.
import { spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const SYN = 2;
const ACK = 16;
const OK_WITHIN_MS = 900;
const REQUEST = 'GET /healthz ';
const SCRIPT = fileURLToPath(new URL('./capture.pl', import.meta.url));

/**
 * Captures what `enter(argv)` makes a command of (in the network namespace of the client).
 * @returns stop(): the lines
 */
export async function startCapture(enter, { interface: name, address, port }) {
  const { argv, env } = enter(['perl', SCRIPT, name, address, String(port)]);
  const [program, ...rest] = argv;
  const child = spawn(program, rest, { env, stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = [];
  const reader = createInterface({ input: child.stdout });
  const ready = new Promise((resolve, reject) => {
    child.once('close', () => reject(new Error('the capture ended')));
    reader.on('line', (line) => (line === 'ready' ? resolve() : lines.push(line)));
  });
  await ready;
  return {
    async stop() {
      const closed = new Promise((resolve) => reader.once('close', resolve));
      child.stdin.end();
      await closed;
      return lines;
    },
  };
}

/** Connections in the order of their first SYN: beginMs, host (unless nobody answered), doneMs. Pure. */
export function connections(lines, expectBody) {
  const all = [];
  const open = new Map();
  for (const line of lines) {
    const [seconds, way, port, sequence, flagsText, hex = ''] = line.split(' ');
    const atMs = Number(seconds) * 1000;
    const flags = Number(flagsText);
    if (way === 'out' && (flags & (SYN | ACK)) === SYN) {
      // the same number again is the same SYN again
      if (open.get(port)?.sequence === sequence) continue;
      const fresh = { beginMs: atMs, sequence, asked: '', pieces: new Map() };
      open.set(port, fresh);
      all.push(fresh);
    }
    const one = open.get(port);
    if (one && way === 'in' && (flags & SYN) !== 0) one.isAccepted = true;
    if (!one || hex === '') continue;
    const text = Buffer.from(hex, 'hex').toString('latin1');
    if (way === 'out') one.asked += text;
    else take(one, Number(sequence), text, atMs, expectBody);
  }
  return all
    .filter(({ isAccepted, asked }) => !isAccepted || asked.startsWith(REQUEST))
    .map(({ beginMs, asked, doneMs }) => ({
      beginMs,
      host: /\r\nHost: ([^\r]+)\r\n/.exec(asked)?.[1],
      doneMs,
    }));
}

function take(one, sequence, text, atMs, expectBody) {
  one.pieces.set(sequence, text);
  if (one.doneMs !== undefined) return;
  const whole = [...one.pieces].sort(([a], [b]) => a - b).map(([, piece]) => piece);
  if (isGood(whole.join(''), expectBody)) one.doneMs = atMs;
}

function isGood(answer, expectBody) {
  const ends = answer.indexOf('\r\n\r\n');
  return (
    ends > 0 && /^HTTP\/1\.1 200 /.test(answer) && answer.slice(ends + 4).trim() === expectBody
  );
}

/** A domain's outage in ms, by the definition above. Pure. */
export function outageOf(seen, domain) {
  let longest = 0;
  let firstMs;
  for (const { beginMs, host, doneMs } of seen) {
    if (host !== undefined && host !== domain) continue;
    const isOk = doneMs !== undefined && doneMs - beginMs <= OK_WITHIN_MS;
    if (!isOk) firstMs ??= beginMs;
    else if (firstMs !== undefined) {
      longest = Math.max(longest, beginMs - firstMs);
      firstMs = undefined;
    }
  }
  return longest;
}
