import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { main, real, withWorld } from './daemon.ts';

const file = (path: string, text: string) => ({
  path,
  content: [text],
  mode: '0644',
  owner: 'root:root',
});
const reload = { unit: 'daemon', command: 'systemctl reload daemon', effect: 'reload' as const };
const one = file('/srv/daemon/main.conf', 'listen 80\n');
const two = file('/srv/daemon/peers/iam-3.conf', 'server 10.0.4.22\n');
const set = (files: readonly (typeof one)[], more = {}) =>
  main('', { files, load: reload, removesObsolete: true, ...more });

real(
  'a file that the set has no more goes, with one reload; an undo brings it back byte for byte',
  withWorld(async (world, t) => {
    world.write('state/active', '');
    const bare = world.manifest();
    const first = world.apply(set([one, two]));
    const before = world.manifest();
    const { change, result } = world.apply(set([one]));
    t.is(result.exitCode, 0, result.stderr);
    t.deepEqual(
      change.parts.map(({ resource, summary }) => [resource, summary.code]),
      [
        ['file:/srv/daemon/peers/iam-3.conf', 'file-remove'],
        ['unit:daemon', 'unit-reload'],
      ],
    );
    t.regex(change.parts[0].diff ?? '', /^-server 10\.0\.4\.22$/m);
    t.false(existsSync(join(world.root, 'srv/daemon/peers/iam-3.conf')));
    t.is(world.read('state/calls').match(/^reload/gm)?.length, 2);
    t.is(world.plan(set([one])).kind, 'settled');
    t.notRegex(await world.undo(change), /^left/m);
    t.deepEqual(world.manifest(), before);
    t.notRegex(await world.undo(first.change), /^left/m);
    t.deepEqual(world.manifest(), bare);
  }),
);

real(
  'one that somebody has edited stays until they agree; a set that does not ask for it removes none',
  withWorld((world, t) => {
    world.write('state/active', '');
    world.apply(set([one, two]));
    world.write('srv/daemon/peers/iam-3.conf', 'server 10.0.4.22 down\n');
    const planned = world.plan(set([one]));
    t.is(planned.kind === 'refused' ? planned.problem.code : '', 'managed-file-changed');
    const overwrite = { consents: { adopt: false, overwrite: [two.path] } };
    t.is(world.plan(set([one], overwrite)).kind, 'change');
    const kept = world.apply(set([one], { removesObsolete: undefined }));
    t.deepEqual(
      kept.change.parts.map((part) => part.resource),
      ['unit:daemon'],
    );
    t.true(existsSync(join(world.root, 'srv/daemon/peers/iam-3.conf')));
  }),
);

real(
  'a load that fails brings the removed file back',
  withWorld((world, t) => {
    world.write('state/active', '');
    world.apply(set([one, two]));
    const before = world.manifest();
    const load = { ...reload, command: 'systemctl reload daemon; exit 1' };
    const { result } = world.apply(set([one], { load }));
    t.is(result.exitCode, 12, result.stderr);
    const without = (lines: readonly string[]) => lines.filter((line) => line.startsWith('srv'));
    t.deepEqual(without(world.manifest()), without(before));
  }),
);
