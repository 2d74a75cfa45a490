import { spawnSync } from 'node:child_process';
import test from 'ava';
import { type NodeName, revealContent, type ScriptOutput } from '../../source/model/index.ts';
import { straysTable } from '../../source/resources/strays-table.ts';

const table = straysTable({
  node: 'iam-1' as NodeName,
  rules: ['table ip iam_ha_strays {\n}\n'],
  mark: '0123456789ab',
});

function printed(stdout: string): ScriptOutput {
  return { kind: 'exited', exitCode: 0, stdout, stderr: 'bash: broken' };
}

for (const [said, reason] of [
  ['loaded\n', 'strays-loaded'],
  ['cannot\n', 'strays-cannot'],
] as const) {
  test(`${said.trim()}: nothing to do, and it says why`, (t) => {
    const planned = table.plan(printed(said));
    t.is(planned.kind === 'settled' ? planned.reason.code : planned.kind, reason);
  });
}

test('missing: loaded as it stands here, and taken away by an undo', (t) => {
  const planned = table.plan(printed('missing\n'));
  if (planned.kind !== 'change') return t.fail(planned.kind);
  const { parts, actions, undo, drift } = planned.change;
  t.is(parts[0].summary.code, 'strays-load');
  t.is(parts[0].effect, 'none');
  t.is(drift?.code, 'strays-missing');
  const [load] = actions;
  t.is(
    load?.kind === 'script' ? revealContent(load.script) : '',
    "nft -f - <<'IAMHA_RULES'\ntable ip iam_ha_strays {\n}\nIAMHA_RULES\n",
  );
  t.true(
    undo[0]?.kind === 'script' && undo[0].script.includes('nft delete table ip iam_ha_strays'),
  );
});

test('a look that says nothing is no answer', (t) => {
  t.is(table.plan(printed('')).kind, 'refused');
});

/** The probe with an `nft` that does as told, or with none. */
function probed(nft: string | undefined): string {
  const stub =
    nft === undefined ? 'type() { return 1; }' : `nft() { ${nft}; }; type() { echo nft; }`;
  const { stdout, stderr } = spawnSync('bash', ['-c', `${stub}\n${revealContent(table.probe)}`], {
    encoding: 'utf8',
  });
  return stderr || stdout.trim();
}

test('the probe: in force with this very content, not in force, refused by the kernel, no nft', (t) => {
  const list = (mark: string) => `[[ $1 != list ]] || echo '  jump vip comment "iam-ha ${mark}"'`;
  t.is(probed(list('0123456789ab')), 'loaded');
  t.is(probed(list('ba9876543210')), 'missing');
  t.is(probed('[[ $1 == -c ]]'), 'missing');
  t.is(probed('echo "Error: Could not process rule" >&2; return 1'), 'cannot');
  t.is(probed(undefined), 'cannot');
});
