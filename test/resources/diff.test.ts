import test from 'ava';
import { content, MASK, Secret } from '../../source/model/index.ts';
import { binaryDiff, isPrivateMode, maskedDiff } from '../../source/resources/diff.ts';

const secret = new Secret('password', 'correct-horse');

test('a new file, with its secret masked', (t) => {
  t.is(
    maskedDiff('/etc/x', null, content`user iam\npassword ${secret}\n`),
    `--- /dev/null\n+++ b/etc/x\n@@ -0,0 +1,2 @@\n+user iam\n+password ${MASK}\n`,
  );
});

test('the old side of a line with a secret is masked whole', (t) => {
  const diff = maskedDiff(
    '/etc/x',
    'a\npassword hunter2\nb\n',
    content`a\npassword ${secret}\nb\n`,
  );
  t.is(diff, `--- a/etc/x\n+++ b/etc/x\n@@ -1,3 +1,3 @@\n a\n-${MASK}\n+password ${MASK}\n b\n`);
});

test('an old secret elsewhere in the file is masked by its word', (t) => {
  const before = 'requirepass "hunter2"\none\ntwo\nthree\nfour\nfive\nsix\nseven\n';
  const after = content`one\ntwo\nthree\nfour\nfive\nsix\nseven\nrequirepass "${secret}"\n`;
  const diff = maskedDiff('/etc/x', before, after);
  t.false(diff.includes('hunter2'));
  t.false(diff.includes('correct-horse'));
});

test('a secret that did not change is masked as context', (t) => {
  const diff = maskedDiff('/etc/x', 'old\np correct-horse\n', content`new\np ${secret}\n`);
  t.true(diff.includes(` p ${MASK}`));
  t.false(diff.includes('correct-horse'));
});

test('a key of many lines never shows, old or new', (t) => {
  const key = new Secret('key', '-----BEGIN KEY-----\nAAAA\nBBBB\n-----END KEY-----\n');
  const before = '-----BEGIN KEY-----\nCCCC\nDDDD\n-----END KEY-----\n';
  const diff = maskedDiff('/etc/key.pem', before, [key]);
  for (const line of ['AAAA', 'BBBB', 'CCCC', 'DDDD']) t.false(diff.includes(line), line);
});

test('a file without secrets is shown as it is', (t) => {
  t.is(
    maskedDiff('/etc/x', 'password_encryption on\n', ['a\n']),
    '--- a/etc/x\n+++ b/etc/x\n@@ -1,1 +1,1 @@\n-password_encryption on\n+a\n',
  );
});

test('a file that is no text is told by its hash', (t) => {
  t.is(
    binaryDiff('/opt/x', 'aa', 'bb'),
    '--- a/opt/x\n+++ b/opt/x\n@@ -1,1 +1,1 @@\n-sha256 aa\n+sha256 bb\n',
  );
  t.is(
    binaryDiff('/opt/x', null, 'bb'),
    '--- /dev/null\n+++ b/opt/x\n@@ -0,0 +1,1 @@\n+sha256 bb\n',
  );
});

test('a private file that holds no secret any more does not show the one that it held', (t) => {
  const before = 'one\n    auth_pass hunter2\ntwo\n';
  t.regex(maskedDiff('/etc/x', before, ['one\ntwo\n']), /auth_pass hunter2/);
  for (const after of [['one\ntwo\n'], null]) {
    t.notRegex(maskedDiff('/etc/x', before, after, true), /hunter2/);
  }
});

test('private is what others may not read', (t) => {
  t.deepEqual(['0640', '0600', '0644', '0755'].map(isPrivateMode), [true, true, false, false]);
});
