import { once } from 'node:events';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import http from 'node:http';
import type { AddressInfo, LookupFunction } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inspect } from 'node:util';
import test from 'ava';
import {
  type CredentialPorts,
  findCredential,
  localPlaces,
  shownId,
} from '../../../source/drivers/tencent/index.ts';
import { metadataService } from '../../../source/drivers/tencent/metadata.ts';
import { noCredential } from '../../../source/drivers/tencent/problems.ts';
import { Secret } from '../../../source/model/index.ts';
import { renderProblem } from '../../../source/text/index.ts';

const PROFILE = '/home/ada/.tencentcloud/credentials';
const SYSTEM = '/etc/tencentcloud/credentials';
const TCCLI = '/home/ada/.tccli/default.credential';

/** A computer with these files, and no metadata service. */
function places(
  files: Readonly<Record<string, string | Error>> = {},
  more: Partial<CredentialPorts> = {},
): CredentialPorts {
  return {
    environment: {},
    home: '/home/ada',
    read: async (path) => {
      const text = files[path];
      if (text instanceof Error) throw text;
      return text;
    },
    metadata: () => Promise.reject(new Error('no route')),
    ...more,
  };
}

async function found(ports: CredentialPorts) {
  const { credential, region, looked } = await findCredential(ports);
  const pair = credential && {
    id: credential.secretId.reveal(),
    key: credential.secretKey.reveal(),
    token: credential.token?.reveal(),
    source: credential.source,
    region,
  };
  return { pair, looked: looked.map(({ source, outcome }) => `${source} ${outcome}`) };
}

const PAIR = { TENCENTCLOUD_SECRET_ID: 'AKID1', TENCENTCLOUD_SECRET_KEY: 'k1' };

test('the environment comes first, whatever the token is called', async (t) => {
  const files = { [PROFILE]: '[default]\nsecret_id = AKID2\nsecret_key = k2\n' };
  for (const name of ['SESSION_TOKEN', 'TOKEN', 'SECURITY_TOKEN']) {
    const environment = {
      ...PAIR,
      [`TENCENTCLOUD_${name}`]: 'tok',
      TENCENTCLOUD_REGION: 'ap-shanghai',
    };
    t.deepEqual(await found(places(files, { environment })), {
      pair: { id: 'AKID1', key: 'k1', token: 'tok', source: 'environment', region: 'ap-shanghai' },
      looked: ['environment found'],
    });
  }
});

test('the SDK’s profile file: its default section', async (t) => {
  const text =
    '# keys\r\n[other]\r\nsecret_id = no\r\n[default]\r\nsecret_id = AKID2\r\nsecret_key = "k=2"\r\n';
  t.like((await found(places({ [PROFILE]: text }))).pair, {
    id: 'AKID2',
    key: 'k=2',
    source: 'sdk-profile',
  });
  const system = await found(places({ [SYSTEM]: '[default]\nsecret_id=a\nsecret_key=b\ntoken=c' }));
  t.like(system.pair, { id: 'a', key: 'b', token: 'c' });
});

test('the command line’s file, with its region', async (t) => {
  const files = {
    [TCCLI]: '{"secretId": "AKID3", "secretKey": "k3", "token": "t3"}',
    '/home/ada/.tccli/default.configure': '{"_sys_param": {"region": "ap-beijing"}}',
  };
  t.like((await found(places(files))).pair, {
    id: 'AKID3',
    token: 't3',
    source: 'tccli',
    region: 'ap-beijing',
  });
});

test('half a key, a file that is not ours to read, one that is not JSON: all is told', async (t) => {
  const files = { [PROFILE]: new Error('EACCES'), [TCCLI]: 'not json' };
  const environment = { TENCENTCLOUD_SECRET_ID: 'AKID1' };
  const search = await findCredential(places(files, { environment }));
  t.is(search.credential, undefined);
  t.deepEqual(
    search.looked.map(({ source, outcome }) => `${source} ${outcome}`),
    [
      'environment incomplete',
      'sdk-profile unreadable',
      'sdk-profile absent',
      'tccli incomplete',
      'cvm-role no-answer',
    ],
  );
  const [first, ...rest] = noCredential(search);
  t.is(first.code, 'cloud-no-credential');
  const { cause, nextSteps } = renderProblem(first, 'en');
  for (const place of ['TENCENTCLOUD_SECRET_ID', PROFILE, TCCLI, 'metadata.tencentyun.com']) {
    t.true(cause.includes(place), place);
  }
  t.regex(nextSteps.join('\n'), /provider: console.*provider: none/s);
  t.deepEqual(
    rest.map(({ code }) => code),
    ['cloud-credential-incomplete', 'cloud-credential-unreadable', 'cloud-credential-incomplete'],
  );
});

test('a person is asked last', async (t) => {
  const ask = async () => ({ secretId: 'AKID9', secretKey: new Secret('SecretKey', 'k9') });
  t.like((await found(places({}, { ask }))).pair, { id: 'AKID9', key: 'k9', source: 'asked' });
  t.like(await found(places({}, { ask: async () => undefined })), { pair: undefined });
});

test('a key is never printed in full', async (t) => {
  const environment = { ...PAIR, TENCENTCLOUD_SECRET_ID: 'AKIDabcdefgh' };
  const search = await findCredential(places({}, { environment }));
  const printed = `${inspect(search, { depth: 9 })}${JSON.stringify(search)}${search.credential}`;
  t.notRegex(printed, /AKIDabcd|k1/);
  t.is(shownId(search.credential!), '…efgh');
});

type Teardown = { teardown: (run: () => void) => void };

async function metadata(t: Teardown, serve: http.RequestListener) {
  return metadataService({ host: '127.0.0.1', port: await served(t, serve) });
}

async function served(t: Teardown, serve: http.RequestListener): Promise<number> {
  const server = http.createServer(serve).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.teardown(() => {
    server.close();
    server.closeAllConnections();
  });
  return (server.address() as AddressInfo).port;
}

test('the role of this machine', async (t) => {
  const asked: string[] = [];
  const service = await metadata(t, (request, response) => {
    asked.push(`${request.headers.host}${request.url}`);
    const isRole = request.url?.endsWith('/iam-ha');
    const pair = {
      Code: 'Success',
      TmpSecretId: 'TMP1',
      TmpSecretKey: 'k',
      Token: 'tok',
      ExpiredTime: 1_800_000_000,
    };
    response.end(isRole ? JSON.stringify(pair) : 'iam-ha\n');
  });
  const { credential } = await findCredential(places({}, { metadata: service }));
  t.is(credential?.secretId.reveal(), 'TMP1');
  t.is(credential?.token?.reveal(), 'tok');
  t.like(credential, { source: 'cvm-role', expiresMs: 1_800_000_000_000 });
  const path = 'metadata.tencentyun.com/latest/meta-data/cam/security-credentials/';
  t.deepEqual(asked, [path, `${path}iam-ha`]);
});

test('a machine without a role, and a service that does not answer within a second', async (t) => {
  const none = await metadata(t, (_, response) => void response.writeHead(404).end('no'));
  t.is((await found(places({}, { metadata: none }))).looked.at(-1), 'cvm-role absent');
  const silent = await metadata(t, () => {});
  t.is((await found(places({}, { metadata: silent }))).looked.at(-1), 'cvm-role no-answer');
});

test('this computer’s own files', async (t) => {
  const home = mkdtempSync(join(tmpdir(), 'iam-ha-keys-'));
  t.teardown(() => rmSync(home, { recursive: true, force: true }));
  mkdirSync(join(home, '.tencentcloud'));
  const file = join(home, '.tencentcloud/credentials');
  writeFileSync(file, '[default]\nsecret_id = AKID5\nsecret_key = k5\n');
  chmodSync(file, 0o600);
  t.like((await found({ ...localPlaces({}), home })).pair, { id: 'AKID5', source: 'sdk-profile' });
});

const RESOLVERS: Readonly<Record<string, LookupFunction>> = {
  'does not know the name': (name, _, done) =>
    done(Object.assign(new Error(`ENOTFOUND ${name}`), { code: 'ENOTFOUND' }), ''),
  'is silent': () => {},
};

for (const [what, resolve] of Object.entries(RESOLVERS)) {
  test(`the service is asked by its address where the resolver ${what}`, async (t) => {
    const port = await served(t, ({ headers }, response) => void response.end(headers.host));
    const service = metadataService({ host: 'metadata.test', port, address: '127.0.0.1' }, resolve);
    t.is(await service('/'), 'metadata.tencentyun.com');
  });
}

test('a name that resolves is not passed by', async (t) => {
  const port = await served(t, (_, response) => void response.end('ours'));
  const known: LookupFunction = (_, { all }, done) =>
    all ? done(null, [{ address: '127.0.0.1', family: 4 }]) : done(null, '127.0.0.1', 4);
  // nobody listens there
  const place = { host: 'metadata.test', port, address: '127.0.0.2' };
  t.is(await metadataService(place, known)('/'), 'ours');
});

test('neither name nor address: no longer than the second', async (t) => {
  const port = await served(t, () => {});
  const place = { host: 'metadata.test', port, address: '127.0.0.1' };
  const before = performance.now();
  await t.throwsAsync(metadataService(place, () => {})('/'));
  t.true(performance.now() - before < 1500);
});
