import http from 'node:http';
import net, { type AddressInfo } from 'node:net';

/** One request or mail that arrived. */
export interface Arrived {
  readonly path: string;
  readonly contentType: string;
  readonly body: string;
}

/** What a receiver does with a request: its status and answer, or nothing for ever. */
export type Answer = readonly [status: number, body: string] | 'hang';

export interface Receiver {
  readonly port: number;
  readonly arrived: Arrived[];
  close(): Promise<void>;
}

/** Listens on a free port; the nth request gets the nth answer, all later ones the last. */
export async function httpReceiver(...answers: readonly Answer[]): Promise<Receiver> {
  const arrived: Arrived[] = [];
  const server = http.createServer((request, response) => {
    let body = '';
    request.setEncoding('utf8').on('data', (text: string) => {
      body += text;
    });
    request.on('end', () => {
      const answer = answers[Math.min(arrived.length, answers.length - 1)] ?? 'hang';
      const contentType = request.headers['content-type'] ?? '';
      arrived.push({ path: request.url ?? '', contentType, body });
      if (answer === 'hang') return;
      response.statusCode = answer[0];
      response.end(answer[1]);
    });
  });
  return listening(server, arrived, () => server.closeAllConnections());
}

/** A mail server without TLS: it takes one mail a connection. */
export async function smtpReceiver(): Promise<Receiver & { readonly heard: string[] }> {
  const arrived: Arrived[] = [];
  const heard: string[] = [];
  const sockets = new Set<net.Socket>();
  const server = net.createServer((socket) => {
    sockets.add(socket);
    let mail: string[] | null = null;
    let rest = '';
    socket.write('220 test ESMTP\r\n');
    socket.on('error', () => undefined);
    socket.on('data', (data) => {
      rest += data.toString('utf8');
      const lines = rest.split('\r\n');
      rest = lines.pop() ?? '';
      for (const line of lines) {
        if (mail) {
          if (line !== '.') mail.push(line);
          else {
            arrived.push({ path: '', contentType: '', body: mail.join('\n') });
            mail = null;
            socket.write('250 taken\r\n');
          }
          continue;
        }
        heard.push(line);
        const word = line.split(' ')[0]?.toUpperCase();
        if (word === 'EHLO') socket.write('250-test\r\n250 AUTH PLAIN LOGIN\r\n');
        else if (word === 'DATA') {
          mail = [];
          socket.write('354 go on\r\n');
        } else if (word === 'QUIT') socket.end('221 bye\r\n');
        else socket.write('250 ok\r\n');
      }
    });
  });
  const receiver = await listening(server, arrived, () => {
    for (const socket of sockets) socket.destroy();
  });
  return { ...receiver, heard };
}

async function listening(
  server: net.Server,
  arrived: Arrived[],
  drop: () => void,
): Promise<Receiver> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const close = () =>
    new Promise<void>((resolve) => {
      server.close(() => resolve());
      drop();
    });
  return { port, arrived, close };
}
