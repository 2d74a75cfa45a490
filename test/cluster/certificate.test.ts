import { createPrivateKey, X509Certificate } from 'node:crypto';
import test from 'ava';
import { readTls } from '../../source/cluster/index.ts';
import { maskContent } from '../../source/model/index.ts';
import { selfSigned } from '../_certificate.ts';
import { changed, clusterOf, SHORT } from './_examples.ts';

const cluster = clusterOf(changed(SHORT, 'iam:', 'tls: { certificate: ./c, key: ./k }\niam:'));
const NAMES = ['iam.api.marmotedu.com', 'iam.authz.marmotedu.com'];
const NOW = Date.now();
const good = await selfSigned({ names: NAMES });
const other = await selfSigned({ names: NAMES });

function read(certificate: string, key: string) {
  const found = readTls(cluster, cluster.tls!, { certificate, key }, NOW);
  return { found, told: found.problems.map(({ code, field, line }) => [code, field, line]) };
}

test('a pair that fits: told apart by its fingerprint, with the days that are left', (t) => {
  const { found } = read(good.certificate, good.key);
  if (!found.ok) return t.fail();
  t.deepEqual(found.problems, []);
  t.is(found.tls.fingerprint, new X509Certificate(good.certificate).fingerprint256);
  t.is(found.tls.daysLeft, 89);
  t.regex(found.tls.expires, /^\d{4}-\d\d-\d\d$/);
  t.is(found.tls.certificate, good.certificate);
  t.is(found.tls.key.reveal(), good.key);
  t.false(JSON.stringify(found).includes('PRIVATE'));
});

test('of the files only what is asked for: a key beside the certificate is never public', (t) => {
  const both = `Bag Attributes\r\n${good.key}${good.certificate}${other.certificate}`;
  const { found } = read(both.replaceAll('\n', '\r\n'), both);
  if (!found.ok) return t.fail();
  t.is(found.tls.certificate, `${good.certificate}${other.certificate}`);
  t.is(found.tls.key.reveal(), good.key);
  t.notRegex(maskContent([found.tls.certificate, found.tls.key]), /PRIVATE/);
});

const encrypted = createPrivateKey(good.key).export({
  type: 'pkcs8',
  format: 'pem',
  cipher: 'aes-256-cbc',
  passphrase: 'x',
}) as string;
const oldStyle = `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\n\nAAAA\n-----END RSA PRIVATE KEY-----\n`;
const damaged = good.certificate.replace(/\n[^-]{20}/, '\n');
const LINE = 8;

const bad: Readonly<Record<string, readonly [string, string, string, 'certificate' | 'key']>> = {
  'paths exchanged': [good.key, good.certificate, 'tls-no-certificate', 'certificate'],
  'a damaged certificate': [damaged, good.key, 'tls-no-certificate', 'certificate'],
  'an empty certificate': ['', good.key, 'tls-no-certificate', 'certificate'],
  'no key': [good.certificate, good.certificate, 'tls-no-key', 'key'],
  'a damaged key': [good.certificate, good.key.replace(/\n[^-]{20}/, '\n'), 'tls-no-key', 'key'],
  'an encrypted key': [good.certificate, encrypted, 'tls-key-encrypted', 'key'],
  'one encrypted as of old': [good.certificate, oldStyle, 'tls-key-encrypted', 'key'],
  "another's key": [good.certificate, other.key, 'tls-key-mismatch', 'key'],
  'the authority first': [
    other.certificate + good.certificate,
    good.key,
    'tls-key-mismatch',
    'key',
  ],
};

for (const [name, [certificate, key, code, field]] of Object.entries(bad)) {
  test(`not served: ${name}`, (t) => {
    const { found, told } = read(certificate, key);
    t.false(found.ok);
    t.deepEqual(told, [[code, `tls.${field}`, LINE]]);
  });
}

test('each domain that it does not cover; a wildcard covers one part', async (t) => {
  const missing = async (...names: string[]) => {
    const pair = await selfSigned({ names });
    const { found } = read(pair.certificate, pair.key);
    return found.problems.map(({ code, params }) => `${code} ${params?.domain}`);
  };
  t.deepEqual(await missing('*.api.marmotedu.com', '*.authz.marmotedu.com'), []);
  t.deepEqual(await missing('*.marmotedu.com', NAMES[1]!), [
    'tls-domain-missing iam.api.marmotedu.com',
  ]);
  // its subject is no name of a server
  t.is((await missing('operator')).length, 2);
});

test('at the wrong time it fits all the same, and that is told', async (t) => {
  const at = async (fromDays: number, days: number) => {
    const pair = await selfSigned({ names: NAMES, fromDays, days });
    const { found, told } = read(pair.certificate, pair.key);
    return [found.ok, ...told];
  };
  t.deepEqual(await at(-9, -1), [true, ['tls-expired', 'tls.certificate', LINE]]);
  t.deepEqual(await at(1, 9), [true, ['tls-not-yet-valid', 'tls.certificate', LINE]]);
});
