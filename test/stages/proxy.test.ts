import test from 'ava';
import { MASK, maskContent, type NodeFacts, revealContent } from '../../source/model/index.ts';
import { plannable } from '../../source/stages/frontend.ts';
import { keepalived } from '../../source/stages/keepalived.ts';
import { hostFiles, keepalivedConfig } from '../../source/stages/keepalived-files.ts';
import { loadBalancer } from '../../source/stages/load-balancer.ts';
import { peerFiles, proxyFiles } from '../../source/stages/nginx-files.ts';
import { reverseProxy } from '../../source/stages/reverse-proxy.ts';
import type { StageInput } from '../../source/stages/stage-input.ts';
import { virtualIp } from '../../source/stages/virtual-ip.ts';
import { stageInput, type Variation } from './_proxy-input.ts';

const THREE: Variation['yaml'] = (text) =>
  text.replace('domains:', '  - { name: iam-3, address: 10.0.4.22, roles: [backend] }\ndomains:');

function configOf(input: StageInput, index: number): string {
  return revealContent(keepalivedConfig(input, plannable(input)[index]!).content);
}

/** Without comments, blank lines and indentation. */
function bare(text: string): readonly string[] {
  return text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#'));
}

test('every front end gets nginx; a backend alone does not, but is in each upstream', (t) => {
  const input = stageInput({ yaml: THREE });
  t.deepEqual(
    reverseProxy(input).resources.map((one) => `${one.node} ${one.id}`),
    ['iam-1', 'iam-2'].flatMap((node) =>
      ['packages:reverse-proxy', 'config:nginx/reverse-proxy', 'unit:nginx'].map(
        (id) => `${node} ${id}`,
      ),
    ),
  );
  t.deepEqual(
    peerFiles(input, plannable(input)[0]!).map((file) => file.path),
    ['api.d/iam-2', 'api.d/iam-3', 'authz.d/iam-2', 'authz.d/iam-3'].map(
      (name) => `/etc/nginx/iam-ha/${name}.conf`,
    ),
  );
  t.is(loadBalancer(input).resources.length, 2);
});

test('no file belongs to two stages', (t) => {
  const input = stageInput();
  const frontend = plannable(input)[0]!;
  const paths = [
    ...proxyFiles(input, frontend),
    ...peerFiles(input, frontend),
    ...hostFiles(input, frontend),
    keepalivedConfig(input, frontend),
  ].map((file) => file.path);
  t.is(new Set(paths).size, paths.length);
});

test('the upstream: zone, own backend by 127.0.0.1, the others by their files', (t) => {
  const input = stageInput();
  const [upstream, api] = proxyFiles(input, plannable(input)[0]!).map((file) =>
    revealContent(file.content),
  );
  t.regex(upstream ?? '', /upstream iam\.api\.example\.com \{[^}]*zone iam_api 64k;/);
  t.regex(upstream ?? '', /server 127\.0\.0\.1:8080 max_fails=2 fail_timeout=5s;/);
  t.regex(upstream ?? '', /include \/etc\/nginx\/iam-ha\/api\.d\/\*\.conf;/);
  t.regex(api ?? '', /proxy_pass http:\/\/iam\.api\.example\.com;/);
  t.regex(api ?? '', /client_max_body_size 5m;/);
  t.regex(api ?? '', /proxy_connect_timeout 300ms;/);
});

test('a long name gets room in nginx, a short one leaves its setting alone', (t) => {
  const upstreamOf = (input: StageInput) =>
    revealContent(proxyFiles(input, plannable(input)[0]!)[0]!.content);
  t.false(upstreamOf(stageInput()).includes('hash_bucket'));
  const long = stageInput({
    yaml: (text) => text.replace('iam.api', `iam.api.${'x'.repeat(60)}`),
  });
  t.regex(upstreamOf(long), /^server_names_hash_bucket_size 128;$/m);
});

test('balanced: as the measurements recommend, with the notify lines', (t) => {
  t.deepEqual(bare(configOf(stageInput(), 0)), [
    'global_defs {',
    'router_id iam-1',
    'script_user root',
    'enable_script_security',
    'vrrp_version 2',
    'vrrp_skip_check_adv_addr',
    'vrrp_garp_master_refresh_repeat 1',
    'max_auto_priority 50',
    '}',
    'track_file nginx_state {',
    'file "/run/iam-ha/nginx"',
    'weight 0',
    '}',
    'vrrp_script check_nginx {',
    'script "/etc/keepalived/check_nginx.sh"',
    'interval 1',
    'timeout 1',
    'rise 1',
    'fall 2',
    'weight 0',
    'user root',
    '}',
    'vrrp_instance VI_1 {',
    'state BACKUP',
    'interface eth0',
    'virtual_router_id 51',
    'nopreempt',
    'priority 254',
    'advert_int 1',
    'authentication {',
    'auth_type PASS',
    'auth_pass vrrpPass',
    '}',
    'unicast_src_ip 10.0.4.20',
    'unicast_peer {',
    '10.0.4.21',
    '}',
    'virtual_ipaddress {',
    '10.0.4.99',
    '}',
    'garp_master_delay 1',
    'garp_master_refresh 1',
    'higher_prio_send_advert yes',
    'track_file {',
    'nginx_state',
    '}',
    'track_script {',
    'check_nginx',
    '}',
    'notify_master "/etc/keepalived/keepalived_notify.sh MASTER" root',
    'notify_backup "/etc/keepalived/keepalived_notify.sh BACKUP" root',
    'notify_fault "/etc/keepalived/keepalived_notify.sh FAULT" root',
    'notify_stop "/etc/keepalived/keepalived_notify.sh STOP" root',
    '}',
  ]);
});

test('the assets say the timers that the arithmetic uses', (t) => {
  for (const [profile, expected] of [
    ['lecture', ['vrrp_version 2', 'advert_int 1', 'interval 5', 'fall 1', 'priority 50']],
    ['fast', ['vrrp_version 3', 'advert_int 0.2', 'interval 1', 'fall 1', 'priority 253']],
  ] as const) {
    const input = stageInput({ yaml: (text) => text.replace('balanced', profile) });
    const lines = bare(configOf(input, 1));
    for (const line of expected) t.true(lines.includes(line), `${profile}: ${line}`);
    t.is(lines.includes('auth_type PASS'), profile === 'lecture');
    t.is(lines.includes('nginx_state'), profile === 'fast');
  }
});

test('the password is masked wherever the file is shown', (t) => {
  const input = stageInput();
  const file = keepalivedConfig(input, plannable(input)[0]!);
  t.true(maskContent(file.content).includes(`auth_pass ${MASK}`));
  t.false(maskContent(file.content).includes('vrrpPass'));
  t.is(file.mode, '0640');
});

test('the drop-in restarts after the peer has taken over, and logs in detail', (t) => {
  const restart = (profile: string) => {
    const input = stageInput({ yaml: (text) => text.replace('balanced', profile) });
    const file = hostFiles(input, plannable(input)[0]!).find((one) =>
      one.path.endsWith('keepalived.service.d/iam-ha.conf'),
    );
    return revealContent(file!.content);
  };
  t.regex(restart('lecture'), /^RestartSec=5$/m);
  t.regex(restart('balanced'), /^RestartSec=4$/m);
  t.regex(restart('fast'), /^RestartSec=1$/m);
  t.regex(
    restart('balanced'),
    /^ExecStart=\nExecStart=\/usr\/sbin\/keepalived --dont-fork -D \$DAEMON_ARGS$/m,
  );
});

test('Red Hat: its own paths, its own options', (t) => {
  const rocky = (facts: NodeFacts): NodeFacts => ({
    ...facts,
    os: { ...facts.os, id: 'rocky', idLike: ['rhel'], versionId: '9.4' },
  });
  const input = stageInput({ facts: rocky });
  const frontend = plannable(input)[0]!;
  const files = hostFiles(input, frontend);
  t.true(files.some((one) => one.path === '/usr/libexec/keepalived/check_nginx.sh'));
  t.regex(configOf(input, 0), /script "\/usr\/libexec\/keepalived\/check_nginx\.sh"/);
  t.false(files.some((one) => revealContent(one.content).includes('ExecStart=/usr/sbin')));
});

test('keepalived: one node after the other, by priority, the witness before the daemon', (t) => {
  const home = stageInput({ yaml: (text) => text.replace('profile:', 'home: iam-2, profile:') });
  const plan = keepalived(home);
  t.is(plan.order, 'one-by-one');
  t.deepEqual(
    plan.resources.filter((one) => String(one.node) === 'iam-2').map((one) => one.id),
    [
      'packages:keepalived',
      'config:keepalived/host',
      'sysctl:eth0',
      'unit:iam-ha-strays',
      'config:keepalived/witness',
      'tmpfiles:/run/iam-ha',
      'unit:iam-ha-nginx-witness',
      'vrrp-settings:keepalived',
      'config:keepalived',
      'unit:keepalived',
    ],
  );
  t.is(String(plan.resources[0]?.node), 'iam-2');
  const lecture = stageInput({ yaml: (text) => text.replace('balanced', 'lecture') });
  // there it is only taken away, after keepalived: see profiles.test.ts
  const ids = keepalived(lecture).resources.map((one) => one.id);
  t.true(ids.indexOf('unit:iam-ha-nginx-witness') > ids.indexOf('unit:keepalived'));
});

test('comments are in the language of the session, and nothing else differs', (t) => {
  const zh = stageInput({ input: (input) => ({ ...input, language: 'zh' }) });
  t.regex(configOf(zh, 0), /优先级最高者/);
  t.deepEqual(bare(configOf(zh, 0)), bare(configOf(stageInput(), 0)));
});

test('ids of checks are unique', (t) => {
  const input = stageInput();
  const ids = [reverseProxy, loadBalancer, virtualIp, keepalived].flatMap((stage) =>
    stage(input).checks.map((one) => one.id),
  );
  t.is(new Set(ids).size, ids.length);
});

test('registration is closed on the API’s domain alone, in any spelling, and only when asked', (t) => {
  const closed: Variation['yaml'] = (text) =>
    text.replace('adminPassword: keep', 'openRegistration: false');
  const hosts = (input: StageInput) =>
    proxyFiles(input, plannable(input)[0]!).map((file) => revealContent(file.content));
  const [open, shut] = [stageInput(), stageInput({ yaml: closed })].map((input) =>
    hosts(input).filter((text) => text.includes('iam_registration')),
  );
  t.deepEqual(open, []);
  t.is(shut?.length, 1);
  t.regex(shut?.[0] ?? '', /server_name iam\.api\.example\.com;/);
  t.regex(
    shut?.[0] ?? '',
    /if \(\$iam_registration ~\* "\^POST \/v1\/users\/\?\$"\) \{\n\s+return 403;/,
  );
});
