import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import { daemon, main, password, real, withWorld } from './daemon.ts';
import { World } from './world.ts';

real(
  'a set is written, loaded once, settled, and undone byte for byte',
  withWorld(async (world, t) => {
    world.write('state/active', '');
    const before = world.manifest();
    const { change, result } = world.apply(daemon());
    t.is(result.exitCode, 0, result.stderr);
    t.is(world.read('srv/daemon/secret/key.conf'), `password ${password.reveal()}`);
    t.is(world.read('state/loaded'), 'listen 80\n');
    t.is(world.read('state/calls').match(/^reload/gm)?.length, 1);
    t.regex(world.manifest().join('\n'), /secret\/key.conf 600 0:0/);
    t.regex(world.manifest().join('\n'), /daemon\/secret 700 0:0/);
    t.false(world.manifest().some((line) => line.includes('stage') || line.includes('.iam-ha')));
    t.is(world.plan(daemon()).kind, 'settled');
    t.deepEqual(
      change.parts.map((part) => part.resource),
      [
        'directory:/srv/daemon/secret',
        'file:/srv/daemon/main.conf',
        'file:/srv/daemon/secret/key.conf',
        'unit:daemon',
      ],
    );
    t.false(JSON.stringify(change.parts).includes('id)'));
    t.notRegex(await world.undo(change), /^left/m);
    t.deepEqual(world.manifest(), before);
  }),
);

real(
  'a configuration that its daemon refuses changes nothing',
  withWorld((world, t) => {
    world.write('srv/daemon/main.conf', 'listen 80\n');
    world.write('srv/daemon/other.conf', 'theirs\n');
    const before = world.manifest();
    const { result } = world.apply(
      main('syntax-error\n', { consents: { adopt: true, overwrite: [] } }),
    );
    t.is(result.exitCode, 10);
    t.regex(result.stderr, /^daemon: a mistake$/m);
    t.regex(result.stderr, /\/srv\/daemon\/main.conf/);
    t.regex(result.stderr, /^@problem config-test-failed$/m);
    t.deepEqual(world.manifest(), before);
  }),
);

real(
  'any word of a silent test refuses the set',
  withWorld((world, t) => {
    const before = world.manifest();
    const tests = [
      { root: '/srv/daemon', command: 'echo "(line 3) Unknown keyword"', silent: true },
    ];
    const { result } = world.apply(daemon({ tests }));
    t.is(result.exitCode, 10);
    t.deepEqual(world.manifest(), before);
  }),
);

real(
  'a load that fails brings the old files and the old configuration back',
  withWorld((world, t) => {
    world.write('state/active', '');
    world.apply(main('listen 80\n'));
    const before = world.manifest();
    const restart = {
      unit: 'daemon',
      command: 'systemctl restart daemon',
      effect: 'outage' as const,
    };
    const { result } = world.apply(main('broken\n', { load: restart }));
    t.is(result.exitCode, 11);
    t.regex(result.stderr, /daemon: broken configuration/);
    t.regex(result.stderr, /daemon: what it said/);
    t.regex(result.stderr, /^@problem config-load-failed$/m);
    t.deepEqual(world.manifest(), before);
    t.is(world.read('state/loaded'), 'listen 80\n');
    t.true(existsSync(join(world.root, 'state/active')));
    t.is(world.plan(main('listen 80\n')).kind, 'settled');
  }),
);

real(
  'a first load that fails leaves nothing, and a stopped unit stopped',
  withWorld((world, t) => {
    const before = world.manifest();
    const { result } = world.apply(main('broken\n'));
    t.is(result.exitCode, 11);
    t.deepEqual(world.manifest(), before);
    t.false(existsSync(join(world.root, 'state/active')));
  }),
);

real(
  'an inactive unit is started, or left alone when that is wanted',
  withWorld(async (world, t) => {
    const before = world.manifest();
    const skip = {
      unit: 'daemon',
      command: 'systemctl reload daemon',
      effect: 'reload' as const,
      ifInactive: 'skip' as const,
    };
    world.apply(main('one\n', { load: skip }));
    t.false(existsSync(join(world.root, 'state/active')));
    t.is(world.plan(main('one\n', { load: skip })).kind, 'settled');
    const { change } = world.apply(main('two\n'));
    t.true(existsSync(join(world.root, 'state/active')));
    await world.undo(change);
    t.false(existsSync(join(world.root, 'state/active')));
    t.is(world.read('srv/daemon/main.conf'), 'one\n');
    t.notDeepEqual(world.manifest(), before);
  }),
);

real(
  'a file that changes between plan and change is not touched',
  withWorld((world, t) => {
    const planned = world.plan(main('one\n'));
    world.write('srv/daemon/main.conf', 'theirs\n');
    const action = planned.kind === 'change' ? planned.change.actions[0] : undefined;
    const result = world.run(action?.kind === 'script' ? action.script : '');
    t.is(result.exitCode, 13);
    t.regex(result.stderr, /@problem changed-meanwhile/);
    t.is(world.read('srv/daemon/main.conf'), 'theirs\n');
  }),
);

real(
  'an owner that does not exist: nothing has changed',
  withWorld((world, t) => {
    const before = world.manifest();
    const files = [
      { path: '/srv/daemon/a.conf', content: ['a'], mode: '0644', owner: 'root:root' },
      { path: '/srv/daemon/b.conf', content: ['b'], mode: '0644', owner: 'nobody-at-all:root' },
    ];
    const { result } = world.apply(daemon({ files, tests: [] }));
    t.not(result.exitCode, 0);
    t.regex(result.stderr, /@problem config-write-failed/);
    t.deepEqual(world.manifest(), before);
  }),
);

real(
  'a kill anywhere is found again, and the next run comes to the same end',
  withWorld(async (world, t) => {
    world.write('state/active', '');
    world.write('srv/daemon/main.conf', 'theirs\n');
    const consents = { adopt: true, overwrite: [] };
    const uninterrupted = new World();
    uninterrupted.write('state/active', '');
    uninterrupted.write('srv/daemon/main.conf', 'theirs\n');
    uninterrupted.apply(daemon({ consents }));
    const points = [
      'prepare\nmake_folders\n',
      'make_folders\nif ',
      'write_record "$RECORD_PENDING"\n',
      'label "${paths[index]}"\n  done\n',
      'commit\nload_new\n',
      'load_new\nphase=done\n',
      'clean_up\nwrite_record "$RECORD_DONE"\n',
    ];
    for (const point of points) {
      const planned = world.plan(daemon({ consents }));
      const action = planned.kind === 'change' ? planned.change.actions[0] : undefined;
      if (action?.kind !== 'script') return t.fail(`nothing was due before ${point}`);
      const text = action.script.map((part) => (typeof part === 'string' ? part : part.reveal()));
      const at = text.join('').lastIndexOf(point);
      t.true(at > 0, point);
      const first = point.indexOf('\n') + 1;
      const killed = `${text.join('').slice(0, at + first)}kill -9 $$\n${text.join('').slice(at + first)}`;
      t.is(world.run(killed).exitCode, 128, point);
    }
    const { result } = world.apply(daemon({ consents }));
    t.is(result.exitCode, 0);
    t.deepEqual(world.manifest(), uninterrupted.manifest());
    t.is(world.read('state/loaded'), 'listen 80\n');
    t.is(world.plan(daemon({ consents })).kind, 'settled');
    uninterrupted.remove();
  }),
);

real(
  'a run killed between rename and load is a pending load',
  withWorld((world, t) => {
    world.write('state/active', '');
    world.apply(main('one\n'));
    const record = join('lib/iam-ha-wizard/sets/daemon-main');
    world.write(record, world.read(record).replace(/^loaded .*\n/m, ''));
    const planned = world.plan(main('one\n'));
    t.is(planned.kind === 'change' ? planned.change.drift?.code : '', 'configuration-not-loaded');
    t.deepEqual(
      planned.kind === 'change' ? planned.change.parts.map((part) => part.resource) : [],
      ['unit:daemon'],
    );
    world.apply(main('one\n'));
    t.is(world.plan(main('one\n')).kind, 'settled');
  }),
);

real(
  'no secret is in an argument list of anything that is run',
  withWorld((world, t) => {
    writeFileSync(
      join(world.root, 'bin/watch'),
      `#!/bin/bash
cat /proc/[0-9]*/cmdline 2>/dev/null | tr "\\0" "\\n" | grep -c "pa[']ss" >>"$WORLD/seen"
exit 0
`,
      { mode: 0o755 },
    );
    const load = { unit: '', command: 'true', effect: 'none' as const };
    const tests = [{ root: '/srv/daemon', command: 'watch' }];
    world.apply(daemon({ tests, load: { ...load, unit: 'daemon' } }));
    t.is(world.read('state/seen').trim(), '0');
  }),
);

test('a probe that printed nothing is refused, not guessed at', (t) => {
  const planned = daemon().plan({ kind: 'exited', exitCode: 0, stdout: '', stderr: 'oops' });
  t.like(planned, { kind: 'refused', problem: { code: 'probe-unreadable', detail: 'oops' } });
});

test('a path that a script could misread is our bug', (t) => {
  const files = [{ path: '/srv/a b', content: ['x'], mode: '0644', owner: 'root:root' }];
  t.throws(() => daemon({ files }));
});
