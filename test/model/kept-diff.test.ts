import test from 'ava';
import { keptDiff, MASK } from '../../source/model/index.ts';

const diff = (...lines: readonly string[]) =>
  `${['--- a/etc/x', '+++ b/etc/x', '@@ -1,3 +1,3 @@', ...lines].join('\n')}\n`;

test('a diff stays as it is', (t) => {
  const plain = diff(' worker 4', '-listen 80', '+listen 8080', ' proxy_pass http://iam_api;');
  t.is(keptDiff(plain), plain);
});

for (const secret of [
  'password = hunter2',
  'auth_pass 1111',
  'requirepass s3cret',
  'token: abc',
  'api_key=abc',
  'proxy_set_header Authorization "Basic abc";',
  'url = mysql://iam:hunter2@10.0.4.9/iam',
  'proxy_pass http://iam:hunter2@10.0.4.9;',
]) {
  test(`what somebody else wrote is masked where it looks like a secret: ${secret}`, (t) => {
    t.is(keptDiff(diff(`-${secret}`, ` ${secret}`)), diff(`-${MASK}`, ` ${MASK}`));
  });
}

test('what we write is masked already, and is kept with its words', (t) => {
  const ours = diff(`+password = ${MASK}`, `+requirepass ${MASK}`);
  t.is(keptDiff(ours), ours);
});

test('a long one is cut, and says by how much', (t) => {
  const lines = Array.from({ length: 500 }, (_, at) => `+line ${at}`);
  const kept = keptDiff(diff(...lines))
    .trimEnd()
    .split('\n');
  t.is(kept.length, 161);
  t.is(kept.at(-1), `@@ … +${503 - 160} @@`);
  t.true(keptDiff(diff(`+${'x'.repeat(100_000)}`)).length < 600);
});
