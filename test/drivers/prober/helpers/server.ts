import { once } from 'node:events';
import net, { type AddressInfo, type Socket } from 'node:net';
import type { ExecutionContext } from 'ava';
import type { ProbeTarget } from '../../../../source/model/index.ts';

export const OK_BODY = '{"status":"ok"}';

/** A response as it goes over the wire. */
export function response(status: string, body: string, length = Buffer.byteLength(body)): string {
  return `HTTP/1.1 ${status}\r\nContent-Length: ${length}\r\nX-Served-By: iam-2\r\n\r\n${body}`;
}

export const OK = response('200 OK', OK_BODY);

export interface TestServer {
  readonly port: number;
  /** Connections accepted so far. */
  accepted(): number;
  /** Requests that have been read. */
  asked(): number;
  /** Refuses connections: nobody listens. */
  refuse(): void;
  listen(): Promise<void>;
}

export type Reply = (socket: Socket, n: number) => void;

/** Answers and closes, as nginx does when told that the connection will not be kept. */
export const answerOk: Reply = (socket) => socket.end(OK);

/** A server on this computer, for one test, that does with the n-th request what `reply` says. */
export async function startServer(t: ExecutionContext, reply: Reply): Promise<TestServer> {
  const counts = { accepted: 0, asked: 0 };
  const sockets = new Set<Socket>();
  const server = net.createServer((socket) => {
    counts.accepted += 1;
    sockets.add(socket);
    socket.on('error', () => {});
    socket.on('close', () => sockets.delete(socket));
    socket.once('data', () => reply(socket, counts.asked++));
  });
  const listen = async (port: number) => {
    server.listen(port, '127.0.0.1');
    await once(server, 'listening');
    return (server.address() as AddressInfo).port;
  };
  const port = await listen(0);
  t.teardown(() => {
    server.close();
    for (const socket of sockets) socket.destroy();
  });
  return {
    port,
    accepted: () => counts.accepted,
    asked: () => counts.asked,
    refuse: () => void server.close(),
    listen: async () => void (await listen(port)),
  };
}

/** The server as a target from here. */
export function target(port: number, more: Partial<ProbeTarget> = {}): ProbeTarget {
  return {
    vantage: { kind: 'here' },
    label: 'a server',
    address: '127.0.0.1',
    port,
    host: 'iam.api.marmotedu.com',
    path: '/healthz',
    expectBody: OK_BODY,
    ...more,
  };
}
