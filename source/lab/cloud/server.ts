import { once } from 'node:events';
import {
  createServer,
  type IncomingMessage,
  type RequestListener,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer, notDone, readBody } from './api.ts';
import type { Fault } from './faults.ts';
import { labEndpoint } from './lab-endpoints.ts';
import type { SignedRequest } from './signature.ts';
import { type CloudOptions, Standing } from './standing.ts';

export interface Cloud {
  readonly port: number;
  /** What the environment names as the endpoint: `http://127.0.0.1:PORT`. */
  readonly endpoint: string;
  /** Where it speaks TLS, too; undefined without a certificate. */
  readonly tlsPort: number | undefined;
  /** What it knows; for tests, and for who runs in the same process. */
  readonly standing: Standing;
  close(): Promise<void>;
}

export interface ServerOptions extends CloudOptions {
  /** Default: 127.0.0.1, any free port. */
  readonly host?: string;
  readonly port?: number;
  /** A certificate and its key (PEM), for clients that speak nothing but TLS, as Tencent's own command line. */
  readonly tls?: { readonly cert: string; readonly key: string; readonly port?: number };
}

/**
 * A cloud that speaks Tencent Cloud's API 3.0. Whoever makes it closes it. `standing`: what it knows, for
 * who has made that before.
 *
 * Where nobody has seen the real one do it, it is a guess: the words of a refusal and which of several
 * comes first, `World.strictDelete`, how long a token is remembered, whether a HAVIP that nobody
 * announces keeps its holder, and how long anything takes.
 */
export async function createCloud(
  options: ServerOptions,
  standing = new Standing(options),
): Promise<Cloud> {
  const { host = '127.0.0.1', port = 0, tls } = options;
  const listener: RequestListener = (request, response) => {
    serve(standing, request, response).catch((error: unknown) => {
      // Our own bug: its trace is the answer, so that whoever tests sees it.
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error instanceof Error ? error.stack : error));
    });
  };
  const plain = createServer(listener);
  const secure = tls && createTlsServer(tls, listener);
  const bound = await listen(plain, port, host);
  const tlsPort = secure && (await listen(secure, tls.port ?? 0, host));
  return {
    port: bound,
    endpoint: `http://${host}:${bound}`,
    tlsPort,
    standing,
    close: async () => {
      standing.stop();
      await Promise.all([plain, ...(secure ? [secure] : [])].map(close));
    },
  };
}

async function listen(server: Server, port: number, host: string): Promise<number> {
  server.listen(port, host);
  await once(server, 'listening');
  return (server.address() as AddressInfo).port;
}

async function close(server: Server): Promise<void> {
  const closed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await closed;
}

const MAX_BODY = 10 * 1024 * 1024;

async function serve(
  standing: Standing,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const url = new URL(request.url ?? '/', 'http://localhost');
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size > MAX_BODY) return void response.writeHead(413).end();
    chunks.push(chunk as Buffer);
  }
  const body = Buffer.concat(chunks);
  if (url.pathname.startsWith('/__lab/')) {
    return labEndpoint(standing, `${request.method} ${url.pathname.slice(7)}`, body, response);
  }
  if (url.pathname !== '/' || !['POST', 'GET'].includes(request.method ?? '')) {
    return void response.writeHead(404).end();
  }
  await call(standing, signedRequest(request, url, body), response);
}

function signedRequest(request: IncomingMessage, url: URL, body: Buffer): SignedRequest {
  const headers = Object.entries(request.headers).map(([name, value]) => [name, String(value)]);
  return {
    method: request.method ?? '',
    path: url.pathname,
    query: url.search.slice(1),
    headers: Object.fromEntries(headers),
    body,
  };
}

/** One call, with the fault that waits for it. */
async function call(
  standing: Standing,
  request: SignedRequest,
  response: ServerResponse,
): Promise<void> {
  const action = request.headers['x-tc-action'] ?? '';
  const fault = standing.faults.take(action, readBody(request.body));
  if (fault && insteadOf(fault, response)) {
    standing.note(notDone(standing, request, fault));
    return;
  }
  if (fault?.kind === 'delay') await sleep(fault.ms);
  const { envelope, entry } = answer(standing, request, fault);
  standing.note(entry);
  if (fault?.kind === 'drop-after') response.socket?.resetAndDestroy();
  else if (fault?.kind !== 'hang-after') {
    const traceId = request.headers['x-tc-traceid'];
    const isCut = fault?.kind === 'partial-body';
    send(response, envelope, traceId, isCut);
  }
}

/** The faults for which nothing is done; false for the others. */
function insteadOf(fault: Fault, response: ServerResponse): boolean {
  switch (fault.kind) {
    case 'drop-before':
      response.socket?.resetAndDestroy();
      return true;
    case 'hang-before':
      return true;
    case 'http':
      response.writeHead(fault.status).end('{}');
      return true;
    case 'html':
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>busy</html>');
      return true;
    case 'empty-json':
      response.writeHead(200, { 'content-type': 'application/json' }).end('{}');
      return true;
    default:
      return false;
  }
}

/** @param isCut only a half is sent, and the connection broken */
function send(
  response: ServerResponse,
  envelope: string,
  traceId: string | undefined,
  isCut: boolean,
): void {
  response.writeHead(200, {
    'content-type': 'application/json',
    'content-length': Buffer.byteLength(envelope),
    ...(traceId !== undefined && { 'x-tc-traceid': traceId }),
  });
  if (!isCut) response.end(envelope);
  else response.write(envelope.slice(0, envelope.length / 2), () => response.socket?.destroy());
}
