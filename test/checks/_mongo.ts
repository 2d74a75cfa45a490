import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BsonDocument, encodeBson } from '../../source/checks/bson.ts';
import { tryConnect } from '../../source/drivers/connect.ts';
import type { Check, ConnectAction, ConnectResult, Verdict } from '../../source/model/index.ts';

const PROGRAM = fileURLToPath(new URL('../../assets/stand-in/mongo-stand-in', import.meta.url));

export const DATABASE = 'iam_audit';

export interface StandIn {
  readonly port: number;
  /** Where it keeps what it stores. */
  readonly folder: string;
  stop(): Promise<void>;
}

export type Accounts = Readonly<
  Record<string, { readonly password: string; readonly role: 'readWrite' | 'read' }>
>;

/** The stand-in for MongoDB, at work on this computer's loopback. */
export async function startStandIn(accounts: Accounts, kept?: string): Promise<StandIn> {
  const folder = kept ?? mkdtempSync(join(tmpdir(), 'mongo-stand-in-'));
  const port = await freePort();
  const file = join(folder, 'settings.json');
  const settings = { address: '127.0.0.1', port, folder, database: DATABASE, accounts };
  writeFileSync(file, JSON.stringify(settings), { mode: 0o600 });
  const child = spawn('python3', [PROGRAM, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  await new Promise((resolve, reject) => {
    child.stdout?.once('data', resolve);
    child.once('close', () => reject(new Error('the stand-in ended')));
  });
  return { port, folder, stop: () => ended(child) };
}

export function forget({ folder }: StandIn): void {
  rmSync(folder, { recursive: true, force: true });
}

function ended(child: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    child.once('close', () => resolve());
    child.kill();
  });
}

export function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const address = server.address() as net.AddressInfo;
      server.close(() => resolve(address.port));
    });
  });
}

/** Makes the check's connections from this computer, in place of its vantage; scripts print `printed`. */
export async function judged(check: Check, printed = ''): Promise<Verdict> {
  const measured = await Promise.all(
    check.measurements.map((one) =>
      one.kind === 'connect'
        ? tryConnect({ ...one, vantage: { kind: 'here' } })
        : { kind: 'exited' as const, exitCode: 0, stdout: printed, stderr: '' },
    ),
  );
  return check.judge(measured);
}

/** A reply of the old wire protocol. */
export function reply(document: BsonDocument): Buffer {
  const body = encodeBson(document);
  const head = Buffer.alloc(36);
  head.writeInt32LE(36 + body.length, 0);
  head.writeInt32LE(1, 12);
  head.writeInt32LE(1, 32);
  return Buffer.concat([head, body]);
}

/** A connection on which these were the answers. */
export function said(answers: readonly BsonDocument[], broken?: string): ConnectResult {
  const nonce = 'fyko+d2lbbFgONRv9qkxdawL';
  return {
    kind: 'connect',
    outcome: 'open',
    reason: '',
    said: { nonce, answers: answers.map(reply), ...(broken && { broken }) },
  };
}

export function connectionOf(check: Check): ConnectAction {
  const found = check.measurements.find((one): one is ConnectAction => one.kind === 'connect');
  if (!found) throw new Error('no connection');
  return found;
}
