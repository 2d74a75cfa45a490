import test from 'ava';
import { alertProblems, alertSecrets } from '../../source/cli/alert-secrets.ts';
import { changed, clusterOf, SHORT } from '../cluster/_examples.ts';

const cluster = clusterOf(
  changed(
    SHORT,
    'iam:',
    `alerts:
  - { kind: wecom, url: env:HOOK }
  - { kind: email, smtp: m, from: a@b, to: c@d, user: u, password: env:MAIL }
  - { kind: email, smtp: m, from: a@b, to: c@d }
  - { kind: feishu, url: env:HOOK, secret: env:SIGN }
iam:`,
  ),
);
const GOOD = {
  HOOK: 'https://qyapi.weixin.qq.com/cgi-bin/webhook/send?key=1',
  MAIL: 'p w"\'',
  SIGN: 'SEC1',
};

test('what alerts name is read from the environment', (t) => {
  const found = alertSecrets(cluster, { ...GOOD, OTHER: 'x' });
  t.deepEqual([...found.keys()], ['HOOK', 'MAIL', 'SIGN']);
  t.is(found.get('HOOK')?.reveal(), GOOD.HOOK);
  t.is(String(found.get('MAIL')), '••••••');
  t.is(alertSecrets(cluster, {}).size, 0);
});

test('good values, and unset ones, which somebody else tells', (t) => {
  t.deepEqual(alertProblems(cluster, GOOD), []);
  t.deepEqual(alertProblems(cluster, {}), []);
});

for (const url of [
  '',
  'qyapi.weixin.qq.com/x',
  'file:///etc/shadow',
  'ftp://example.com/',
  'https://a b/',
  'https://',
  'https://example.com/\noutput = "/etc/passwd"',
  'https://例子.com/',
]) {
  test(`not a webhook: ${JSON.stringify(url)}`, (t) => {
    const [found, again, ...others] = alertProblems(cluster, { ...GOOD, HOOK: url });
    t.deepEqual(others, []);
    t.is(again?.field, 'alerts[3].url');
    t.like(found, {
      code: 'alert-url-invalid',
      field: 'alerts[0].url',
      params: { variable: 'HOOK' },
    });
    t.false(url !== '' && JSON.stringify(found).includes(url));
  });
}

test('a password of several lines, or of none', (t) => {
  for (const MAIL of ['', 'a\nb'])
    t.deepEqual(
      alertProblems(cluster, { ...GOOD, MAIL }).map(({ code, field }) => [code, field]),
      [['alert-password-invalid', 'alerts[1].password']],
    );
});

test('a signing secret of several lines, or of none', (t) => {
  for (const SIGN of ['', 'a\nb'])
    t.deepEqual(
      alertProblems(cluster, { ...GOOD, SIGN }).map(({ code, field }) => [code, field]),
      [['alert-secret-invalid', 'alerts[3].secret']],
    );
});
