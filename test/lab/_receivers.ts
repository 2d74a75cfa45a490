// A program of its own, where the lab's operator sits: receivers of alerts, until standard input ends.
// Argument: the address to listen on. Prints the ports as a line of JSON, then a line for each request.
import { createHmac } from 'node:crypto';
import http from 'node:http';
import type { AddressInfo } from 'node:net';

const [address] = process.argv.slice(2);
const { DINGTALK_SECRET = '', FEISHU_SECRET = '' } = process.env;

/** What a receiver answers; nothing at all with `null`. */
type Answer = string | null | ((url: URL, body: string) => string);

const ANSWERS: Readonly<Record<string, Answer>> = {
  webhook: '',
  wecom: '{"errcode":0,"errmsg":"ok"}',
  // takes the connection, and never answers
  hangs: null,
  // robots whose messages must be signed, with their services' own words for a wrong signature
  dingtalk: ({ searchParams }) => {
    const stamp = searchParams.get('timestamp') ?? '';
    const expected = hmac(DINGTALK_SECRET, `${stamp}\n${DINGTALK_SECRET}`);
    return isFresh(Number(stamp)) && searchParams.get('sign') === expected
      ? '{"errcode":0,"errmsg":"ok"}'
      : '{"errcode":310000,"errmsg":"sign not match"}';
  },
  feishu: (_url, body) => {
    const { timestamp, sign } = JSON.parse(body) as Readonly<Record<string, string>>;
    const expected = hmac(`${timestamp}\n${FEISHU_SECRET}`, '');
    return isFresh(Number(timestamp) * 1000) && sign === expected
      ? '{"code":0,"msg":"success","data":{}}'
      : '{"code":19021,"msg":"sign match fail or timestamp is not within one hour from current time"}';
  },
};

function hmac(key: string, text: string): string {
  return createHmac('sha256', key).update(text).digest('base64');
}

/** DingTalk's clock counts milliseconds, Feishu's seconds; both allow an hour. */
function isFresh(milliseconds: number): boolean {
  return Math.abs(Date.now() - milliseconds) < 3_600_000;
}

function listen(name: string, answer: Answer): Promise<number> {
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const url = new URL(request.url ?? '/', `http://${address}`);
      const said = typeof answer === 'function' ? answer(url, body) : answer;
      process.stdout.write(`${JSON.stringify({ name, path: request.url, body, said })}\n`);
      if (said !== null) response.end(said);
    });
  });
  return new Promise((resolve) => {
    server.listen(0, address, () => resolve((server.address() as AddressInfo).port));
  });
}

process.stdin.on('end', () => process.exit(0));
process.stdin.resume();
const names = Object.entries(ANSWERS);
const ports = await Promise.all(names.map(([name, answer]) => listen(name, answer)));
const byName = Object.fromEntries(names.map(([name], index) => [name, ports[index]]));
process.stdout.write(`${JSON.stringify({ ports: byName })}\n`);
