import test from 'ava';
import { findAccess } from '../../../source/cli/cloud/access.ts';
import type { Io } from '../../../source/cli/io.ts';
import { OperatorError } from '../../../source/model/index.ts';

const nowhere = {
  home: '/home/op',
  read: async () => undefined,
  metadata: async () => undefined,
};

/** @param answers of a person, one a question; absent: nobody is there */
function ioOf(environment: Readonly<Record<string, string>>, answers?: readonly (string | null)[]) {
  const left = [...(answers ?? [])];
  const asked: string[] = [];
  const ask = (kind: string) => async (question: string) => {
    asked.push(`${kind} ${question}`);
    return left.shift() ?? null;
  };
  const prompter = answers && { askLine: ask('line'), askSecret: ask('secret') };
  const io = {
    ...{ environment, language: 'en', remembered: {}, face: { settle: () => {} } },
    ...(prompter && { prompter }),
  };
  return { io: io as unknown as Io, asked };
}

const places = (environment: Readonly<Record<string, string>>) => ({ ...nowhere, environment });

test('keys of the environment, and what must not be seen of them', async (t) => {
  const environment = {
    TENCENTCLOUD_SECRET_ID: 'AKIDabcdefgh',
    TENCENTCLOUD_SECRET_KEY: 'a-key',
    TENCENTCLOUD_TOKEN: 'a-token',
    TENCENTCLOUD_REGION: 'ap-beijing',
  };
  const { io } = ioOf(environment);
  const access = await findAccess(io, places(environment));
  t.is(access.region, 'ap-beijing');
  t.deepEqual(
    access.secrets.map((one) => one.reveal()),
    ['AKIDabcdefgh', 'a-key', 'a-token'],
  );
});

test('nobody there, and none found: 64, with the places and the other providers', async (t) => {
  const { io } = ioOf({});
  const error = await t.throwsAsync(() => findAccess(io, places({})), {
    instanceOf: OperatorError,
  });
  t.is(error?.exitCode, 64);
  t.is(error?.problems[0].code, 'cloud-no-credential');
});

test('a person is asked, the key without echo, and once only', async (t) => {
  const { io, asked } = ioOf({}, ['AKIDtyped ', 'typed-key']);
  const first = await findAccess(io, places({}));
  t.deepEqual(
    first.secrets.map((one) => one.reveal()),
    ['AKIDtyped', 'typed-key'],
  );
  t.deepEqual(
    asked.map((one) => one.split(' ')[0]),
    ['line', 'secret'],
  );
  const again = await findAccess(io, places({}));
  t.is(again.credential.secretKey.reveal(), 'typed-key');
  t.is(asked.length, 2);
});

test('a person who has none is told like a program', async (t) => {
  const { io } = ioOf({}, [null]);
  const error = await t.throwsAsync(() => findAccess(io, places({})), {
    instanceOf: OperatorError,
  });
  t.is(error?.problems[0].code, 'cloud-no-credential');
});

test('an endpoint that is none is said before anybody is asked', async (t) => {
  const environment = { TENCENTCLOUD_ENDPOINT: 'ftp://x' };
  const { io, asked } = ioOf(environment, ['a', 'b']);
  const error = await t.throwsAsync(() => findAccess(io, places(environment)), {
    instanceOf: OperatorError,
  });
  t.is(error?.problems[0].code, 'cloud-endpoint-bad');
  t.is(asked.length, 0);
});
