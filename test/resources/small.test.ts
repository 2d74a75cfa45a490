import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import test from 'ava';
import type { NodeName } from '../../source/model/index.ts';
import { directory } from '../../source/resources/directory.ts';
import { sha256 } from '../../source/resources/state.ts';
import { systemUser } from '../../source/resources/system-user.ts';
import { upload } from '../../source/resources/upload.ts';
import { assertParses, canUnshare, World } from './world.ts';

const node = 'iam-1' as NodeName;
const real = canUnshare() ? test : test.skip;

real('a folder is made with its parents, and all of them go again', async (t) => {
  const world = new World();
  const before = world.manifest();
  const bin = directory({ node, path: '/srv/opt/iam/bin', mode: '0750', owner: 'root:root' });
  const { change, result } = world.apply(bin);
  t.is(result.exitCode, 0, result.stderr);
  t.regex(world.manifest('srv').join('\n'), /srv\/opt\/iam 755 0:0\nsrv\/opt\/iam\/bin 750 0:0/);
  t.is(world.plan(bin).kind, 'settled');
  t.notRegex(await world.undo(change), /^left/m);
  t.deepEqual(world.manifest(), before);
  world.remove();
});

real("a folder's mode is mended and comes back; a file in its place is refused", async (t) => {
  const world = new World();
  mkdirSync(join(world.root, 'srv/bin'));
  chmodSync(join(world.root, 'srv/bin'), 0o700);
  const bin = directory({ node, path: '/srv/bin', mode: '0755', owner: 'root:root' });
  const { change } = world.apply(bin);
  t.is(world.plan(bin).kind, 'settled');
  await world.undo(change);
  t.regex(world.manifest('srv').join('\n'), /srv\/bin 700/);
  world.write('srv/file', '');
  const bad = directory({ node, path: '/srv/file', mode: '0755', owner: 'root:root' });
  t.like(world.plan(bad), { kind: 'refused', problem: { code: 'path-is-not-a-directory' } });
  world.remove();
});

function binary(text: string, more = {}) {
  return upload({
    node,
    from: '/nowhere/iam-pump',
    sha256: sha256(text),
    path: '/srv/iam-pump',
    mode: '0755',
    owner: 'root:root',
    consents: { adopt: false, overwrite: [] },
    session: { name: 'lab', id: 'id-1' },
    ...more,
  });
}

/** Does what the driver does with an upload. */
function carryOut(world: World, resource: ReturnType<typeof binary>, text: string) {
  const planned = world.plan(resource);
  if (planned.kind !== 'change') throw new Error(JSON.stringify(planned));
  for (const action of planned.change.actions) {
    if (action.kind === 'script') world.run(action.script);
    if (action.kind !== 'upload') continue;
    writeFileSync(join(world.root, 'srv/iam-pump'), text);
    chmodSync(join(world.root, 'srv/iam-pump'), Number.parseInt(action.mode, 8));
  }
  return planned.change;
}

real('an upload is known by its hash, converged, and undone', async (t) => {
  const world = new World();
  const before = world.manifest();
  const first = carryOut(world, binary('one'), 'one');
  t.is(world.plan(binary('one')).kind, 'settled');
  const second = carryOut(world, binary('two'), 'two');
  t.is(world.plan(binary('two')).kind, 'settled');
  world.write('srv/iam-pump.iam-ha-wizard-0123456789abcdef.part', 't');
  t.notRegex(await world.undo(second), /^left/m);
  t.is(world.read('srv/iam-pump'), 'one');
  t.notRegex(await world.undo(first), /^left/m);
  t.deepEqual(world.manifest(), before);
  world.remove();
});

real("somebody else's binary is refused, and adopted with its original kept", async (t) => {
  const world = new World();
  world.write('srv/iam-pump', 'theirs');
  chmodSync(join(world.root, 'srv/iam-pump'), 0o700);
  const before = world.manifest();
  t.like(world.plan(binary('one')), { problem: { code: 'foreign-configuration' } });
  const adopting = binary('one', { consents: { adopt: true, overwrite: [] } });
  const change = carryOut(world, adopting, 'one');
  world.write('srv/iam-pump', 'edited');
  t.like(world.plan(binary('one')), { problem: { code: 'managed-file-changed' } });
  world.write('srv/iam-pump', 'one');
  t.notRegex(await world.undo(change), /^left/m);
  t.deepEqual(world.manifest(), before);
  world.remove();
});

test('a user is added once, and removed', (t) => {
  const user = systemUser({ node, name: 'iam', home: '/var/lib/iam' });
  const output = (stdout: string) => ({ kind: 'exited', exitCode: 0, stdout, stderr: '' }) as const;
  t.is(user.plan(output('user\ngroup\nend\n')).kind, 'settled');
  t.is(user.plan(output('')).kind, 'refused');
  const planned = user.plan(output('end\n'));
  if (planned.kind !== 'change') return t.fail();
  const [action] = planned.change.actions;
  const [step] = planned.change.undo;
  assertParses(action?.kind === 'script' ? action.script : '(');
  assertParses(step?.kind === 'script' ? step.script : '(');
});
