import test from 'ava';
import { ApiError } from '../../../source/lab/cloud/errors.ts';
import {
  parseAuthorization,
  type SignedRequest,
  signatureOf,
  verify,
} from '../../../source/lab/cloud/signature.ts';
import { clients, codeOf, startCloud } from './_cloud.ts';

/** The request of Tencent Cloud's own page on signature v3; its two published editions. */
const PUBLISHED: SignedRequest = {
  method: 'POST',
  path: '/',
  query: '',
  headers: {
    'content-type': 'application/json; charset=utf-8',
    host: 'cvm.tencentcloudapi.com',
    'x-tc-timestamp': '1551113065',
  },
  body: '{"Limit": 1, "Filters": [{"Values": ["\\u672a\\u547d\\u540d"], "Name": "instance-name"}]}',
};
const SCOPE = { date: '2019-02-25', service: 'cvm', signedHeaders: 'content-type;host' };
const AT = 1551113065_000;

const VECTORS: readonly (readonly [string, string])[] = [
  [
    'Gu5t9xGARNpq86cd98joQYCN3EXAMPLE',
    '72e494ea809ad7a8c8f7a4507b9bddcbaa8e581f516e8da2f66e2c5a96525168',
  ],
  [
    'Gu5t9xGARNpq86cd98joQYCN3*******',
    '2230eefd229f582d8b1b891af7107b91597240707d778ab3738f756258d7652c',
  ],
];

test('the published signatures', (t) => {
  for (const [key, signature] of VECTORS) {
    t.is(signatureOf(PUBLISHED, SCOPE, key, 'cvm.tencentcloudapi.com'), signature);
  }
});

const KEY = VECTORS[0]![0];

function signed(change: Partial<SignedRequest> = {}, signature = VECTORS[0]![1]): SignedRequest {
  const authorization = `TC3-HMAC-SHA256 Credential=AKIDEXAMPLE/2019-02-25/cvm/tc3_request, SignedHeaders=content-type;host, Signature=${signature}`;
  return {
    ...PUBLISHED,
    ...change,
    headers: { ...PUBLISHED.headers, authorization, ...change.headers },
  };
}

function outcome(request: SignedRequest, atMs = AT, key = KEY): string {
  try {
    verify(request, (id) => (id === 'AKIDEXAMPLE' ? { key } : undefined), atMs);
    return 'ok';
  } catch (error) {
    return (error as ApiError).code;
  }
}

test('a signature is good for what was signed, 300 s, and one key', (t) => {
  t.is(outcome(signed()), 'ok');
  t.is(outcome(signed({ headers: { host: 'cvm.tencentcloudapi.com:8080' } })), 'ok');
  t.is(outcome(signed(), AT + 300_000), 'ok');
  t.is(outcome(signed(), AT + 301_000), 'AuthFailure.SignatureExpire');
  t.is(outcome(signed(), AT - 301_000), 'AuthFailure.SignatureExpire');
  t.is(outcome(signed(), AT, 'another'), 'AuthFailure.SignatureFailure');
  t.is(outcome(signed({ body: '{"Limit": 2}' })), 'AuthFailure.SignatureFailure');
  t.is(outcome(signed({ query: 'a=b' })), 'AuthFailure.SignatureFailure');
  t.is(
    outcome(signed({ headers: { host: 'vpc.tencentcloudapi.com' } })),
    'AuthFailure.SignatureFailure',
  );
  t.is(
    outcome(signed({ headers: { 'x-tc-timestamp': '1551113066' } })),
    'AuthFailure.SignatureFailure',
  );
  const anotherDay = signed({ headers: { 'x-tc-timestamp': '1551139200' } });
  t.is(outcome(anotherDay, 1551139200_000), 'AuthFailure.SignatureExpire');
});

test('what is no authorization is said to be none', (t) => {
  const good = signed().headers.authorization!;
  t.is(parseAuthorization(good).service, 'cvm');
  for (const bad of [undefined, '', 'Bearer x', good.slice(0, -1), good.replace('TC3', 'TC2')]) {
    t.throws(() => parseAuthorization(bad), { instanceOf: ApiError });
  }
});

test('a temporary pair needs its token, and ends', (t) => {
  const verdict = (token: string | undefined, atMs: number) => {
    const request = signed({ headers: { 'x-tc-token': token } });
    try {
      verify(request, () => ({ key: KEY, token: 'right', expiresMs: AT + 1000 }), atMs);
      return 'ok';
    } catch (error) {
      return (error as ApiError).code;
    }
  };
  t.is(verdict('right', AT), 'ok');
  t.is(verdict('wrong', AT), 'AuthFailure.TokenFailure');
  t.is(verdict(undefined, AT), 'AuthFailure.TokenFailure');
  t.is(verdict('right', AT + 1000), 'AuthFailure.TokenFailure');
});

test('the SDK signs as the stand-in verifies: POST, GET, and what is not ASCII', async (t) => {
  const cloud = await startCloud(t);
  const { vpc, sts } = clients(t, cloud);
  t.is((await vpc.DescribeVpcs({})).TotalCount, 1);
  const named = { Filters: [{ Name: 'vpc-name', Values: ['生产网络 é'] }], Limit: '5' };
  t.is((await vpc.DescribeVpcs(named)).TotalCount, 0);
  t.is((await sts.GetCallerIdentity()).AccountId, '100000000001');
  const get = clients(t, cloud, { reqMethod: 'GET' });
  t.is((await get.vpc.DescribeVpcs(named)).TotalCount, 0);
  t.is((await get.vpc.DescribeHaVips({ Limit: 5 })).TotalCount, 0);
  t.is(cloud.standing.log.at(-1)?.outcome, 'ok');
});

test('wrong key, unknown id, a clock that is off, an expired token', async (t) => {
  const cloud = await startCloud(t);
  const code = (options: Parameters<typeof clients>[2]) =>
    codeOf(clients(t, cloud, options).vpc.DescribeHaVips({}));
  t.is(await code({ secretKey: 'wrong' }), 'AuthFailure.SignatureFailure');
  t.is(await code({ secretId: 'AKIDnobody' }), 'AuthFailure.SecretIdNotFound');
  t.is(await code({ region: 'mars-1' }), 'UnsupportedRegion');
  cloud.standing.faults.add({ action: '*', kind: 'clock-skew', s: 301 });
  t.is(await code({}), 'AuthFailure.SignatureExpire');
  cloud.standing.faults.add({ action: '*', kind: 'clock-skew', s: -301 });
  t.is(await code({}), 'AuthFailure.SignatureExpire');
  t.is(await code({}), 'ok');
});

test('a role’s pair works with its token and not without', async (t) => {
  const cloud = await startCloud(t);
  const role = { RoleArn: 'qcs::cam::uin/1:roleName/x', RoleSessionName: 's' };
  const { Credentials: given } = await clients(t, cloud).sts.AssumeRole(role);
  const pair = { secretId: given!.TmpSecretId!, secretKey: given!.TmpSecretKey! };
  const code = (token: string) =>
    codeOf(clients(t, cloud, { ...pair, token }).vpc.DescribeHaVips({}));
  t.is(await code(given!.Token!), 'ok');
  t.is(await code('x'), 'AuthFailure.TokenFailure');
});
