import test from 'ava';
import { checkScriptCheck } from '../../source/checks/check-script.ts';
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
    script: '/etc/keepalived/check_nginx.sh',
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
