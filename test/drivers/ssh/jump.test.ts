import { writeFile } from 'node:fs/promises';
import test from 'ava';
import { connectNode } from '../../../source/drivers/ssh/index.ts';
import { parseHop } from '../../../source/drivers/ssh/jump.ts';
import { OperatorError } from '../../../source/model/index.ts';
import { aTarget, newHostKey, startServer, stopServers } from './helpers/server.ts';

test.after.always(stopServers);

const QUIET = 'UserKnownHostsFile none\nGlobalKnownHostsFile none\nIdentityFile none\n';

test('a hop in each of its spellings', (t) => {
  t.deepEqual(parseHop('jump'), { host: 'jump' });
  t.deepEqual(parseHop('ada@jump:2222'), { host: 'jump', user: 'ada', port: 2222 });
  t.deepEqual(parseHop('ssh://ada@[fe80::1]:22/'), { host: 'fe80::1', user: 'ada', port: 22 });
});

test('through two jump hosts, each verified, each entered as its own user', async (t) => {
  const [first, second, last] = await Promise.all([
    startServer({ forwards: true, admit: ({ username }) => username === 'ada' || ['password'] }),
    startServer({ forwards: true, admit: ({ username }) => username === 'bob' || ['password'] }),
    startServer(),
  ]);
  const [target, options] = await aTarget(last);
  const hops = `ada@127.0.0.1:${first.port},bob@localhost:${second.port}`;
  await writeFile(
    options.configFile ?? '',
    `Host node\n HostName 127.0.0.1\n ProxyJump ${hops}\n${''}Host *\n ${QUIET}`,
  );
  const connection = await connectNode({ ...target, host: 'node' }, options);
  t.like(await connection.run(['echo there'], { timeoutMs: 9_000 }), { stdout: 'there\n' });
  await connection.close();
});

test('a jump host with an unknown key is not passed through', async (t) => {
  const [jump, last] = await Promise.all([
    startServer({ forwards: true, hostKeys: [newHostKey()] }),
    startServer(),
  ]);
  const [target, options] = await aTarget(last, {}, { acceptNewHostKeys: false });
  await writeFile(
    options.configFile ?? '',
    `Host node\n HostName 127.0.0.1\n ProxyJump root@localhost:${jump.port}\nHost *\n ${QUIET}`,
  );
  const error = await t.throwsAsync(connectNode({ ...target, host: 'node' }, options), {
    instanceOf: OperatorError,
  });
  t.like(error?.problems[0], { code: 'host-key-unknown' });
  t.like(error?.problems[0]?.params, { host: 'localhost', port: jump.port });
});

test('a node that its jump host cannot reach', async (t) => {
  const jump = await startServer({ forwards: true });
  const [target, options] = await aTarget({ port: 1 });
  await writeFile(
    options.configFile ?? '',
    `Host node\n HostName 127.0.0.1\n ProxyJump root@localhost:${jump.port}\nHost *\n ${QUIET}`,
  );
  const error = await t.throwsAsync(connectNode({ ...target, host: 'node' }, options), {
    instanceOf: OperatorError,
  });
  t.regex(error?.problems[0]?.code ?? '', /^host-unreachable/);
});

test('a ProxyCommand', async (t) => {
  const server = await startServer();
  const [target, options] = await aTarget(server);
  const command = `bash -c 'exec 3<>/dev/tcp/%h/%p; cat <&3 & cat >&3; kill $!'`;
  await writeFile(options.configFile ?? '', `ProxyCommand ${command}\n${QUIET}`);
  const connection = await connectNode(target, options);
  t.like(await connection.run(['echo there'], { timeoutMs: 9_000 }), { stdout: 'there\n' });
  await connection.close();
});
