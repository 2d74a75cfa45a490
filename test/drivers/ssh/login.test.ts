import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import ssh2, { type AuthContext, type ParsedKey } from 'ssh2';
import { connectNode, type SshOptions, type SshTarget } from '../../../source/drivers/ssh/index.ts';
import { InterruptedError, OperatorError, Secret } from '../../../source/model/index.ts';
import { aTarget, startServer, stopServers, workFolder } from './helpers/server.ts';

test.after.always(stopServers);

const password = new Secret('password', 'right password');

function byPassword(attempt: AuthContext) {
  if (attempt.method === 'password' && attempt.password === 'right password') return true;
  return ['password'];
}

function byKey(publicKey: string) {
  const key = ssh2.utils.parseKey(publicKey) as ParsedKey;
  return (attempt: AuthContext) => {
    if (attempt.method !== 'publickey') return ['publickey'];
    if (!attempt.key.data.equals(key.getPublicSSH())) return ['publickey'];
    if (!attempt.signature || !attempt.blob) return true;
    return key.verify(attempt.blob, attempt.signature, attempt.hashAlgo) === true || ['publickey'];
  };
}

function byKeyboard(attempt: AuthContext): readonly string[] | undefined {
  if (attempt.method !== 'keyboard-interactive') return ['keyboard-interactive'];
  attempt.prompt([{ prompt: 'Password: ', echo: false }], (answers) => {
    if (answers?.[0] === 'right password') attempt.accept();
    else attempt.reject(['keyboard-interactive']);
  });
  return undefined;
}

async function newKey(passphrase = ''): Promise<string> {
  const file = join(await workFolder(), 'key');
  execFileSync('ssh-keygen', ['-q', '-t', 'ed25519', '-N', passphrase, '-f', file]);
  return file;
}

async function entered(t: ExecutionContext, target: SshTarget, options: SshOptions) {
  const connection = await connectNode(target, options);
  t.is((await connection.run(['true'], { timeoutMs: 9_000 })).kind, 'exited');
  await connection.close();
}

async function refusal(t: ExecutionContext, target: SshTarget, options: SshOptions) {
  const error = await t.throwsAsync(connectNode(target, options), { instanceOf: OperatorError });
  t.false(JSON.stringify(error?.problems).includes('right password'));
  return error?.problems[0];
}

test('a password', async (t) => {
  await entered(t, ...(await aTarget(await startServer({ admit: byPassword }), { password })));
});

test('a wrong password says where it stands and what was tried', async (t) => {
  const wrong = new Secret('password', 'wrong password');
  const server = await startServer({ admit: byPassword });
  const found = await refusal(t, ...(await aTarget(server, { password: wrong })));
  t.is(found?.code, 'auth-refused');
  t.like(found, { field: 'nodes[0].address', file: 'cluster.yaml', line: 7 });
  t.like(found?.params, { methods: 'password', offered: 'password', user: 'root' });
  t.false(JSON.stringify(found).includes('wrong password'));
});

test('a password is asked for until it is right', async (t) => {
  const server = await startServer({ admit: byPassword });
  const answers = [new Secret('password', 'wrong'), password];
  const askSecret = async () => answers.shift();
  await entered(t, ...(await aTarget(server, {}, { askSecret })));
});

test('keyboard-interactive, with the password given or asked for', async (t) => {
  const server = await startServer({ admit: byKeyboard });
  await entered(t, ...(await aTarget(server, { password })));
  await entered(t, ...(await aTarget(server, {}, { askSecret: async () => password })));
});

test('a key that the cluster file names', async (t) => {
  const identityFile = await newKey();
  const server = await startServer({ admit: byKey(await readFile(`${identityFile}.pub`, 'utf8')) });
  await entered(t, ...(await aTarget(server, { identityFile })));
  const other = await newKey();
  const found = await refusal(t, ...(await aTarget(server, { identityFile: other })));
  t.is(found?.code, 'auth-refused');
  t.is(found?.params?.methods, other);
});

test('a key of ~/.ssh/config, found under an alias', async (t) => {
  const key = await newKey();
  const server = await startServer({ admit: byKey(await readFile(`${key}.pub`, 'utf8')) });
  const [target, options] = await aTarget(server);
  const { port: _, user: __, ...rest } = target;
  await writeFile(
    options.configFile ?? '',
    `Host front\n HostName 127.0.0.1\n Port ${server.port}\n User root\n IdentityFile ${key}\n UserKnownHostsFile none\n GlobalKnownHostsFile none\n`,
  );
  await entered(t, { ...rest, host: 'front' }, options);
});

test('a missing key, and a file that is none', async (t) => {
  const server = await startServer();
  const missing = await refusal(t, ...(await aTarget(server, { identityFile: '/nowhere/key' })));
  t.like(missing, { code: 'key-unreadable', file: 'cluster.yaml', line: 7 });
  const noKey = join(await workFolder(), 'key');
  await writeFile(noKey, 'hello');
  const bad = await refusal(t, ...(await aTarget(server, { identityFile: noKey })));
  t.is(bad?.code, 'key-unreadable');
});

test('a key with a passphrase: asked for, or a problem of its own', async (t) => {
  const identityFile = await newKey('right password');
  const server = await startServer({ admit: byKey(await readFile(`${identityFile}.pub`, 'utf8')) });
  const found = await refusal(t, ...(await aTarget(server, { identityFile })));
  t.is(found?.code, 'key-encrypted');
  const answers = [new Secret('passphrase', 'wrong'), password];
  const askSecret = async () => answers.shift();
  await entered(t, ...(await aTarget(server, { identityFile }, { askSecret })));
});

test('the agent, and one that is not there', async (t) => {
  const key = await newKey();
  const socket = join(await workFolder(), 'agent');
  const agent = spawn('ssh-agent', ['-D', '-a', socket], { stdio: ['ignore', 'pipe', 'ignore'] });
  await once(agent.stdout, 'data');
  const environment = { PATH: process.env.PATH, SSH_AUTH_SOCK: socket };
  execFileSync('ssh-add', ['-q', key], { env: environment, stdio: 'ignore' });
  const server = await startServer({ admit: byKey(await readFile(`${key}.pub`, 'utf8')) });
  await entered(t, ...(await aTarget(server, {}, { environment })));
  agent.kill();
  await once(agent, 'exit');
  const found = await refusal(t, ...(await aTarget(server, {}, { environment })));
  t.is(found?.code, 'auth-refused');
});

test('how a host does not answer', async (t) => {
  const quiet = createServer((socket) => socket.resume());
  await new Promise<void>((resolve) => quiet.listen(0, '127.0.0.1', resolve));
  const { port } = quiet.address() as { port: number };
  const silent = await refusal(t, ...(await aTarget({ port }, {}, { connectTimeoutMs: 300 })));
  t.is(silent?.code, 'host-unreachable');
  await new Promise((resolve) => quiet.close(resolve));
  const refused = await refusal(t, ...(await aTarget({ port })));
  t.is(refused?.code, 'host-unreachable-refused');
});

test('something else listens on the port', async (t) => {
  const web = createServer((socket) => socket.end('HTTP/1.1 400 Bad Request\r\n\r\n'));
  await new Promise<void>((resolve) => web.listen(0, '127.0.0.1', resolve));
  const { port } = web.address() as { port: number };
  const found = await refusal(t, ...(await aTarget({ port })));
  t.is(found?.code, 'ssh-handshake-failed');
  web.close();
});

test('an abort while connecting', async (t) => {
  const quiet = createServer((socket) => socket.resume());
  await new Promise<void>((resolve) => quiet.listen(0, '127.0.0.1', resolve));
  const { port } = quiet.address() as { port: number };
  const abort = new AbortController();
  const connecting = connectNode(...(await aTarget({ port }, {}, { signal: abort.signal })));
  setTimeout(() => abort.abort(), 200);
  await t.throwsAsync(connecting, { instanceOf: InterruptedError });
  quiet.close();
});
