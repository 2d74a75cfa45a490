import test from 'ava';
import { droppedCapabilities, enterNetwork, isLastAct } from '../../source/lab/enter.ts';
import { networkBatches } from '../../source/lab/network.ts';
import { labSpec } from '../../source/lab/options.ts';
import { personalFiles } from '../../source/lab/personal.ts';

test('a command on a machine loses the capabilities that the machine has not', (t) => {
  const status = (set: string) => `Name:\tx\nCapBnd:\t${set}\n`;
  // Without CAP_SYS_MODULE (16) and CAP_SYS_TIME (25).
  t.is(
    droppedCapabilities(status('00000000fdfeffff'), status('00000000ffffffff')),
    '-cap_16,-cap_25',
  );
  t.is(droppedCapabilities(status('ff'), status('ff')), '+all');
});

test('a machine goes down when systemd has become the program that ends everything, or is gone', (t) => {
  t.false(isLastAct('812 (systemd) S 790 812 812 0 -1 4194560 52000'));
  t.true(isLastAct('812 (systemd-shutdow) R 790 812 812 0 -1 4194560 52000'));
  t.true(isLastAct('812 (systemd) Z 790 812 812 0 -1 4194560 0'));
  t.false(isLastAct('9 (a) Z (b) S 1 9 9 0 -1 4194560 0'), 'a name may hold anything');
});

test("a command in the operator's network keeps its words as they are", (t) => {
  const words = ['echo', 'a b', '$HOME', '--', "'"];
  const { argv } = enterNetwork(42, words, {});
  t.deepEqual(argv, ['nsenter', '--net=/proc/42/ns/net', '--', ...words]);
});

test('no cable leads anywhere but to the three namespaces', (t) => {
  const batches = networkBatches(labSpec({}), { switch: 11, router: 12, operator: 13 });
  const ends = Object.values(batches).flatMap((text) => text.match(/netns \d+/g) ?? []);
  t.deepEqual(ends, ['netns 12', 'netns 12', 'netns 13']);
  t.regex(batches.operator, /^route add default via 10\.0\.4\.1$/m);
});

const files = (options: Parameters<typeof labSpec>[0], index: number) => {
  const spec = labSpec(options);
  const list = personalFiles(spec, spec.machines[index]!, 'ssh-ed25519 AAAA', 'ab'.repeat(16));
  return Object.fromEntries(list.map((file) => [file.path, file]));
};

test('root is the user by default, by key', (t) => {
  const own = files({}, 0);
  t.is(own['etc/hostname']?.text, 'iam-1\n');
  t.is(own['root/.ssh/authorized_keys']?.mode, 0o600);
  t.is(own['etc/sudoers.d/90-cloud-users'], undefined);
});

test('another user may use sudo, and root may not log in', (t) => {
  const free = files({ user: 'admin' }, 0);
  t.is(free['etc/sudoers.d/90-cloud-users']?.text, 'admin ALL=(ALL:ALL) NOPASSWD: ALL\n');
  t.is(free['etc/ssh/sshd_config.d/50-cloud.conf']?.text, 'PermitRootLogin no\n');
  const asked = files({ user: 'admin', sudoPassword: 'env:X' }, 0);
  t.is(asked['etc/sudoers.d/90-cloud-users']?.text, 'admin ALL=(ALL:ALL) ALL\n');
});

test('the client outside keeps its root', (t) => {
  t.is(files({ user: 'admin' }, 2)['etc/ssh/sshd_config.d/50-cloud.conf'], undefined);
});
