import { execFileSync } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import test from 'ava';
import { checkScriptCheck } from '../../source/checks/check-script.ts';
import { scriptOf } from '../../source/checks/check-script-of.ts';
import { keepalivedConfigCheck } from '../../source/checks/keepalived-config.ts';
import type { NodeName } from '../../source/model/index.ts';
import { printed } from './_measured.ts';

const node = 'iam-1' as NodeName;

test('keepalived -t: silence only', (t) => {
  const { judge } = keepalivedConfigCheck(node, '/etc/keepalived/keepalived.conf');
  t.is(judge([printed('code 0\n')]).state, 'passed');
  const said = '(VI_1) Truncating auth_pass to 8 characters';
  t.is(judge([printed(`code 5\n${said}`)]).problem?.detail, said);
  // It exits 0 on some mistakes.
  t.is(judge([printed(`code 0\n${said}`)]).problem?.code, 'keepalived-config-refused');
  t.is(judge([printed('missing\n')]).problem?.code, 'keepalived-config-missing');
});

test("the check script's truth table", (t) => {
  const { judge } = checkScriptCheck({
    node,
    file: '/etc/keepalived/keepalived.conf',
    apiPort: 8080,
    authzPort: 9090,
  });
  const table = (healthy: number, domain: number, hung: number, stopped: number) =>
    printed(`healthy ${healthy}\none-domain-down ${domain}\nhung ${hung}\nstopped ${stopped}\n`);
  t.is(judge([table(0, 0, 137, 1)]).state, 'passed');
  // The lecture's script where telnet is not installed: nothing is ever wrong.
  t.is(judge([table(0, 0, 0, 0)]).problem?.params?.states, 'hung, stopped');
  t.is(judge([table(0, 1, 1, 1)]).problem?.params?.states, 'one-domain-down');
  t.is(judge([printed('healthy 0\n')]).problem?.code, 'check-script-wrong');
  t.is(judge([printed('', 92, 'no namespaces')]).state, 'unknown');
});

test("the script that keepalived.conf names, as its user; the lecture's own without telnet is named", (t) => {
  const { judge } = checkScriptCheck({
    node,
    file: '/etc/keepalived/keepalived.conf',
    apiPort: 8080,
    authzPort: 9090,
  });
  const head = 'command /etc/keepalived/check_nginx.sh\nuser root\n';
  const blind = judge([
    printed(`${head}lacks telnet\nhealthy 0\none-domain-down 0\nhung 0\nstopped 0\n`),
  ]);
  t.is(blind.problem?.code, 'check-script-blind');
  t.like(blind.problem?.params, { tools: 'telnet', user: 'root', states: 'hung, stopped' });
  const deaf = judge([
    printed(`${head}lacks curl\nhealthy 127\none-domain-down 127\nhung 127\nstopped 127\n`),
  ]);
  t.is(deaf.problem?.code, 'check-script-lacks');
  t.is(judge([printed('none\n')]).problem?.code, 'check-script-none');
  t.is(judge([printed(`${head}stranger\n`)]).problem?.code, 'check-script-stranger');
});

const CONF = (own: string) => `global_defs {
    script_user nobody
}
vrrp_script other { script "/bin/false" }
vrrp_script checkhaproxy
{
  script "/etc/keepalived/check_nginx.sh 80" # the lecture's
  interval 5
${own}
}
vrrp_instance VI_1 {
  track_script {
    checkhaproxy
  }
}
`;

for (const [own, user] of [
  ['', 'nobody'],
  ['    user root', 'root'],
] as const) {
  test(`what is run is read from the file: user ${user}`, (t) => {
    const file = join(mkdtempSync(join(tmpdir(), 'iam-ha-conf-')), 'keepalived.conf');
    writeFileSync(file, CONF(own));
    const said = execFileSync('bash', ['-s'], { input: scriptOf(file), encoding: 'utf8' });
    t.is(said, `command /etc/keepalived/check_nginx.sh 80\nuser ${user}\n`);
  });
}
