import test from 'ava';
import type { NodeName, ScriptOutput } from '../../source/model/index.ts';
import { sysctl } from '../../source/resources/sysctl.ts';
import { tmpfiles } from '../../source/resources/tmpfiles.ts';

const node = 'iam-1' as NodeName;

function printed(stdout: string): ScriptOutput {
  return { kind: 'exited', exitCode: 0, stdout, stderr: '' };
}

test('kernel settings: right, changed with a way back, unreadable', (t) => {
  const ignore = 'net/ipv4/conf/eth0/arp_ignore';
  const announce = 'net/ipv4/conf/eth0/arp_announce';
  const { id, plan } = sysctl({
    node,
    name: 'eth0',
    settings: { [ignore]: '1', [announce]: '2' },
  });
  t.is(id, 'sysctl:eth0');
  t.is(plan(printed(`${ignore} 1\n${announce} 2\n`)).kind, 'settled');
  t.is(plan(printed(`${ignore} 1\n`)).kind, 'refused');
  const planned = plan(printed(`${ignore} 0\n${announce} 2\n`));
  if (planned.kind !== 'change') return t.fail(planned.kind);
  const { change } = planned;
  t.is(change.parts[0].diff, `-${ignore} = 0\n+${ignore} = 1\n`);
  t.is(change.drift?.code, 'sysctl-changed');
  const [undo] = change.undo;
  t.true(undo?.kind === 'script' && undo.script.includes(`echo '0' >'/proc/sys/${ignore}'`));
});

test('what tmpfiles makes: there, missing', (t) => {
  const { plan } = tmpfiles({
    node,
    config: '/etc/tmpfiles.d/iam-ha.conf',
    folder: '/run/iam-ha',
    files: ['/run/iam-ha/nginx'],
  });
  t.is(plan(printed('there\n')).kind, 'settled');
  const planned = plan(printed(''));
  if (planned.kind !== 'change') return t.fail(planned.kind);
  t.is(planned.change.drift?.code, 'tmpfiles-missing');
});
