import test from 'ava';
import { connections, outageOf } from '../../scripts/capture.mjs';

const BODY = '{"status":"ok"}';
const DOMAIN = 'iam.api.marmotedu.com';
const hex = (text: string) => Buffer.from(text).toString('hex');
const answer = `HTTP/1.1 200 OK\r\nX: y\r\n\r\n${BODY}`;

/** One connection's packets: SYN at `ms`, accepted and asked 1 ms later, answered `afterMs` after the SYN. */
function packets(
  port: number,
  ms: number,
  afterMs: number | undefined,
  { text = answer, path = '/healthz', host = DOMAIN } = {},
): readonly (readonly [number, string])[] {
  const at = (time: number, rest: string) => [time, `${(time / 1000).toFixed(6)} ${rest}`] as const;
  const syn = at(ms, `out ${port} ${port} 2 `);
  if (afterMs === undefined) return [syn, at(ms + 1000, `out ${port} ${port} 2 `)];
  const half = Math.floor(text.length / 2);
  return [
    syn,
    at(ms + 1, `in ${port} 1 18 `),
    at(ms + 1, `out ${port} 2 24 ${hex(`GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`)}`),
    at(ms + afterMs - 0.5, `in ${port} 2 24 ${hex(text.slice(0, half))}`),
    at(ms + afterMs, `in ${port} ${2 + half} 24 ${hex(text.slice(half))}`),
  ];
}

function outage(...all: readonly ReturnType<typeof packets>[]): number {
  const lines = all.flat().toSorted(([a], [b]) => a - b);
  const seen = connections(
    lines.map(([, line]) => line),
    BODY,
  );
  return Math.round(outageOf(seen, DOMAIN));
}

const good = (port: number, ms: number) => packets(port, ms, 3);

for (const [name, bad] of [
  ['answered too late', packets(2, 2010, 1003)],
  ['never answered', packets(2, 2010, undefined)],
  ['another status', packets(2, 2010, 3, { text: answer.replace('200', '502') })],
  ['another body', packets(2, 2010, 3, { text: `${answer}x` })],
] as const)
  test(`${name}: an outage to the next good one's SYN`, (t) => {
    t.is(outage(good(1, 2000), bad, good(3, 2030)), 20);
  });

test('what is good in time is none, nor is what is not the prober’s, nor another domain’s', (t) => {
  t.is(outage(good(1, 2000), packets(2, 2010, 899), good(3, 2030)), 0);
  const text = answer.replace('200', '502');
  t.is(outage(good(1, 2000), packets(2, 2010, 3, { text, path: '/login' }), good(3, 2030)), 0);
  t.is(outage(good(1, 2000), packets(2, 2010, 3, { text, host: 'other' }), good(3, 2030)), 0);
  const bare = packets(2, 2010, 3).slice(0, 2);
  t.is(outage(good(1, 2000), bare, good(3, 2030)), 0, 'a bare connection');
});
