import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import test from 'ava';
import { MASK, maskContent, revealContent } from '../../source/model/index.ts';
import { alertConfig, alertFiles, curlText } from '../../source/stages/alert-files.ts';
import { alertPackages } from '../../source/stages/alerts.ts';
import { plannable } from '../../source/stages/frontend.ts';
import { keepalived } from '../../source/stages/keepalived.ts';
import { hostFiles } from '../../source/stages/keepalived-files.ts';
import { stageInput } from './_proxy-input.ts';
import { alertInput } from './helpers/alert-sender.ts';

const HOOK = 'https://example.com/send?key=4f1c"\\x';
const ONE = () => alertInput(['{ kind: wecom, url: env:HOOK }'], { HOOK });

const ALERTS = [
  'system-user:iam-ha-alert',
  'directory:/etc/iam-ha-alert',
  'directory:/var/lib/iam-ha-alert',
  'directory:/var/lib/iam-ha-alert/events',
  'directory:/var/lib/iam-ha-alert/outbox',
  'directory:/var/lib/iam-ha-alert/status',
  'config:alerts',
  'unit:iam-ha-alert.path',
];

function idsOf(input: ReturnType<typeof stageInput>): readonly string[] {
  const { resources } = keepalived(input);
  return resources.filter(({ node }) => String(node) === 'iam-1').map(({ id }) => id);
}

function notifyScript(input: ReturnType<typeof stageInput>): string {
  const files = hostFiles(input, plannable(input)[0]!);
  const file = files.find(({ path }) => path.endsWith('/keepalived_notify.sh'));
  return revealContent(file?.content ?? []);
}

test('without alerts the stage is what it was: no resource, no check, not a byte of its scripts', (t) => {
  const input = stageInput();
  t.false(idsOf(input).some((id) => ALERTS.includes(id)));
  t.false(keepalived(input).checks.some(({ id }) => id.startsWith('alerts/')));
  t.deepEqual(alertPackages(input, plannable(input)[0]!.platform), []);
  const asset = readFileSync(
    new URL('../../assets/keepalived/keepalived_notify.sh', import.meta.url),
    'utf8',
  );
  const code = (text: string) => text.split('\n').filter((line) => !/^ *#[ |]/.test(line));
  const expected = asset
    .replace('{{vip}}', '10.0.4.99')
    .replace('{{interface}}', 'eth0')
    .replace('{{moving}}', '/run/iam-ha-move')
    .replace('{{alert}}\n', '');
  t.deepEqual(code(notifyScript(input)), code(expected));
});

test('with alerts: the sender is there before keepalived can leave an event', (t) => {
  const ids = idsOf(ONE());
  t.deepEqual(ids.slice(0, 1 + ALERTS.length + 1), [
    'packages:keepalived',
    ...ALERTS,
    'config:keepalived/host',
  ]);
  const input = ONE();
  t.deepEqual(alertPackages(input, plannable(input)[0]!.platform), ['curl', 'ca-certificates']);
  t.deepEqual(
    keepalived(input)
      .checks.map(({ id }) => id)
      .filter((id) => id.startsWith('alerts/')),
    ['alerts/iam-1', 'alerts/iam-2'],
  );
});

test('the notify script writes its line first, and starts nothing that it would wait for', (t) => {
  const lines = notifyScript(ONE()).split('\n');
  const log = lines.findIndex((line) => line.includes('>>/var/log/keepalived.log'));
  const event = lines.findIndex((line) => line.includes('/var/lib/iam-ha-alert/events/'));
  t.true(log >= 0 && event > log);
  t.false(
    /systemctl|curl|sleep|wait\b|\$\(/.test(
      lines
        .slice(log)
        .filter((line) => !line.trim().startsWith('#'))
        .join('\n'),
    ),
  );
});

test('the configuration is for root and the sender only, and masked wherever it is shown', (t) => {
  const input = ONE();
  const files = alertFiles(input, plannable(input)[0]!);
  const holding = files.filter(({ content }) => revealContent(content).includes('key=4f1c'));
  t.deepEqual(
    holding.map(({ path, mode, owner }) => [path, mode, owner]),
    [['/etc/iam-ha-alert/alert.conf', '0640', 'root:iam-ha-alert']],
  );
  const shown = maskContent(holding[0]!.content);
  t.true(shown.includes(MASK));
  t.false(shown.includes('4f1c'));
  t.true(shown.includes('receivers=(1-wecom)'));
});

test('every receiver by its place; a mail without a password takes TLS where it is offered', (t) => {
  const input = alertInput(
    [
      '{ kind: slack, url: env:HOOK }',
      '{ kind: email, smtp: mail.example.com, from: a@example.com, to: [b@example.com, c@example.com] }',
      '{ kind: email, smtp: mail.example.com:465, from: a@example.com, to: d@example.com, user: ha, password: env:MAIL }',
    ],
    { HOOK, MAIL: "it's" },
  );
  const config = revealContent(alertConfig(input, plannable(input)[0]!));
  const script = 'printf "%s|" "${receivers[@]}" "${curl_config[@]}" "${mail_headers[@]}"';
  const { stdout } = spawnSync('bash', ['-s'], { input: `${config}${script}`, encoding: 'utf8' });
  t.deepEqual(stdout.split('|'), [
    '1-slack',
    '2-email',
    '3-email',
    'proto = "=http,https"\ngloboff\nurl = "https://example.com/send?key=4f1c\\"\\\\x"\n',
    'url = "smtp://mail.example.com"\nssl\nmail-from = "<a@example.com>"\nmail-rcpt = "<b@example.com>"\nmail-rcpt = "<c@example.com>"\n',
    'url = "smtps://mail.example.com:465"\nssl-reqd\nmail-from = "<a@example.com>"\nmail-rcpt = "<d@example.com>"\nuser = "ha:it\'s"\n',
    'From: <a@example.com>\nTo: <b@example.com>, <c@example.com>',
    'From: <a@example.com>\nTo: <d@example.com>',
    '',
  ]);
});

test('text inside curl’s quotes', (t) => {
  t.is(curlText('a"b\\c'), 'a\\"b\\\\c');
});

test('a secret that was not read is our mistake', (t) => {
  const input = alertInput(['{ kind: wecom, url: env:HOOK }']);
  t.throws(() => alertConfig(input, plannable(input)[0]!), { message: /HOOK/ });
});

test('what people read is in the session’s language', (t) => {
  const zh = alertInput(['{ kind: wecom, url: env:HOOK }'], { HOOK }, 'zh');
  t.regex(revealContent(alertConfig(zh, plannable(zh)[0]!)), /已漂移到/);
  t.notRegex(revealContent(alertConfig(ONE(), plannable(ONE())[0]!)), /\p{Script=Han}/u);
});

test('alerts taken out of the file: the receivers and their secrets go from the node', (t) => {
  const units = [{ name: 'iam-ha-alert', load: 'loaded', active: 'inactive', enabled: 'static' }];
  const input = stageInput({ facts: (facts) => ({ ...facts, units }) });
  t.deepEqual(
    idsOf(input).filter((id) => ALERTS.includes(id)),
    ['config:alerts'],
  );
  const [config] = alertFiles(input, plannable(input)[0]!);
  t.is(config?.path, '/etc/iam-ha-alert/alert.conf');
  t.regex(revealContent(config?.content ?? []), /^receivers=\(\)$/m);
  t.false(revealContent(config?.content ?? []).includes('curl_config'));
});

test('an undo empties the spool, and ends the sender before its user goes', (t) => {
  const folder = keepalived(ONE()).resources.find(
    ({ id }) => id === 'directory:/var/lib/iam-ha-alert/outbox',
  );
  const planned = folder?.plan({
    kind: 'exited',
    exitCode: 0,
    stdout: 'missing /var/lib/iam-ha-alert/outbox\n',
    stderr: '',
  });
  if (planned?.kind !== 'change') return t.fail(planned?.kind);
  t.deepEqual(planned.change.undo, [
    {
      kind: 'script',
      resource: 'directory:/var/lib/iam-ha-alert/outbox',
      script:
        'systemctl stop iam-ha-alert.service 2>/dev/null\nrm -rf -- /var/lib/iam-ha-alert/outbox\n',
    },
  ]);
});
