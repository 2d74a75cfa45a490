import { execFileSync } from 'node:child_process';
import { mkdir, readFile, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import ssh2, { type ParsedKey } from 'ssh2';
import {
  connectNode,
  type HostKeyPrompt,
  type SshOptions,
  type SshTarget,
} from '../../../source/drivers/ssh/index.ts';
import { fingerprint, searchKnownHosts } from '../../../source/drivers/ssh/known-hosts.ts';
import { OperatorError } from '../../../source/model/index.ts';
import { aTarget, newHostKey, startServer, stopServers, workFolder } from './helpers/server.ts';

test.after.always(stopServers);

function publicLine(privateKey: string): string {
  const key = ssh2.utils.parseKey(privateKey) as ParsedKey;
  return `${key.type} ${key.getPublicSSH().toString('base64')}`;
}

function printOf(privateKey: string): string {
  return fingerprint((ssh2.utils.parseKey(privateKey) as ParsedKey).getPublicSSH());
}

async function refusal(t: ExecutionContext, target: SshTarget, options: SshOptions) {
  const error = await t.throwsAsync(connectNode(target, options), { instanceOf: OperatorError });
  return error?.problems[0];
}

async function record(options: SshOptions, text: string): Promise<void> {
  await mkdir(dirname(options.sessionKnownHosts), { recursive: true });
  await writeFile(options.sessionKnownHosts, text);
}

test('an unknown key is refused unattended, with its fingerprint', async (t) => {
  const key = newHostKey();
  const server = await startServer({ hostKeys: [key] });
  const found = await refusal(t, ...(await aTarget(server, {}, { acceptNewHostKeys: false })));
  t.is(found?.code, 'host-key-unknown');
  t.is(found?.params?.fingerprint, printOf(key));
  t.like(found, { node: 'iam-1', file: 'cluster.yaml', line: 7, field: 'nodes[0].address' });
});

test('an accepted key is remembered in the session (0600), and then known', async (t) => {
  const key = newHostKey();
  const server = await startServer({ hostKeys: [key] });
  const [target, options] = await aTarget(server);
  const first = await connectNode(target, options);
  t.is(first.hostKeyFingerprint, printOf(key));
  await first.close();
  const line = await readFile(options.sessionKnownHosts, 'utf8');
  t.is(line, `[127.0.0.1]:${server.port} ${publicLine(key)}\n`);
  t.is((await stat(options.sessionKnownHosts)).mode & 0o777, 0o600);
  const again = await connectNode(target, { ...options, acceptNewHostKeys: false });
  await again.close();
  t.is(await readFile(options.sessionKnownHosts, 'utf8'), line);
});

test('an unknown key is asked about; no is no', async (t) => {
  const server = await startServer();
  const asked: HostKeyPrompt[] = [];
  const askHostKey = async (key: HostKeyPrompt) => asked.push(key) > 1;
  const given = await aTarget(server, {}, { acceptNewHostKeys: false, askHostKey });
  t.is((await refusal(t, ...given))?.code, 'host-key-unknown');
  await (await connectNode(...given)).close();
  t.is(asked.length, 2);
  t.like(asked[0], {
    node: 'iam-1',
    host: '127.0.0.1',
    port: server.port,
    algorithm: 'ssh-ed25519',
  });
});

test('asking takes longer than the connect timeout', async (t) => {
  const server = await startServer();
  const askHostKey = () => new Promise<boolean>((yes) => setTimeout(() => yes(true), 1_500));
  const more = { acceptNewHostKeys: false, askHostKey, connectTimeoutMs: 1_000 };
  await (await connectNode(...(await aTarget(server, {}, more)))).close();
  t.pass();
});

test('a changed key is always refused, and the sentence holds the command', async (t) => {
  const server = await startServer();
  const [target, options] = await aTarget(server, {}, { askHostKey: async () => true });
  await record(options, `# mine\n[127.0.0.1]:${server.port} ${publicLine(newHostKey())}\n`);
  const found = await refusal(t, target, options);
  t.is(found?.code, 'host-key-changed');
  t.like(found?.params, {
    name: `[127.0.0.1]:${server.port}`,
    knownHosts: options.sessionKnownHosts,
    knownHostsLine: 2,
  });
  const name = String(found?.params?.name);
  execFileSync('ssh-keygen', ['-R', name, '-f', options.sessionKnownHosts], { stdio: 'ignore' });
  await (await connectNode(target, options)).close();
});

test('a key of another algorithm does not pass for a new host', async (t) => {
  const server = await startServer({ hostKeys: [newHostKey('ed25519')] });
  const [target, options] = await aTarget(server);
  await record(options, `[127.0.0.1]:${server.port} ${publicLine(newHostKey('ecdsa'))}\n`);
  t.is((await refusal(t, target, options))?.code, 'host-key-changed');
});

test('a server with two keys shows the one that is known', async (t) => {
  const [known, other] = [newHostKey('ecdsa'), newHostKey('ed25519')];
  const server = await startServer({ hostKeys: [other, known] });
  const [target, options] = await aTarget(server, {}, { acceptNewHostKeys: false });
  await record(options, `[127.0.0.1]:${server.port} ${publicLine(known)}\n`);
  const connection = await connectNode(target, options);
  t.is(connection.hostKeyFingerprint, printOf(known));
  await connection.close();
});

test('hashed names, a knownHosts file of the cluster, and revoked keys', async (t) => {
  const key = newHostKey();
  const server = await startServer({ hostKeys: [key] });
  const folder = await workFolder();
  const knownHosts = join(folder, 'known hosts');
  await writeFile(knownHosts, `[127.0.0.1]:${server.port} ${publicLine(key)}\n`);
  execFileSync('ssh-keygen', ['-H', '-f', knownHosts], { stdio: 'ignore' });
  const [target, options] = await aTarget(server, { knownHosts }, { acceptNewHostKeys: false });
  t.true((await readFile(knownHosts, 'utf8')).startsWith('|1|'));
  await (await connectNode(target, options)).close();
  await record(options, `@revoked * ${publicLine(key)}\n`);
  t.is((await refusal(t, target, options))?.code, 'host-key-revoked');
});

test('without ssh-keygen: names, ports, patterns, negation, hashes', async (t) => {
  const key = publicLine(newHostKey());
  const file = join(await workFolder(), 'known_hosts');
  const lines = [
    `plain,10.0.4.20 ${key}`,
    `[plain]:2222 ${key}`,
    `*.lan,!bad.lan ${key}`,
    `@revoked * ${key}`,
    `hidden ${key}`,
  ];
  const linesFor = (text: string, name: string) =>
    searchKnownHosts(text, name, file).map((one) => one.line);
  const text = `${lines.join('\n')}\n`;
  t.deepEqual(linesFor(text, 'plain'), [1, 4]);
  t.deepEqual(linesFor(text, '10.0.4.20'), [1, 4]);
  t.deepEqual(linesFor(text, '[plain]:2222'), [2, 4]);
  t.deepEqual(linesFor(text, 'a.lan'), [3, 4]);
  t.deepEqual(linesFor(text, 'bad.lan'), [4]);
  await writeFile(file, `${lines[4]}\n`);
  execFileSync('ssh-keygen', ['-H', '-f', file], { stdio: 'ignore' });
  const hashed = await readFile(file, 'utf8');
  t.deepEqual(linesFor(hashed, 'hidden'), [1]);
  t.deepEqual(linesFor(hashed, 'other'), []);
});
