import { spawnSync } from 'node:child_process';
import test from 'ava';
import type { NodeName, ScriptOutput } from '../../source/model/index.ts';
import { loadTable, nftTable } from '../../source/resources/nft-table.ts';

const table = nftTable({
  node: 'iam-1' as NodeName,
  unit: 'iam-ha-firewall',
  file: '/etc/iam-ha/firewall.nft',
  mark: '79cf3946f186',
  rules: 4,
  addresses: ['10.0.4.20', '10.0.4.21'],
});

/** As nftables 1.0.6 prints it, after the probe's sed. */
const LOADED = `table table inet iam_ha {
table set nodes {
table type ipv4_addr
table flags timeout
table elements = { 10.0.4.20, 10.0.4.21,
table 10.0.4.22 timeout 10m expires 9m59s964ms }
table }
table 
table chain input {
table type filter hook input priority filter - 10; policy accept;
table iif "lo" accept
table ip saddr @nodes accept
table ip protocol vrrp counter packets 0 bytes 0 drop
table tcp dport { 3306, 6379, 7070, 8080 } tcp flags syn / syn,ack counter packets 7 bytes 420 drop comment "iam-ha 79cf3946f186"
table }
table }
`;

function found(active: string, enabled: string, file: string, loaded: string): ScriptOutput {
  const unit = `LoadState=loaded\nActiveState=${active}\nUnitFileState=${enabled}\nend\n`;
  return { kind: 'exited', exitCode: 0, stdout: `${unit}${file}\n${loaded}`, stderr: '' };
}

const OURS = 'file iam-ha 79cf3946f186';

function codes(output: ScriptOutput) {
  const planned = table.plan(output);
  if (planned.kind !== 'change') return planned.kind;
  return planned.change.parts.map((part) => part.summary.code);
}

test('in force: settled, with a node that is leaving, too', (t) => {
  t.is(codes(found('active', 'enabled', OURS, LOADED)), 'settled');
});

for (const [what, loaded] of [
  ['flushed', ''],
  ['a rule gone', LOADED.replace(/^table ip protocol.*\n/m, '')],
  ['another content', LOADED.replace('"iam-ha 79', '"iam-ha 00')],
  ['a node gone', LOADED.replace('10.0.4.21,', '')],
] as const) {
  test(`${what}: loaded again, and the drift has a name`, (t) => {
    const planned = table.plan(found('active', 'enabled', OURS, loaded));
    if (planned.kind !== 'change') return t.fail(planned.kind);
    t.deepEqual(codes(found('active', 'enabled', OURS, loaded)), ['firewall-table-load']);
    t.is(planned.change.drift?.code, 'firewall-table-missing');
    t.deepEqual(planned.change.undo, []);
  });
}

test('a start loads it; a file that is due is loaded by its own set', (t) => {
  t.deepEqual(codes(found('inactive', 'disabled', OURS, '')), ['unit-start', 'unit-enable']);
  t.is(codes(found('active', 'enabled', 'file iam-ha 000000000000', LOADED)), 'settled');
  t.is(codes(found('active', 'enabled', '', '')), 'settled');
});

test('flushed and not enabled: both are mended, and the unit goes back at an undo', (t) => {
  const planned = table.plan(found('active', 'disabled', OURS, ''));
  t.like(planned, { kind: 'change' });
  t.deepEqual(codes(found('active', 'disabled', OURS, '')), ['firewall-table-load', 'unit-enable']);
  if (planned.kind === 'change') t.is(planned.change.undo.length, 1);
});

test('the scripts are bash', (t) => {
  for (const script of [table.probe.join(''), loadTable("/etc/it's/x")]) {
    const parsed = spawnSync('bash', ['-n'], { input: script, encoding: 'utf8' });
    t.is(parsed.status, 0, parsed.stderr);
  }
});
