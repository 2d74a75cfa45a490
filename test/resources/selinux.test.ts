import { spawnSync } from 'node:child_process';
import test from 'ava';
import type { NodeName, Planned, Resource, ScriptOutput } from '../../source/model/index.ts';
import { selinuxBoolean } from '../../source/resources/selinux-boolean.ts';
import { selinuxTypes } from '../../source/resources/selinux-types.ts';

const node = 'iam-1' as NodeName;

const printed = (stdout: string, stderr = ''): ScriptOutput => ({
  kind: 'exited',
  exitCode: 0,
  stdout,
  stderr,
});

function code(planned: Planned): string {
  if (planned.kind === 'settled') return planned.reason.code;
  return planned.kind === 'refused' ? planned.problem.code : planned.change.parts[0].summary.code;
}

function scripts(planned: Planned): { readonly apply: string; readonly undo: string } {
  if (planned.kind !== 'change') throw new Error(planned.kind);
  const [action] = planned.change.actions;
  const [undo] = planned.change.undo;
  return {
    apply: action?.kind === 'script' ? action.script.join('') : '',
    undo: undo?.kind === 'script' ? undo.script : '',
  };
}

const NAME = 'httpd_can_network_connect';
const proxies = selinuxBoolean({ node, name: NAME });

// getsebool's line (libselinux prints "pending" where the two values differ), then what the policy's
// store has of it: `name=1` in booleans.local, or nothing.
for (const [what, stdout, expected] of [
  ['on for good', `${NAME} --> on\nkept 1\nend\n`, 'selinux-boolean-on'],
  ['on, and no store that we know', `${NAME} --> on\nend\n`, 'selinux-boolean-on'],
  ['on until a reboot', `${NAME} --> on\nkept \nend\n`, 'selinux-boolean-keep'],
  ['on, and off for good', `${NAME} --> on\nkept 0\nend\n`, 'selinux-boolean-keep'],
  ['off', `${NAME} --> off\nkept \nend\n`, 'selinux-boolean-set'],
  ['off now, on for good', `${NAME} --> off\nkept 1\nend\n`, 'selinux-boolean-set'],
  ['waiting to be committed', `${NAME} --> off pending: on\nkept \nend\n`, 'selinux-boolean-set'],
  ['unknown to the policy', 'kept \nend\n', 'selinux-boolean-unknown'],
  ['a longer name', `${NAME}_db --> off\nend\n`, 'selinux-boolean-unknown'],
  ['nothing was asked', '', 'probe-unreadable'],
] as const) {
  test(`a boolean: ${what}`, (t) => {
    t.is(code(proxies.plan(printed(stdout))), expected);
  });
}

test('a boolean is set for good; undone is what was there', (t) => {
  const set = scripts(proxies.plan(printed(`${NAME} --> off\nkept \nend\n`)));
  t.is(set.apply, `setsebool -P '${NAME}' on </dev/null\n`);
  t.is(set.undo, `setsebool -P '${NAME}' off </dev/null\n`);
  const kept = scripts(proxies.plan(printed(`${NAME} --> on\nkept \nend\n`)));
  t.is(kept.apply, set.apply);
  t.is(kept.undo, `setsebool -P '${NAME}' off </dev/null && setsebool '${NAME}' on </dev/null\n`);
});

test('a boolean that somebody turned off, or forgot to keep, is named at a check', (t) => {
  for (const [stdout, drift] of [
    [`${NAME} --> off\nend\n`, 'selinux-boolean-off'],
    [`${NAME} --> on\nkept 0\nend\n`, 'selinux-boolean-forgetful'],
  ] as const) {
    const planned = proxies.plan(printed(stdout));
    t.is(planned.kind === 'change' && planned.change.drift?.code, drift);
  }
});

const types = selinuxTypes({ node, path: '/opt/iam' });

// restorecon -n -v -R of policycoreutils 3.6 (Enterprise Linux 9), and of 2.5 (7).
const NOW = `Would relabel /opt/iam/bin from unconfined_u:object_r:usr_t:s0 to unconfined_u:object_r:bin_t:s0
Would relabel /opt/iam/bin/iam-apiserver from unconfined_u:object_r:user_home_t:s0 to unconfined_u:object_r:bin_t:s0
end
`;
const THEN =
  'restorecon reset /opt/iam/bin/iam pump context unconfined_u:object_r:usr_t:s0->unconfined_u:object_r:bin_t:s0\nend\n';

test('files with the policy’s types are left alone; what could not be asked is no claim', (t) => {
  t.is(code(types.plan(printed('end\n'))), 'selinux-types-right');
  const missing = printed('', 'bash: line 2: restorecon: command not found\n');
  t.is(code(types.plan(missing)), 'probe-unreadable');
});

test('files of other types are relabelled, and get their own back at an undo', (t) => {
  const { apply, undo } = scripts(types.plan(printed(NOW)));
  t.is(apply, "restorecon -R '/opt/iam' </dev/null\n");
  t.deepEqual(undo.match(/chcon -- \S+ \S+/g), [
    "chcon -- 'unconfined_u:object_r:usr_t:s0' '/opt/iam/bin'",
    "chcon -- 'unconfined_u:object_r:user_home_t:s0' '/opt/iam/bin/iam-apiserver'",
  ]);
  t.regex(scripts(types.plan(printed(THEN))).undo, /usr_t:s0' '\/opt\/iam\/bin\/iam pump'/);
});

test('the scripts are bash, and without SELinux nothing is unreadable by accident', (t) => {
  const all: readonly Resource[] = [proxies, types];
  for (const resource of all) {
    const probe = resource.probe.join('');
    const done = spawnSync('bash', ['-s'], {
      input: probe,
      encoding: 'utf8',
      env: { PATH: '/bin' },
    });
    t.regex(done.stdout, /^end$/m, done.stderr);
  }
});

test('the probe finds what was set for good', (t) => {
  const tools = `mkdir -p "$1/var/lib/selinux/targeted/active" && cd "$1" || exit
printf '%s\\n' '# This file is auto-generated by libsemanage' 'nis_enabled=0' '${NAME}=1' >var/lib/selinux/targeted/active/booleans.local
: >var/lib/selinux/targeted/active/commit_num
getsebool() { echo "$1 --> on"; }
`;
  const probe = proxies.probe.join('').replace('/var/lib/selinux', 'var/lib/selinux');
  const script = `folder=$(mktemp -d); trap 'rm -rf "$folder"' EXIT; set -- "$folder"\n${tools}${probe}`;
  const { stdout } = spawnSync('bash', ['-s'], { input: script, encoding: 'utf8' });
  t.is(stdout, `${NAME} --> on\nkept 1\nend\n`);
});
