import { spawnSync } from 'node:child_process';
import test from 'ava';
import type {
  InterfaceName,
  Ipv4Address,
  NodeName,
  ScriptOutput,
} from '../../source/model/index.ts';
import {
  type Admission,
  type FirewallManager,
  firewalld,
  ufw,
} from '../../source/resources/firewall-managers.ts';
import { firewallRules } from '../../source/resources/firewall-rules.ts';
import { selinuxBoolean } from '../../source/resources/selinux-boolean.ts';

const node = 'iam-1' as NodeName;
const PEER = '10.0.4.21' as Ipv4Address;
const ADMISSIONS: readonly Admission[] = [
  { from: PEER, what: [6379, 3306] },
  { from: PEER, what: 'vrrp' },
  { from: null, what: [80] },
];

const printed = (stdout: string): ScriptOutput => ({
  kind: 'exited',
  exitCode: 0,
  stdout,
  stderr: '',
});

function rules(manager: FirewallManager, admissions = ADMISSIONS) {
  return firewallRules({ node, stage: 'database', manager, admissions });
}

function changed(manager: FirewallManager, stdout: string, admissions = ADMISSIONS) {
  const planned = rules(manager, admissions).plan(printed(stdout));
  if (planned.kind !== 'change') throw new Error(planned.kind);
  const { change } = planned;
  const [action] = change.actions;
  const [undo] = change.undo;
  return {
    change,
    script: action?.kind === 'script' ? action.script.join('') : '',
    undo: undo?.kind === 'script' ? undo.script : '',
  };
}

const UFW = [
  'allow from 10.0.4.21 to any port 3306,6379 proto tcp',
  'allow from 10.0.4.21 proto vrrp',
  'allow 80/tcp',
];

test('ufw: rules as it prints them itself', (t) => {
  t.deepEqual(
    ADMISSIONS.flatMap((one) => ufw.entries(one)),
    UFW,
  );
  const there = UFW.map((entry) => `has ${entry}\n`).join('');
  t.like(rules(ufw).plan(printed(`${there}end\n`)), { kind: 'settled' });
});

test('ufw: what is missing is added, and exactly that is taken back', (t) => {
  const { change, script, undo } = changed(ufw, `has ${UFW[2]}\nhas allow 22/tcp\nend\n`);
  t.is(change.parts[0].diff, `+${UFW[0]}\n+${UFW[1]}\n`);
  t.true(script.includes("ufw 'allow' 'from' '10.0.4.21' 'proto' 'vrrp'"));
  t.false(script.includes('80/tcp'));
  t.true(undo.includes("ufw --force delete 'allow' 'from' '10.0.4.21' 'proto' 'vrrp'"));
  t.false(undo.includes('80/tcp'));
  t.is(change.drift, undefined);
});

test('a node that has left: only what we remember to have made goes', (t) => {
  const old = 'allow from 10.0.4.22 proto vrrp';
  const theirs = 'allow from 10.0.4.30 proto vrrp';
  const there = [...UFW, old, theirs].map((entry) => `has ${entry}\n`).join('');
  const { change, undo } = changed(ufw, `ours ${old}\nours ${UFW[0]}\n${there}end\n`);
  t.is(change.parts[0].diff, `-${old}\n`);
  t.true(undo.includes("ufw 'allow' 'from' '10.0.4.22' 'proto' 'vrrp'"));
});

test('a rule of ours that somebody removed is drift', (t) => {
  const { change } = changed(ufw, `ours ${UFW[1]}\nhas ${UFW[0]}\nhas ${UFW[2]}\nend\n`);
  t.is(change.drift?.code, 'firewall-rules-changed');
});

test('a manager that does not answer: nothing is done on a guess', (t) => {
  t.is(rules(ufw).plan(printed('')).kind, 'refused');
});

test('firewalld: in the zone of the interface, for now and for good', (t) => {
  const manager = firewalld('eth0' as InterfaceName);
  const vrrp = 'rule family="ipv4" source address="10.0.4.21" protocol value="vrrp" accept';
  const port = (number: number) =>
    `rule family="ipv4" source address="10.0.4.21" port port="${number}" protocol="tcp" accept`;
  t.deepEqual(manager.entries(ADMISSIONS[1]!), [`permanent ${vrrp}`, `runtime ${vrrp}`]);
  const had = [`runtime ${vrrp}`, `permanent ${port(3306)}`, `runtime ${port(3306)}`];
  const { script, undo } = changed(
    manager,
    `${had.map((entry) => `has ${entry}\n`).join('')}end\n`,
    ADMISSIONS.slice(0, 2),
  );
  t.regex(
    script,
    /--permanent --zone="\$zone" --add-rich-rule='rule.*6379.*' --add-rich-rule='rule.*vrrp.*'\s/,
  );
  t.regex(script, /firewall-cmd -q --zone="\$zone" --add-rich-rule='rule.*6379[^']*' </);
  t.regex(undo, /firewall-cmd -q --zone="\$zone" --remove-rich-rule='rule.*6379[^']*' </);
});

test('the scripts are bash', (t) => {
  for (const manager of [ufw, firewalld('eth0' as InterfaceName)]) {
    const { script, undo } = changed(manager, 'ours allow 1/tcp\nhas allow 1/tcp\nend\n');
    for (const text of [script, undo, rules(manager).probe.join('')]) {
      const parsed = spawnSync('bash', ['-n'], { input: text, encoding: 'utf8' });
      t.is(parsed.status, 0, parsed.stderr);
    }
  }
});

test('SELinux: on, off, a policy without the boolean, no SELinux tools', (t) => {
  const { plan } = selinuxBoolean({ node, name: 'httpd_can_network_connect' });
  const code = (stdout: string) => {
    const planned = plan(printed(stdout));
    return planned.kind === 'settled' ? planned.reason.code : planned.kind;
  };
  t.is(code('httpd_can_network_connect --> on\nend\n'), 'selinux-boolean-on');
  t.is(code('end\n'), 'selinux-boolean-unknown');
  t.is(code(''), 'refused');
  const planned = plan(printed('httpd_can_network_connect --> off\nend\n'));
  if (planned.kind !== 'change') return t.fail();
  const [undo] = planned.change.undo;
  t.true(
    undo?.kind === 'script' && undo.script.includes("setsebool -P 'httpd_can_network_connect' off"),
  );
});
