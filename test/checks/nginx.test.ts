import test from 'ava';
import { balanceCheck } from '../../source/checks/balance.ts';
import { nginxConfigCheck } from '../../source/checks/nginx-config.ts';
import { nginxHealthCheck, nginxPageCheck } from '../../source/checks/nginx-health.ts';
import type { NodeName } from '../../source/model/index.ts';
import { stageInput } from '../stages/_proxy-input.ts';
import { printed } from './_measured.ts';

const node = 'iam-1' as NodeName;
const { cluster } = stageInput();

test('nginx -t: silent, with a warning, refused, not there', (t) => {
  const { judge } = nginxConfigCheck(node);
  t.is(judge([printed('code 0\n')]).state, 'passed');
  const warning = judge([printed('code 0\nnginx: [warn] conflicting server name "a"')]);
  t.is(warning.state, 'warned');
  const refused = judge([printed('code 1\nnginx: [emerg] unknown directive "bad" in x.conf:1')]);
  t.is(refused.problem?.code, 'nginx-config-refused');
  t.is(refused.problem?.node, node);
  t.regex(refused.problem?.detail ?? '', /unknown directive/);
  const cut = judge([{ kind: 'timed-out', afterMs: 1, stdout: '', stderr: '' }]);
  t.is(cut.state, 'unknown');
});

test('the static page tells a hung nginx', (t) => {
  const { judge } = nginxPageCheck(node);
  t.is(judge([printed('status 200\nok\n')]).state, 'passed');
  t.is(
    judge([printed('status 0\n', 0, 'connect: Connection refused')]).problem?.code,
    'nginx-hangs',
  );
  t.is(judge([printed('status 404\n')]).problem?.code, 'nginx-hangs');
});

test('a domain through nginx: ok, 502, no answer, a name that points elsewhere', (t) => {
  const { judge } = nginxHealthCheck(cluster, node, 'api');
  const ok = 'status 200\n{"status":"ok"}';
  t.is(judge([printed(`name 127.0.0.1\n${ok}`)]).state, 'passed');
  t.is(judge([printed(`name 10.0.4.99\n${ok}`)]).problem?.code, 'name-elsewhere');
  t.is(judge([printed('name 127.0.0.1\nstatus 502\n<html>')]).problem?.code, 'nginx-bad-answer');
  t.is(judge([printed('name 127.0.0.1\nstatus 0\n')]).problem?.code, 'nginx-no-answer');
  const other = judge([printed('name 127.0.0.1\nstatus 200\nWelcome to nginx!')]);
  t.is(other.problem?.code, 'nginx-bad-answer');
});

test('a stopped backend explains what its domain shows, on every node', (t) => {
  const { explainedBy = [] } = nginxHealthCheck(cluster, node, 'authz');
  for (const id of [
    'applied/iam-1/unit:nginx',
    'applied/iam-2/unit:iam-authz-server',
    'healthz/iam-2/iam-authz-server',
  ])
    t.true(explainedBy.includes(id), id);
});

test('balance: only the last try counts', (t) => {
  const { judge } = balanceCheck(cluster, node, 'api');
  const own = '127.0.0.1:8080';
  const peer = '10.0.4.21:8080';
  const even = judge([printed(`try 3 ${own}=6 ${peer}=4\ntry 0 ${own}=5 ${peer}=5\n`)]);
  t.is(even.reason.code, 'spread-evenly');
  t.is(even.reason.params?.counts, 'iam-1 5, iam-2 5');
  t.is(judge([printed(`try 9 ${own}=6 ${peer}=4\n`)]).reason.code, 'spread-with-others');
  t.is(judge([printed(`try 0 ${own}=6 ${peer}=4\n`)]).problem?.code, 'spread-unevenly');
  const nothing = judge([printed(`try 0 ${own}=10 ${peer}=0\n`)]);
  t.is(nothing.problem?.code, 'backend-gets-nothing');
  t.is(nothing.problem?.params?.backend, 'iam-2');
  t.is(nothing.problem?.node, node);
  t.is(judge([printed('refused\n')]).problem?.code, 'nginx-no-answer');
  t.is(judge([printed('', 124)]).state, 'unknown');
});

test('balance: as many requests as make it even', (t) => {
  const three = stageInput({
    yaml: (text) => text.replace('domains:', '  - { name: iam-3, address: 10.0.4.22 }\ndomains:'),
  }).cluster;
  const even = balanceCheck(three, node, 'api').judge([
    printed('try 0 127.0.0.1:8080=4 10.0.4.21:8080=4 10.0.4.22:8080=4\n'),
  ]);
  t.is(even.state, 'passed');
  t.is(even.reason.params?.requests, 12);
});
