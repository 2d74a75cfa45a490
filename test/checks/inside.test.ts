import test from 'ava';
import { apiDatabaseCheck } from '../../source/checks/api-database.ts';
import { auditDrainCheck, timeOf } from '../../source/checks/audit-drain.ts';
import { auditRecordsCheck } from '../../source/checks/audit-records.ts';
import { daemonNeedsCheck } from '../../source/checks/daemon-needs.ts';
import { policyReloadCheck } from '../../source/checks/policy-reload.ts';
import { encode, RedisError, readRedis, redisAsk } from '../../source/checks/redis-ask.ts';
import {
  type Check,
  type Ipv4Address,
  maskContent,
  type NodeName,
  revealContent,
  Secret,
} from '../../source/model/index.ts';
import { printed } from './_measured.ts';

const node = { name: 'iam-2' as NodeName, address: '10.0.4.21' as Ipv4Address };
const dataNode = 'iam-1' as NodeName;
const redis = { address: '10.0.4.20', port: 6379, password: new Secret('p', `r'é"`) };

/** What the script prints of what Redis sent. */
const sent = (text: string, end = '\ntalk 0\n') =>
  `redis ${Buffer.from(`${text}${end}`, 'latin1').toString('base64')}\n`;
const bulk = (text: string) => `$${text.length}\r\n${text}\r\n`;

function verdict(check: Check, stdout: string) {
  const { state, reason, problem } = check.judge([printed(stdout)]);
  return { state, code: reason.code, ...(problem?.node ? { node: problem.node } : {}) };
}

test('commands carry the length in bytes, and no secret is seen', (t) => {
  t.is(encode(['AUTH', 'é']), '*2\r\n$4\r\nAUTH\r\n$2\r\né\r\n');
  const script = redisAsk(redis, [['PING']]);
  t.false(maskContent(script).includes(`é`));
  t.true(revealContent(script).includes(`$5\r\nr'\\''é"\r\n`));
});

test('answers are read whole: words, numbers, binary, lists, errors, and silence', (t) => {
  const all = `+OK\r\n:7\r\n${bulk('a\r\nb\xd3')}$-1\r\n*2\r\n:1\r\n$1\r\nx\r\n-ERR no\r\n+OK\r\n`;
  const read = readRedis(sent(all));
  t.deepEqual(read, {
    kind: 'replies',
    replies: [7, 'a\r\nb\xd3', null, [1, 'x'], new RedisError('ERR no')],
  });
  t.deepEqual(readRedis(sent('-WRONGPASS invalid\r\n')), {
    kind: 'not-asked',
    detail: 'WRONGPASS invalid',
  });
  t.is(readRedis(sent('bash: connect: Connection refused\n', '\ntalk 7\n'))?.kind, 'not-asked');
  t.is(readRedis(''), undefined);
});

const http = (status: number, body: string) =>
  `HTTP/1.0 ${status} X\r\nContent-Length: 1\r\n\r\n${body}\n\ntalk 0\n`;

test('the database path is asked with a token of nobody’s, and each refusal has its name', (t) => {
  const check = apiDatabaseCheck({ node, dataNode, jwtKey: new Secret('jwt', 'k'.repeat(32)) });
  const [action] = check.measurements;
  if (action?.kind !== 'script') throw new Error('no script');
  const token = /'(eyJ[^']+)'/.exec(revealContent(action.script))?.[1] ?? '';
  const claims = JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString());
  t.is(claims.identity, 'iam-ha-wizard-check');
  t.false(maskContent(action.script).includes('eyJ'));
  const of = (stdout: string) => verdict(check, stdout);
  t.is(of(http(200, '{"totalCount":0,"items":[]}')).state, 'passed');
  const bad = (code: string) => ({ state: 'failed', code, node: 'iam-2' });
  t.deepEqual(
    of(http(500, '{"code":100101,"message":"Database error"}')),
    bad('api-database-error'),
  );
  t.deepEqual(of(http(401, '{"message":"signature is invalid"}')), bad('jwt-key-differs'));
  t.deepEqual(of(http(404, '{"code":100006}')), bad('api-bad-answer'));
  t.deepEqual(of('\ntalk 124\n'), bad('api-database-silent'));
  t.deepEqual(of('bash: connect: Connection refused\n\ntalk 7\n'), bad('service-no-answer'));
  t.is(of('').state, 'unknown');
});

const client = (address: string) =>
  `id=9 addr=${address}:41234 laddr=10.0.4.20:6379 fd=11 name= age=5 idle=5 flags=P db=0 sub=1 psub=0 ssub=0 multi=-1 cmd=subscribe user=default resp=2\n`;
const both = bulk(client('10.0.4.20') + client('10.0.4.21'));
const counted = (count: number) => `*2\r\n$25\r\niam.cluster.notifications\r\n:${count}\r\n`;

test('each authorization server has subscribed on the one Redis', (t) => {
  const check = policyReloadCheck({ node, dataNode, redis });
  const of = (text: string, reloads = '') => verdict(check, sent(text) + reloads);
  t.is(of(`+OK\r\n${both}${counted(2)}+OK\r\n`).state, 'passed');
  t.deepEqual(of(`+OK\r\n${bulk(client('10.0.4.20'))}${counted(1)}+OK\r\n`), {
    state: 'failed',
    code: 'policy-reload-deaf',
    node: 'iam-2',
  });
  // 10.0.4.2 is not 10.0.4.21
  t.is(of(`+OK\r\n${bulk(client('10.0.4.2'))}${counted(1)}+OK\r\n`).state, 'failed');
  t.is(of('-NOAUTH Authentication required.\r\n').state, 'unknown');
});

test('a reload that failed leaves the old policies in force', (t) => {
  const check = policyReloadCheck({ node, dataNode, redis });
  const of = (...reloads: string[]) =>
    verdict(
      check,
      `${sent(`+OK\r\n${both}${counted(2)}+OK\r\n`)}${reloads.map((one) => `reload ${one}\n`).join('')}`,
    );
  const bad =
    '2026-11-25 19:00:00.000\tERROR\tauthzserver\tload/load.go:145\tfaild to refresh target storage: list secrets failed';
  const over =
    '2026-11-25 19:00:00.001\tINFO\tauthzserver\tload/load.go:102\treload: cycle completed in 1ms';
  t.is(of(bad, over).code, 'policy-reload-failed');
  t.is(of(over, bad).code, 'policy-reload-failed');
  t.is(of(over, over).state, 'passed');
});

const free = sent('+OK\r\n:-2\r\n+OK\r\n');
const held = sent('+OK\r\n:595\r\n+OK\r\n');

test('a daemon that cannot use Redis says so only in its log', (t) => {
  const check = daemonNeedsCheck({ node, dataNode, redis });
  const of = (asked: string, ...lines: string[]) =>
    verdict(check, `${asked}${lines.map((line) => `${line}\n`).join('')}end\n`);
  t.is(of(free).state, 'passed');
  t.is(
    of(
      free,
      'iam-apiserver\t2026 WARN Error trying to set test key: dial tcp 10.0.4.20:6379: connect: connection refused',
    ).code,
    'daemon-redis-unreachable',
  );
  t.is(
    of(
      free,
      'iam-authz-server\t2026 WARN Error trying to set test key: WRONGPASS invalid username-password pair or user is disabled.',
    ).code,
    'daemon-redis-wrong-password',
  );
  t.is(
    of(
      free,
      'iam-pump\t2026 ERROR Mongo connection failed. Retrying.\t{"error": "no reachable servers"}',
    ).code,
    'pump-mongo-unreachable',
  );
  const shutOut = 'iam-pump\t2026 INFO there is already an iam-pump instance running.';
  t.is(of(free, shutOut, shutOut).code, 'pump-redis-unreachable');
  // another pump may have been busy once; and a lock that somebody holds is another check's business
  t.is(of(free, shutOut).state, 'passed');
  t.is(of(held, shutOut, shutOut).state, 'passed');
  t.is(verdict(check, '').state, 'unknown');
});

const NOW = 1_795_390_100;
function record(time: number): string {
  const bytes = Buffer.alloc(9);
  bytes[0] = 0xd3;
  bytes.writeBigInt64BE(BigInt(time), 1);
  return `\x88\xa9TimeStamp${bytes.toString('latin1')}\xa8Username\xa5admin`;
}

test('no audit record waits for a minute, and no lock is left behind', (t) => {
  const check = auditDrainCheck({ from: node, nodes: [node], dataNode, redis });
  const of = (count: number, oldest: string, ttl: number) =>
    verdict(check, `${sent(`+OK\r\n:${count}\r\n${oldest}:${ttl}\r\n+OK\r\n`)}now ${NOW}\n`);
  t.deepEqual(of(0, '$-1\r\n', -2), { state: 'passed', code: 'audit-nothing-waits' });
  t.deepEqual(of(3, bulk(record(NOW - 5)), -2), { state: 'passed', code: 'audit-waits-briefly' });
  // a pump is at work just now
  t.is(of(3, bulk(record(NOW - 5)), 600).state, 'passed');
  const bad = (code: string) => ({ state: 'failed', code, node: 'iam-1' });
  t.deepEqual(of(3, bulk(record(NOW - 61)), -2), bad('audit-not-drained'));
  t.deepEqual(of(3, bulk(record(NOW - 61)), 400), bad('audit-lock-left'));
  t.deepEqual(of(0, '$-1\r\n', 400), bad('audit-lock-left'));
  t.is(of(1, bulk('?'), -2).state, 'unknown');
});

test('the time in a record is found in either width', (t) => {
  t.is(timeOf(record(1_795_390_022)), 1_795_390_022);
  const short = Buffer.from([0xce, 0x6b, 0x03, 0x3c, 0x46]);
  t.is(timeOf(`TimeStamp${short.toString('latin1')}`), 0x6b033c46);
  t.is(timeOf(null), undefined);
});

test('an empty record is never taken for a stored one', (t) => {
  const check = auditRecordsCheck(node.name);
  t.deepEqual(verdict(check, 'none\n'), { state: 'passed', code: 'audit-no-record-yet' });
  t.is(verdict(check, 'row 12 1795390022 named\n').code, 'audit-record-whole');
  const bad = { state: 'failed', code: 'audit-records-empty', node: 'iam-2' };
  t.deepEqual(verdict(check, 'row 3 0 \n'), bad);
  t.deepEqual(verdict(check, 'row 3 1795390022 \n'), bad);
  t.is(verdict(check, '').state, 'unknown');
});
