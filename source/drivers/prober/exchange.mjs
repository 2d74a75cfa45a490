/**
 * One request over a connection of its own: a GET, if nothing else is said.
 * Plain JavaScript: the prober's worker thread runs it as it is, from source and from the bundle.
 */
import http from 'node:http';
import net from 'node:net';
import tls from 'node:tls';

const REASONS = {
  ECONNREFUSED: 'refused',
  ECONNRESET: 'reset',
  EPIPE: 'reset',
  EHOSTUNREACH: 'unreachable',
  ENETUNREACH: 'unreachable',
  ETIMEDOUT: 'connect-timeout',
  ENOTFOUND: 'name-unknown',
  EAI_AGAIN: 'name-unknown',
  // The client's own limits: they say nothing about the server.
  EADDRNOTAVAIL: 'no-source-port',
  EMFILE: 'no-file-handle',
  ENFILE: 'no-file-handle',
};

const COMMON = { 'User-Agent': 'iam-ha-wizard', Connection: 'close' };

/** A connection's error as a reason: a short stable word. */
export function reasonOf(error) {
  if (error.message === 'socket hang up') return 'closed-early';
  if (error.code?.startsWith('HPE_')) return 'not-http';
  if (error.code === 'EPROTO' || error.code?.startsWith('ERR_SSL_')) return 'tls-failed';
  // Node's words for a server that closes in the middle of a handshake; its code is ECONNRESET.
  if (error.message.startsWith('Client network socket disconnected')) return 'closed-early';
  return REASONS[error.code] ?? error.code?.toLowerCase() ?? 'error';
}

/** A TCP connection to ask over; never delayed by Nagle's algorithm. */
export function connect(address, port) {
  return net.connect({ host: address, port, noDelay: true });
}

/** Without the system's authorities: they are read anew for each context, and nobody asks them. */
let context;
/** What a TLS connection goes over. */
const under = new WeakMap();

/**
 * A connection, open or opening, with TLS over it. A handshake of its own each time, as a new client's.
 * Whoever answers is believed: who it was can be asked of the stream afterwards.
 */
export function encrypt(stream, { serverName }) {
  context ??= tls.createSecureContext({ ca: [] });
  const secured = tls.connect({
    socket: stream,
    secureContext: context,
    servername: serverName,
    rejectUnauthorized: false,
  });
  under.set(secured, stream);
  return secured;
}

/**
 * Ends a connection without leaving a trace in the kernel. Whoever closes first keeps the port in
 * TIME_WAIT for a minute, and at 1,000 requests a second that is all of them within 40 s: so reset.
 * Not after the server's end, which Node answers with ours: then the server closed first, and a
 * reset on top of a shutdown is refused by libuv, the handle lost, and its thread never ends.
 */
export function drop(stream) {
  if (stream.destroyed) return;
  const below = under.get(stream);
  if (below) {
    // What TLS would still say to the server is of no use to anybody.
    drop(below);
    stream.destroy();
    return;
  }
  const isReset = stream instanceof net.Socket && !stream.connecting && !stream.writableEnded;
  if (isReset) stream.resetAndDestroy();
  else stream.destroy();
}

/**
 * Asks, and calls `done` exactly once, when the answer is complete or there will be none.
 * The stream is this request's alone and is gone afterwards.
 * @param stream a connection, open or opening
 * @param ask host, path, withinMs (from now), bodyLimit (bytes of the answer); method, headers, body
 */
export function exchange(stream, ask, done) {
  let isDone = false;
  const settle = (answer) => {
    if (isDone) return;
    isDone = true;
    clearTimeout(timer);
    drop(stream);
    done(answer);
  };
  const fail = (error) => settle({ reason: reasonOf(error) });
  const giveUp = () => settle({ reason: stream.connecting ? 'connect-timeout' : 'answer-timeout' });
  const timer = setTimeout(giveUp, ask.withinMs);
  // Also after the request has let go of it: an error nobody listens to ends the process.
  stream.on('error', fail);
  http
    .request({
      createConnection: () => stream,
      path: ask.path,
      method: ask.method ?? 'GET',
      setHost: false,
      headers: { Host: ask.host, ...COMMON, ...ask.headers, ...lengthOf(ask) },
    })
    .on('error', fail)
    .on('response', (response) => receive(response, ask.bodyLimit, settle))
    .end(ask.body);
}

/** Without it a body is sent in chunks, which not every server takes. */
function lengthOf({ method = 'GET', body }) {
  if (body !== undefined) return { 'Content-Length': Buffer.byteLength(body) };
  return method === 'POST' || method === 'PUT' ? { 'Content-Length': 0 } : {};
}

function receive(response, bodyLimit, settle) {
  const chunks = [];
  let bytes = 0;
  response.on('data', (chunk) => {
    bytes += chunk.length;
    if (bytes > bodyLimit) settle({ reason: 'answer-too-large' });
    else chunks.push(chunk);
  });
  response.on('error', () => settle({ reason: 'cut-short' }));
  // Before Node's own listener, which would close in the common way.
  response.prependListener('end', () =>
    settle({
      status: response.statusCode,
      headers: response.headers,
      body: Buffer.concat(chunks).toString(),
    }),
  );
}
