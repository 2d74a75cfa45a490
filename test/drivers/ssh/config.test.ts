import { homedir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { endpointFrom, parseSshConfig } from '../../../source/drivers/ssh/config.ts';
import type { SshTarget } from '../../../source/drivers/ssh/index.ts';

const target = { node: 'iam-1', address: '10.0.4.20' } as SshTarget;

test('what ssh -G says, with the cluster file on top', (t) => {
  const values = parseSshConfig(
    [
      'hostname 106.52.0.1',
      'port 2222',
      'user ada',
      'identityfile ~/.ssh/work',
      'identityfile /keys/other',
      'identitiesonly yes',
      'identityagent none',
      'proxyjump jump,ada@inner:2222',
      'proxycommand none',
      'stricthostkeychecking true',
      'userknownhostsfile ~/.ssh/known_hosts /k/two',
      'globalknownhostsfile none',
    ].join('\n'),
  );
  const environment = { SSH_AUTH_SOCK: '/agent' };
  const configured = endpointFrom(values, 'front', target, environment);
  t.deepEqual(configured, {
    host: '106.52.0.1',
    port: 2222,
    user: 'ada',
    identityFiles: [join(homedir(), '.ssh/work'), '/keys/other'],
    identityGiven: false,
    identitiesOnly: true,
    knownHostsFiles: [join(homedir(), '.ssh/known_hosts'), '/k/two'],
    strict: true,
    proxyJump: ['jump', 'ada@inner:2222'],
  });
  const given = { ...target, user: 'root', port: 22, identityFile: '/k', knownHosts: '/kh' };
  t.like(endpointFrom(values, 'front', given, environment), {
    user: 'root',
    port: 22,
    identityFiles: ['/k'],
    identityGiven: true,
    knownHostsFiles: ['/kh'],
  });
});

test('without an ssh client: the usual places', (t) => {
  const plain = endpointFrom(new Map(), '10.0.4.20', target, { SSH_AUTH_SOCK: '/agent' });
  t.like(plain, { host: '10.0.4.20', port: 22, agent: '/agent', proxyJump: [], strict: false });
  t.true(plain.identityFiles.includes(join(homedir(), '.ssh/id_ed25519')));
  t.true(plain.knownHostsFiles.includes(join(homedir(), '.ssh/known_hosts')));
});
