import test from 'ava';
import type { NodeName } from '../../source/model/index.ts';
import { platformOf } from '../../source/platforms/index.ts';
import { packages } from '../../source/resources/package.ts';
import { assertParses } from './world.ts';

const os = { idLike: [], codename: '', prettyName: '' };
const debian = platformOf({ os: { ...os, id: 'debian', versionId: '12' } })!;
const rocky = platformOf({ os: { ...os, id: 'rocky', versionId: '9.4' } })!;
const node = 'iam-1' as NodeName;

function output(stdout: string) {
  return { kind: 'exited', exitCode: 0, stdout, stderr: '' } as const;
}

for (const platform of [debian, rocky]) {
  const resource = packages({ node, stage: 'keepalived', platform, names: ['keepalived', 'curl'] });

  test(`${platform.name}: what is installed is settled`, (t) => {
    t.is(resource.id, 'packages:keepalived');
    t.is(resource.plan(output('has curl\nhas keepalived\nend\n')).kind, 'settled');
    t.is(resource.plan(output('')).kind, 'refused');
    assertParses(resource.probe);
  });

  test(`${platform.name}: only what is missing is installed, and only that can be removed`, (t) => {
    const planned = resource.plan(output('has curl\nend\n'));
    if (planned.kind !== 'change') return t.fail();
    t.deepEqual(planned.change.undo, [
      { kind: 'keep', resource: 'package:keepalived', removePackages: ['keepalived'] },
    ]);
    const [action] = planned.change.actions;
    if (action?.kind !== 'long') return t.fail();
    t.is(action.name, 'packages-keepalived');
    t.false(action.script.includes("'curl'"));
    assertParses(action.script);
  });
}
