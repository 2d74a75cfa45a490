import ava from 'ava';
import { isLabPossible, labDown, labUp } from '../../source/lab/index.ts';
import { type NodeName, type Resource, revealContent, Secret } from '../../source/model/index.ts';
import { platformOf } from '../../source/platforms/index.ts';
import { configSet } from '../../source/resources/config-set.ts';
import type { ConfigSetOptions } from '../../source/resources/config-set-options.ts';
import { packages } from '../../source/resources/package.ts';
import { systemUser } from '../../source/resources/system-user.ts';
import { unit } from '../../source/resources/unit.ts';
import { machine } from './_machine.ts';

// Real daemons on a real machine. Where no lab can be made, each of these is skipped, by name.
const test = isLabPossible().possible ? ava.serial : ava.serial.skip;

const LAB = `sets-${process.pid}`;
const node = 'iam-1' as NodeName;
const platform = platformOf({
  os: { id: 'debian', versionId: '12', idLike: [], codename: '', prettyName: '' },
})!;
const quiet = () => {};

const { run, plan, apply, undo, manifest, pidOf } = machine(LAB, node);

function nginx(text: string, more: Partial<ConfigSetOptions> = {}): Resource {
  return configSet({
    node,
    name: 'nginx/test',
    files: [
      { path: '/etc/nginx/conf.d/iam.conf', content: [text], mode: '0644', owner: 'root:root' },
      {
        path: '/etc/nginx/iam/auth',
        content: [new Secret('password', 'correct-horse\n')],
        mode: '0640',
        owner: 'root:www-data',
      },
    ],
    blocks: [{ path: '/etc/hosts', lines: ['127.0.0.1 iam.api.marmotedu.com'] }],
    tests: [{ root: '/etc/nginx', command: 'nginx -t' }],
    load: { unit: 'nginx', command: 'systemctl reload nginx', effect: 'reload' },
    consents: { adopt: false, overwrite: [] },
    session: { name: 'lab', id: 'id-1' },
    ...more,
  });
}

const GOOD = 'server { listen 8088; return 200 "one\\n"; }\n';

function redis(extra: string): Resource {
  return configSet({
    node,
    name: 'redis',
    files: [
      {
        path: '/etc/redis/iam-ha.conf',
        content: [`include /etc/redis/redis.conf\n${extra}`],
        mode: '0640',
        owner: 'root:redis',
      },
      {
        path: '/etc/systemd/system/redis-server.service.d/iam-ha.conf',
        content: [
          '[Service]\nExecStart=\nExecStart=/usr/bin/redis-server /etc/redis/iam-ha.conf --supervised systemd --daemonize no\n',
        ],
        mode: '0644',
        owner: 'root:root',
      },
    ],
    load: {
      unit: 'redis-server',
      command: 'systemctl restart redis-server',
      effect: 'outage',
    },
    consents: { adopt: false, overwrite: [] },
    session: { name: 'lab', id: 'id-1' },
  });
}

ava.before(async () => {
  if (!isLabPossible().possible) return;
  await labUp({ name: LAB, cloud: 'none' }, { report: quiet, env: process.env });
});

ava.after.always(async () => {
  await labDown(LAB, quiet, process.env);
});

test('packages are installed once', (t) => {
  const names = ['nginx', 'redis-server', 'redis-tools'];
  const wanted = packages({ node, stage: 'test', platform, names });
  const { result } = apply(wanted);
  t.is(result.exitCode, 0, result.stdout + result.stderr);
  t.is(plan(wanted).kind, 'settled');
  const unknown = packages({ node, stage: 'test', platform, names: ['no-such-package'] });
  const refused = apply(unknown).result;
  t.regex(refused.stderr, /@problem package-unknown/);
});

test('an installation that was interrupted is finished first', (t) => {
  run(`dpkg --unpack "$(ls /srv/packages/keepalived_*.deb | head -n 1)"`);
  t.not(run('dpkg --audit').stdout, '');
  const { result } = apply(packages({ node, stage: 'test', platform, names: ['keepalived'] }));
  t.is(result.exitCode, 0, result.stdout + result.stderr);
  t.is(run('dpkg --audit').stdout, '');
});

test('a configuration that nginx refuses changes nothing', (t) => {
  const before = manifest();
  const { result } = apply(nginx('server { listen 8088; retrun 200; }\n'));
  t.is(result.exitCode, 10);
  t.regex(result.stderr, /unknown directive "retrun" in \/etc\/nginx\/conf.d\/iam.conf:1/);
  t.is(manifest(), before);
});

test('a set is reloaded without a restart, settled, and undone byte for byte', async (t) => {
  const before = manifest();
  const pid = pidOf('nginx');
  const { change, result } = apply(nginx(GOOD));
  t.is(result.exitCode, 0, result.stderr);
  t.is(run('curl -s http://127.0.0.1:8088/').stdout, 'one\n');
  t.is(run('getent hosts iam.api.marmotedu.com').stdout.split(' ')[0], '127.0.0.1');
  t.is(plan(nginx(GOOD)).kind, 'settled');
  t.is(pidOf('nginx'), pid);
  t.notRegex(await undo(change), /^left/m);
  t.is(manifest(), before);
  // A reload answers before the old workers have let their sockets go.
  t.is(
    run('for try in {1..50}; do curl -s http://127.0.0.1:8088/ || exit 0; sleep 0.1; done; exit 1')
      .exitCode,
    0,
  );
});

test('killed between rename and reload, it is a pending reload for the next run', (t) => {
  const planned = plan(nginx(GOOD));
  const action = planned.kind === 'change' ? planned.change.actions[0] : undefined;
  const script = action?.kind === 'script' ? revealContent(action.script) : '';
  run(script.replace('\ncommit\n', () => '\ncommit\nkill -9 $$\n'));
  t.not(run('curl -s http://127.0.0.1:8088/').exitCode, 0);
  const again = plan(nginx(GOOD));
  if (again.kind !== 'change') return t.fail();
  t.is(again.change.drift?.code, 'configuration-not-loaded');
  t.is(apply(nginx(GOOD)).result.exitCode, 0);
  t.is(run('curl -s http://127.0.0.1:8088/').stdout, 'one\n');
  t.is(plan(nginx(GOOD)).kind, 'settled');
  t.is(run('find /etc -name "*.iam-ha-wizard"; ls /var/lib/iam-ha-wizard').stdout, 'sets\n');
});

test('an edit by hand is refused', (t) => {
  run('echo "# by hand" >>/etc/nginx/conf.d/iam.conf');
  t.like(plan(nginx(GOOD)), {
    kind: 'refused',
    problem: { code: 'managed-file-changed', file: '/etc/nginx/conf.d/iam.conf' },
  });
  const overwrite = ['/etc/nginx/conf.d/iam.conf'];
  apply(nginx(GOOD, { consents: { adopt: false, overwrite } }));
  t.is(plan(nginx(GOOD)).kind, 'settled');
});

test("a package's own sample is replaced without a question, an edited one is not", async (t) => {
  const path = '/etc/nginx/sites-available/default';
  const set = (packageSamples: readonly string[]) =>
    configSet({
      node,
      name: 'sample',
      files: [{ path, content: ['server { listen 8089; }\n'], mode: '0644', owner: 'root:root' }],
      packageSamples,
      consents: { adopt: false, overwrite: [] },
      session: { name: 'lab', id: 'id-1' },
    });
  const before = manifest();
  t.like(plan(set([])), { problem: { code: 'foreign-configuration' } });
  const { change } = apply(set([path]));
  t.is(change.parts[0].summary.code, 'sample-replace');
  await undo(change);
  t.is(manifest(), before);
  run(`echo '# theirs' >>${path}`);
  t.like(plan(set([path])), { problem: { code: 'foreign-configuration' } });
  run(`sed -i '$d' ${path}`);
});

test('a restart that fails brings the old files and the daemon back', async (t) => {
  const before = manifest();
  const { change, result } = apply(redis('maxmemory 64mb\n'));
  t.is(result.exitCode, 0, result.stderr);
  t.is(run('redis-cli config get maxmemory').stdout, 'maxmemory\n67108864\n');
  const good = manifest();
  const bad = apply(redis('no-such-directive yes\n')).result;
  t.is(bad.exitCode, 11);
  t.regex(bad.stderr, /no-such-directive/);
  t.is(manifest(), good);
  t.is(run('redis-cli ping').stdout, 'PONG\n');
  t.is(plan(redis('maxmemory 64mb\n')).kind, 'settled');
  t.notRegex(await undo(change), /^left/m);
  t.is(manifest(), before);
  t.is(run('redis-cli config get maxmemory').stdout, 'maxmemory\n0\n');
});

test('a unit is started and enabled; an undo stops and disables it', async (t) => {
  run('systemctl disable --now redis-server');
  const before = manifest();
  const wanted = unit({ node, unit: 'redis-server', downCode: 'unit-not-running' });
  const { change, result } = apply(wanted);
  t.is(result.exitCode, 0, result.stderr);
  t.is(plan(wanted).kind, 'settled');
  t.notRegex(await undo(change), /^left/m);
  t.is(manifest(), before);
  t.is(run('systemctl is-active redis-server').stdout, 'inactive\n');
});

test('a unit that cannot start says why, and is not left enabled', (t) => {
  run(`printf '[Service]\\nType=oneshot\\nExecStart=/bin/sh -c "echo sorry >&2; exit 3"\\n[Install]\\nWantedBy=multi-user.target\\n' >/etc/systemd/system/bad.service
systemctl daemon-reload`);
  const { result } = apply(unit({ node, unit: 'bad', downCode: 'backend-down' }));
  t.is(result.exitCode, 11);
  t.regex(result.stderr, /^sorry$/m);
  t.regex(result.stderr, /@problem unit-start-failed/);
  t.is(run('systemctl is-enabled bad').stdout, 'disabled\n');
});

test('a system user comes and goes without a trace in /etc', async (t) => {
  const before = manifest();
  const user = systemUser({ node, name: 'iam', home: '/var/lib/iam' });
  const { change, result } = apply(user);
  t.is(result.exitCode, 0, result.stderr);
  t.regex(
    run('id iam; getent passwd iam').stdout,
    /\(iam\)[\s\S]*:\/var\/lib\/iam:\/usr\/sbin\/nologin/,
  );
  t.is(plan(user).kind, 'settled');
  t.notRegex(await undo(change), /^left/m);
  t.is(manifest(), before);
});
