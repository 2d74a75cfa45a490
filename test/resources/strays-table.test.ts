import { spawnSync } from 'node:child_process';
import test from 'ava';
import { type NodeName, revealContent, type ScriptOutput } from '../../source/model/index.ts';
import { straysTable } from '../../source/resources/strays-table.ts';

const table = straysTable({
  node: 'iam-1' as NodeName,
  unit: 'iam-ha-strays',
  rules: ['table ip iam_ha_strays {\n}\n'],
  mark: '0123456789ab',
});

function found(active: string, enabled: string, said: string): ScriptOutput {
  const unit = `LoadState=loaded\nActiveState=${active}\nUnitFileState=${enabled}\nend\n`;
  return { kind: 'exited', exitCode: 0, stdout: `${unit}strays ${said}\n`, stderr: '' };
}

for (const said of ['loaded', 'cannot']) {
  test(`${said}: nothing to do while its unit is on`, (t) => {
    t.is(table.plan(found('active', 'enabled', said)).kind, 'settled');
  });
}

test('missing: loaded as it stands here; the unit is what takes it away', (t) => {
  const planned = table.plan(found('active', 'enabled', 'missing'));
  if (planned.kind !== 'change') return t.fail(planned.kind);
  const { parts, actions, undo, drift } = planned.change;
  t.is(parts[0].summary.code, 'strays-load');
  t.is(drift?.code, 'strays-missing');
  t.deepEqual(undo, []);
  const [load] = actions;
  t.is(
    load?.kind === 'script' ? revealContent(load.script) : '',
    "set -euo pipefail\nnft -f - <<'IAMHA_RULES'\ntable ip iam_ha_strays {\n}\nIAMHA_RULES\n",
  );
});

test('a unit that does not run yet loads it', (t) => {
  const planned = table.plan(found('inactive', 'disabled', 'missing'));
  t.deepEqual(
    planned.kind === 'change' ? planned.change.parts.map(({ summary }) => summary.code) : planned,
    ['unit-start', 'unit-enable'],
  );
});

/** The probe with an `nft` that does as told, or with none. */
function probed(nft: string | undefined): string {
  const stub =
    nft === undefined ? 'type() { return 1; }' : `nft() { ${nft}; }; type() { echo nft; }`;
  const { stdout, stderr } = spawnSync('bash', ['-c', `${stub}\n${revealContent(table.probe)}`], {
    encoding: 'utf8',
  });
  return stderr || (/^strays (\w+)$/m.exec(stdout)?.[1] ?? stdout);
}

test('the probe: in force with this very content, not in force, refused by the kernel, no nft', (t) => {
  const list = (mark: string) => `[[ $1 != list ]] || echo '  jump vip comment "iam-ha ${mark}"'`;
  t.is(probed(list('0123456789ab')), 'loaded');
  t.is(probed(list('ba9876543210')), 'missing');
  t.is(probed('[[ $1 == -c ]]'), 'missing');
  t.is(probed('echo "Error: Could not process rule" >&2; return 1'), 'cannot');
  t.is(probed(undefined), 'cannot');
});
