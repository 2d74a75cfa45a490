// A program of its own, where the lab's operator sits: receivers of alerts, until standard input ends.
// Argument: the address to listen on. Prints the ports as a line of JSON, then a line for each request.
import http from 'node:http';
import type { AddressInfo } from 'node:net';

const [address] = process.argv.slice(2);
const ANSWERS: Readonly<Record<string, string | null>> = {
  webhook: '',
  wecom: '{"errcode":0,"errmsg":"ok"}',
  // takes the connection, and never answers
  hangs: null,
};

function listen(name: string, answer: string | null): Promise<number> {
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      process.stdout.write(`${JSON.stringify({ name, path: request.url, body })}\n`);
      if (answer !== null) response.end(answer);
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
