import { chmod, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import test, { type ExecutionContext } from 'ava';
import { connectNode, type SshOptions, type SshTarget } from '../../../source/drivers/ssh/index.ts';
import { type Message, OperatorError, Secret } from '../../../source/model/index.ts';
import { aTarget, startServer, stopServers, workFolder } from './helpers/server.ts';

// A stand-in for sudo shows what is sent to it and when. The real one is met in the lab.
test.after.always(stopServers);

const sudoPassword = new Secret('sudo password', 'open sesame');

/** Behaves as sudo: -n never asks, -S reads one line, -k forgets; writes down what it was given. */
async function fakeSudo(mode: 'free' | 'password' | 'forbidden' | 'requiretty') {
  const path = await workFolder();
  const script = `#!/bin/bash
echo "$*" | cut -c1-40 >>${path}/calls
mode=${mode}; ask=1
while [[ $1 == -* ]]; do
  case $1 in -n) ask=0 ;; -p) shift ;; esac
  shift
done
if [ $mode = requiretty ]; then echo 'sudo: sorry, you must have a tty to run sudo' >&2; exit 1; fi
if [ $mode = free ]; then exec "$@"; fi
if [ $ask = 0 ]; then echo 'sudo: a password is required' >&2; exit 1; fi
IFS= read -r line
echo "$line" >>${path}/passwords
if [ "$line" != 'open sesame' ]; then echo 'sudo: 1 incorrect password attempt' >&2; exit 1; fi
if [ $mode = forbidden ]; then echo 'ada is not in the sudoers file.' >&2; exit 1; fi
echo 'We trust you have received the usual lecture' >&2
exec "$@"
`;
  await writeFile(join(path, 'sudo'), script);
  await chmod(join(path, 'sudo'), 0o755);
  const lines = async (file: string) =>
    (await readFile(join(path, file), 'utf8').catch(() => '')).split('\n').filter(Boolean);
  return { path, calls: () => lines('calls'), passwords: () => lines('passwords') };
}

async function refusal(t: ExecutionContext, target: SshTarget, options: SshOptions) {
  const error = await t.throwsAsync(connectNode(target, options), { instanceOf: OperatorError });
  t.false(JSON.stringify(error?.problems).includes('sesame'));
  return error?.problems[0]?.code;
}

test('no password is sent where sudo wants none', async (t) => {
  const sudo = await fakeSudo('free');
  const server = await startServer({ path: sudo.path });
  const connection = await connectNode(...(await aTarget(server, { user: 'ada', sudoPassword })));
  const result = await connection.run(['cat; echo ran'], { timeoutMs: 9_000 });
  t.is(result.stdout, 'ran\n');
  t.is((await sudo.calls())[0], '-n true');
  t.deepEqual(await sudo.passwords(), []);
  t.is(connection.roundTrips, 1);
  await connection.close();
});

test('the password goes first on stdin, and only after sudo has asked for one', async (t) => {
  const sudo = await fakeSudo('password');
  const server = await startServer({ path: sudo.path });
  const connection = await connectNode(...(await aTarget(server, { user: 'ada', sudoPassword })));
  t.is((await sudo.calls())[0], '-n true');
  const result = await connection.run(['echo ran; echo bad >&2; exit 4'], { timeoutMs: 9_000 });
  t.deepEqual(result, { kind: 'exited', exitCode: 4, stdout: 'ran\n', stderr: 'bad\n' });
  t.deepEqual(await sudo.passwords(), ['open sesame', 'open sesame']);
  t.false(server.commands.some((command) => command.includes('sesame')));
  t.is(connection.roundTrips, 1);
  await connection.close();
});

test('a password that sudo did not take does not become part of the script', async (t) => {
  const sudo = await fakeSudo('password');
  const server = await startServer({ path: sudo.path });
  const connection = await connectNode(...(await aTarget(server, { user: 'ada', sudoPassword })));
  const free = await fakeSudo('free');
  await writeFile(join(sudo.path, 'sudo'), await readFile(join(free.path, 'sudo')));
  const result = await connection.run(['echo ran'], { timeoutMs: 9_000 });
  t.deepEqual(result, { kind: 'exited', exitCode: 0, stdout: 'ran\n', stderr: '' });
  await connection.close();
});

test('what is wrong with sudo', async (t) => {
  const user = 'ada';
  const wrong = new Secret('sudo password', 'hocus pocus');
  const asks = await startServer({ path: (await fakeSudo('password')).path });
  t.is(await refusal(t, ...(await aTarget(asks, { user }))), 'sudo-password-needed');
  t.is(
    await refusal(t, ...(await aTarget(asks, { user, sudoPassword: wrong }))),
    'sudo-password-wrong',
  );
  const forbids = await startServer({ path: (await fakeSudo('forbidden')).path });
  t.is(await refusal(t, ...(await aTarget(forbids, { user, sudoPassword }))), 'sudo-not-allowed');
  const terminal = await startServer({ path: (await fakeSudo('requiretty')).path });
  t.is(await refusal(t, ...(await aTarget(terminal, { user, sudoPassword }))), 'sudo-needs-tty');
});

test('the operator is asked for it', async (t) => {
  const asked: Message[] = [];
  const askSecret = async (what: Message) => {
    asked.push(what);
    return sudoPassword;
  };
  const server = await startServer({ path: (await fakeSudo('password')).path });
  const connection = await connectNode(...(await aTarget(server, { user: 'ada' }, { askSecret })));
  t.is((await connection.run(['true'], { timeoutMs: 9_000 })).kind, 'exited');
  t.deepEqual(asked, [{ code: 'ssh-ask-sudo-password', params: { node: 'iam-1', user: 'ada' } }]);
  await connection.close();
});
