import { chmodSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { main, real, withWorld } from './daemon.ts';

real(
  'our own older version is converged without a question',
  withWorld((world, t) => {
    world.apply(main('one\n'));
    const planned = world.plan(main('two\n'));
    t.is(planned.kind, 'change');
    t.is(planned.kind === 'change' ? planned.change.drift : 0, undefined);
  }),
);

real(
  'an edit of ours by somebody else is refused, and overwritten only with consent',
  withWorld(async (world, t) => {
    world.apply(main('one\n'));
    world.write('srv/daemon/main.conf', 'one\nedited by hand\n');
    const planned = world.plan(main('one\n'));
    t.like(planned, {
      kind: 'refused',
      problem: { code: 'managed-file-changed', node: 'iam-1', file: '/srv/daemon/main.conf' },
    });
    t.regex(planned.kind === 'refused' ? planned.problem.detail! : '', /^-edited by hand$/m);
    const consents = { adopt: false, overwrite: ['/srv/daemon/main.conf'] };
    const { change, result } = world.apply(main('one\n', { consents }));
    t.is(result.exitCode, 0);
    t.is(change.drift?.code, 'managed-file-changed');
    t.is(world.read('srv/daemon/main.conf'), 'one\n');
    await world.undo(change);
    t.is(world.read('srv/daemon/main.conf'), 'one\nedited by hand\n');
  }),
);

real(
  'a file that was edited after us stays at an undo',
  withWorld(async (world, t) => {
    const { change } = world.apply(main('one\n'));
    world.write('srv/daemon/main.conf', 'edited\n');
    t.regex(await world.undo(change), /^left file:\/srv\/daemon\/main.conf$/m);
    t.is(world.read('srv/daemon/main.conf'), 'edited\n');
  }),
);

real(
  'a removed file and a changed mode are drift, and mended',
  withWorld((world, t) => {
    world.apply(main('one\n'));
    chmodSync(join(world.root, 'srv/daemon/main.conf'), 0o600);
    const mode = world.plan(main('one\n'));
    t.is(mode.kind === 'change' ? mode.change.drift?.code : '', 'managed-file-changed');
    world.apply(main('one\n'));
    t.regex(world.manifest('srv').join('\n'), /main.conf 644/);
    rmSync(join(world.root, 'srv/daemon/main.conf'));
    const gone = world.plan(main('one\n'));
    t.is(gone.kind === 'change' ? gone.change.drift?.code : '', 'managed-file-changed');
  }),
);

real(
  'a foreign file is refused, and adopted with its mode and owner kept for the undo',
  withWorld(async (world, t) => {
    world.write('srv/daemon/main.conf', 'theirs\n');
    chmodSync(join(world.root, 'srv/daemon/main.conf'), 0o4640);
    const before = world.manifest();
    t.like(world.plan(main('one\n')), {
      kind: 'refused',
      problem: { code: 'foreign-configuration', file: '/srv/daemon/main.conf' },
    });
    const { change } = world.apply(main('one\n', { consents: { adopt: true, overwrite: [] } }));
    t.is(world.read('srv/daemon/main.conf'), 'one\n');
    t.notRegex(await world.undo(change), /^left/m);
    t.deepEqual(world.manifest(), before);
  }),
);

real(
  'a link is replaced and comes back; a folder is refused',
  withWorld(async (world, t) => {
    world.write('srv/daemon/real.conf', 'theirs\n');
    symlinkSync('real.conf', join(world.root, 'srv/daemon/main.conf'));
    const before = world.manifest();
    t.is(world.plan(main('one\n')).kind, 'refused');
    const adopting = main('one\n', { consents: { adopt: true, overwrite: [] } });
    const { change } = world.apply(adopting);
    t.is(world.read('srv/daemon/main.conf'), 'one\n');
    t.is(world.read('srv/daemon/real.conf'), 'theirs\n');
    await world.undo(change);
    t.deepEqual(world.manifest(), before);
    rmSync(join(world.root, 'srv/daemon/main.conf'));
    mkdirSync(join(world.root, 'srv/daemon/main.conf'));
    t.like(world.plan(adopting), { kind: 'refused', problem: { code: 'path-is-not-a-file' } });
  }),
);

real(
  'something else of theirs that overlaps is refused until the set is ours',
  withWorld((world, t) => {
    const foreign = String.raw`printf '/srv/daemon/old.conf\tserver_name iam.example.com\n'`;
    const planned = world.plan(main('one\n', { foreign }));
    t.like(planned, {
      kind: 'refused',
      problem: {
        code: 'foreign-configuration',
        file: '/srv/daemon/old.conf',
        params: { what: 'server_name iam.example.com' },
      },
    });
    world.apply(main('one\n', { foreign, consents: { adopt: true, overwrite: [] } }));
    t.is(world.plan(main('one\n', { foreign })).kind, 'settled');
  }),
);
