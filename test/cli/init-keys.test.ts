import test from 'ava';
import { lookForKeys } from '../../source/cli/init/keys.ts';
import type { Metadata } from '../../source/drivers/tencent/metadata.ts';

const HOME = '/home/op';
const FILE = `${HOME}/.tccli/default.credential`;
const NO_ROLE: Metadata = async () => undefined;

interface Places {
  readonly environment?: Readonly<Record<string, string>>;
  readonly files?: Readonly<Record<string, string>>;
  readonly metadata?: Metadata;
}

function look({ environment = {}, files = {}, metadata = NO_ROLE }: Places) {
  return lookForKeys(environment, {
    environment,
    home: HOME,
    read: async (path) => files[path],
    metadata,
  });
}

test('the place is told, and nothing of the keys', async (t) => {
  const environment = { TENCENTCLOUD_SECRET_ID: 'AKID1', TENCENTCLOUD_SECRET_KEY: 'k1' };
  const found = await look({ environment });
  t.like(found, { kind: 'found', isRole: false });
  t.regex(JSON.stringify(found), /TENCENTCLOUD_SECRET_ID/);
  t.notRegex(JSON.stringify(found), /AKID1|k1/);
});

test('the command line’s file, and the region beside it', async (t) => {
  const keys = JSON.stringify({ secretId: 'AKID1', secretKey: 'k1' });
  const configure = JSON.stringify({ _sys_param: { region: 'ap-nanjing' } });
  const files = { [FILE]: keys, [FILE.replace('credential', 'configure')]: configure };
  t.deepEqual(await look({ files }), {
    kind: 'found',
    place: FILE,
    isRole: false,
    region: 'ap-nanjing',
  });
});

test('the role of this machine', async (t) => {
  const role = { Code: 'Success', TmpSecretId: 'T', TmpSecretKey: 'k', Token: 't', ExpiredTime: 9 };
  const metadata: Metadata = async (path) => (path.endsWith('/r') ? JSON.stringify(role) : 'r');
  t.like(await look({ metadata }), { kind: 'found', isRole: true });
});

test('none: where was looked; a region is known all the same', async (t) => {
  const found = await look({ environment: { TENCENTCLOUD_REGION: 'ap-guangzhou' } });
  t.like(found, { kind: 'missing', region: 'ap-guangzhou' });
  if (found.kind === 'missing') t.true(found.places.includes(FILE));
});
