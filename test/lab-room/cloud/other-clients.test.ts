import { createHash, createHmac } from 'node:crypto';
import { once } from 'node:events';
import http from 'node:http';
import { text } from 'node:stream/consumers';
import test from 'ava';
import { PAIR, REGION, startCloud } from './_cloud.ts';

/** How somebody else's client writes a request. */
interface Manner {
  readonly method: 'GET' | 'POST';
  readonly contentType: string;
  readonly signedHeaders: string;
  /** What it takes for the service's name: of the host that it was pointed at. */
  readonly service: string;
  /** Whether the port of the host is signed. */
  readonly isPortSigned: boolean;
  readonly more?: Readonly<Record<string, string>>;
}

const hash = (data: string) => createHash('sha256').update(data).digest('hex');
const hmac = (key: string | Buffer, data: string) => createHmac('sha256', key).update(data);

/** Signed by Tencent's page on signature v3, and by nothing of ours. */
function authorization(
  manner: Manner,
  headers: Readonly<Record<string, string>>,
  query: string,
  payload: string,
): string {
  const { method, signedHeaders, service } = manner;
  const names = signedHeaders.split(';');
  const lines = names.map((name) => `${name}:${headers[name]?.toLowerCase()}\n`).join('');
  const canonical = [method, '/', query, lines, signedHeaders, hash(payload)].join('\n');
  const timestamp = headers['x-tc-timestamp'] ?? '';
  const date = new Date(Number(timestamp) * 1000).toISOString().slice(0, 10);
  const scope = `${date}/${service}/tc3_request`;
  const toSign = ['TC3-HMAC-SHA256', timestamp, scope, hash(canonical)].join('\n');
  const dateKey = hmac(`TC3${PAIR.secretKey}`, date).digest();
  const key = hmac(hmac(dateKey, service).digest(), 'tc3_request').digest();
  const signature = hmac(key, toSign).digest('hex');
  return `TC3-HMAC-SHA256 Credential=${PAIR.secretId}/${scope}, SignedHeaders=${signedHeaders}, Signature=${signature}`;
}

async function ask(port: number, manner: Manner, limit: number) {
  const { method, contentType, isPortSigned, more = {} } = manner;
  const isGet = method === 'GET';
  const query = isGet ? `Filters.0.Name=vpc-name&Filters.0.Values.0=a+b%2F&Limit=${limit}` : '';
  const filter = { Name: 'vpc-name', Values: ['a b/'] };
  const body = isGet ? '' : JSON.stringify({ Filters: [filter], Limit: String(limit) });
  const host = `127.0.0.1:${port}`;
  const headers = {
    host,
    'content-type': contentType,
    'x-tc-action': 'DescribeVpcs',
    'x-tc-version': '2017-03-12',
    'x-tc-region': REGION,
    'x-tc-timestamp': String(Math.floor(Date.now() / 1000)),
    ...more,
  };
  const signed = { ...headers, host: isPortSigned ? host : '127.0.0.1' };
  const payload = 'x-tc-content-sha256' in more ? 'UNSIGNED-PAYLOAD' : body;
  const request = http.request({
    ...{ port, method, path: query ? `/?${query}` : '/', agent: false },
    headers: { ...headers, authorization: authorization(manner, signed, query, payload) },
  });
  request.end(body);
  const [response] = (await once(request, 'response')) as [http.IncomingMessage];
  const { Response } = JSON.parse(await text(response));
  return Response.Error?.Code ?? `${Response.VpcSet.length} of ${Response.TotalCount}`;
}

const PLAIN: Manner = {
  method: 'POST',
  contentType: 'application/json',
  signedHeaders: 'content-type;host',
  service: '127',
  isPortSigned: true,
};

test('whoever signs by the book is heard, in whatever manner', async (t) => {
  const { port } = await startCloud(t);
  const manners: readonly Partial<Manner>[] = [
    {},
    { service: 'vpc' },
    { isPortSigned: false },
    { contentType: 'application/json; charset=utf-8' },
    { contentType: 'application/json; charset=UTF-8' },
    { signedHeaders: 'content-type;host;x-tc-action' },
    { signedHeaders: 'content-type;host;x-tc-region;x-tc-version' },
    { more: { 'x-tc-content-sha256': 'UNSIGNED-PAYLOAD' } },
    { more: { 'x-tc-language': 'zh-CN', 'x-tc-requestclient': 'SDK_PYTHON', connection: 'close' } },
    { method: 'GET', contentType: 'application/x-www-form-urlencoded' },
    { method: 'GET', contentType: 'application/x-www-form-urlencoded', isPortSigned: false },
  ];
  for (const manner of manners) {
    t.is(await ask(port, { ...PLAIN, ...manner }, 5), '0 of 0', JSON.stringify(manner));
  }
});

test('and whoever does not is not', async (t) => {
  const { port } = await startCloud(t);
  const cases: readonly (readonly [Partial<Manner>, string])[] = [
    [{ service: 'cvm' }, 'InvalidAction'],
    [{ signedHeaders: 'content-type;host;x-tc-token' }, 'AuthFailure.SignatureFailure'],
    [{ more: { 'x-tc-region': 'nowhere' } }, 'UnsupportedRegion'],
  ];
  for (const [manner, code] of cases) {
    t.is(await ask(port, { ...PLAIN, ...manner }, 5), code, JSON.stringify(manner));
  }
  t.is(await ask(port, PLAIN, 101), 'InvalidParameterValue.LimitExceeded');
});
