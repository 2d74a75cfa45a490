import { spawnSync } from 'node:child_process';
import net from 'node:net';
import test from 'ava';
import { auditMongoCheck } from '../../source/checks/audit-mongo.ts';
import { auditWritesCheck } from '../../source/checks/audit-writes.ts';
import type { BsonDocument } from '../../source/checks/bson.ts';
import { mongoLoginCheck } from '../../source/checks/mongo-login.ts';
import { mongoServerCheck } from '../../source/checks/mongo-server.ts';
import type { MongoPlace } from '../../source/checks/mongo-talk.ts';
import { tryConnect } from '../../source/drivers/connect.ts';
import {
  type ConnectResult,
  type NodeName,
  revealContent,
  Secret,
  type Verdict,
} from '../../source/model/index.ts';
import { printed } from './_measured.ts';
import { connectionOf, DATABASE, forget, freePort, judged, said, startStandIn } from './_mongo.ts';

const withPython = spawnSync('python3', ['--version']).status === 0 ? test : test.skip;

const NODES = ['iam-1', 'iam-2'] as NodeName[];
const [FROM] = NODES as [NodeName];
const COLLECTION = 'iam_analytics';
const AWKWARD = `pa'ss"w\\$x;# :@%é中文,=`;

const place = (change: Partial<MongoPlace> = {}): MongoPlace => ({
  host: '127.0.0.1',
  port: 27_017,
  database: DATABASE,
  user: 'iam',
  password: new Secret('mongodb password', AWKWARD),
  ...change,
});

const login = (change?: Partial<MongoPlace>) =>
  mongoLoginCheck({ from: FROM, place: place(change), collection: COLLECTION });
const records = (change?: Partial<MongoPlace>) =>
  auditMongoCheck({
    from: FROM,
    nodes: NODES,
    dataNode: FROM,
    place: place(change),
    collection: COLLECTION,
  });

const codeOf = ({ state, reason }: Verdict) => `${state} ${reason.code}`;

const accounts = {
  iam: { password: AWKWARD, role: 'readWrite' },
  reader: { password: 'x', role: 'read' },
} as const;

withPython(
  'the very log-in of the driver: in, wrong password, no such account, not allowed',
  async (t) => {
    const server = await startStandIn(accounts);
    const { port } = server;
    const password = (text: string) => new Secret('mongodb password', text);
    try {
      t.is(codeOf(await judged(login({ port }))), 'passed mongodb-login-stand-in');
      const wrong = await judged(login({ port, password: password('wrong') }));
      t.is(codeOf(wrong), 'failed mongodb-wrong-password');
      t.false(JSON.stringify(wrong).includes('wrong"'));
      const nobody = await judged(login({ port, user: 'nobody' }));
      t.is(codeOf(nobody), 'failed mongodb-wrong-password');
      const elsewhere = await judged(login({ port, database: 'other' }));
      t.is(codeOf(elsewhere), 'failed mongodb-wrong-password');
      const reader = await judged(login({ port, user: 'reader', password: password('x') }));
      t.is(codeOf(reader), 'failed mongodb-not-allowed');
      t.is(reader.problem?.params?.missing, 'insert');
    } finally {
      await server.stop();
      forget(server);
    }
    t.is(codeOf(await judged(login({ port }))), 'failed mongodb-not-listening');
  },
);

/** Gives commands after the log-in, as the pump would, or (`as: null`) without one. */
async function give(port: number, command: BsonDocument): Promise<BsonDocument> {
  const { mongoConversation, mongoAnswer } = await import('../../source/checks/mongo-talk.ts');
  const action = { ...connectionOf(login({ port })), vantage: { kind: 'here' } as const };
  const conversation = mongoConversation(place({ port }), command);
  const found = mongoAnswer(
    place({ port }),
    command,
    await tryConnect({ ...action, conversation }),
  );
  if (found.kind !== 'in') throw new Error(found.kind);
  return found.answer;
}

const whole = { timestamp: 1_790_000_000, username: 'admin', effect: 'allow', conclusion: 'ok' };
const empty = { timestamp: 0, username: '', effect: '', conclusion: '' };

withPython(
  'the last record is read back: none, whole, empty, of a pump before; it outlives the server',
  async (t) => {
    const server = await startStandIn(accounts);
    const now = Math.floor(Date.now() / 1000);
    const started = `started ${now - 3600} ${now}\n`;
    const { port } = server;
    try {
      const check = records({ port });
      const nothing = 'passed audit-no-record-in-mongodb';
      t.is(codeOf(await judged(check, started)), nothing);
      await give(port, { insert: COLLECTION, documents: [empty, whole] });
      t.is(codeOf(await judged(check, started)), 'passed audit-record-in-stand-in');
      await give(port, { insert: COLLECTION, documents: [empty] });
      t.is(codeOf(await judged(check, started)), 'failed audit-records-empty');
      t.is(codeOf(await judged(check, `started ${now - 3600} ${now - 7200}\n`)), nothing);
      t.is(codeOf(await judged(check, 'nothing')), 'unknown not-measured');
      t.is((await give(port, { count: COLLECTION, query: { username: 'admin' } })).n, 1);
    } finally {
      await server.stop();
    }
    const again = await startStandIn(accounts, server.folder);
    try {
      t.is((await give(again.port, { count: COLLECTION })).n, 3);
    } finally {
      await again.stop();
      forget(again);
    }
  },
);

withPython('nothing is done for anybody who has not logged in', async (t) => {
  const server = await startStandIn(accounts);
  const { queryCommand, readReply, replyLength } = await import(
    '../../source/checks/mongo-wire.ts'
  );
  try {
    for (const command of [
      { insert: COLLECTION, documents: [whole] },
      { find: COLLECTION },
      { count: COLLECTION },
      { listCollections: 1 },
      { createIndexes: COLLECTION, indexes: [] },
    ]) {
      const result = await tryConnect({
        kind: 'connect',
        vantage: { kind: 'here' },
        address: '127.0.0.1',
        port: server.port,
        timeoutMs: 3000,
        conversation: {
          next: (answers) => (answers.length ? undefined : queryCommand(DATABASE, command)),
          lengthOf: replyLength,
        },
      });
      t.like(readReply(result.said!.answers[0]!), { ok: 0, code: 13 }, JSON.stringify(command));
    }
  } finally {
    await server.stop();
    forget(server);
  }
});

const HELLO = { ismaster: true, maxWireVersion: 9, localTime: new Date(0), ok: 1 };

const answers: Readonly<Record<string, readonly [ConnectResult, string]>> = {
  'MongoDB 6 says so in the greeting': [
    said([
      { ...HELLO, maxWireVersion: 17 },
      { ok: 0, code: 352 },
    ]),
    'failed mongodb-too-new',
  ],
  'MongoDB 2.6': [
    said([
      { ...HELLO, maxWireVersion: 2 },
      { version: '2.6.12', ok: 1 },
    ]),
    'failed mongodb-too-old',
  ],
  'a server without SCRAM-SHA-1': [
    said([HELLO, { version: '5.0.1', ok: 1 }, { ok: 0, code: 334, errmsg: 'no mechanism' }]),
    'failed mongodb-login-refused',
  ],
  'a server that cannot prove that it knows the account': [
    said([
      HELLO,
      { version: '4.4.0', ok: 1 },
      {
        ok: 1,
        conversationId: 1,
        payload: Buffer.from('r=fyko+d2lbbFgONRv9qkxdawLxyz,s=rQ9ZY3MntBeuP3E1TDVC4w==,i=4096'),
      },
      { ok: 1, conversationId: 1, done: true, payload: Buffer.from('v=AAAA') },
    ]),
    'failed mongodb-not-mongodb',
  ],
  'a program that closes at once': [said([], 'closed-early'), 'failed mongodb-not-mongodb'],
  'a program of another protocol': [said([], 'not-an-answer'), 'failed mongodb-not-mongodb'],
  'a server that hangs': [said([], 'answer-timeout'), 'failed mongodb-blocked'],
  'a server that stops in between': [said([HELLO], 'closed-early'), 'unknown not-measured'],
  'nothing listens': [
    { kind: 'connect', outcome: 'refused', reason: '' },
    'failed mongodb-not-listening',
  ],
  'a firewall in between': [
    { kind: 'connect', outcome: 'silent', reason: '' },
    'failed mongodb-blocked',
  ],
  'a name that the node does not know': [
    { kind: 'connect', outcome: 'unmeasured', reason: 'open-failed' },
    'failed mongodb-blocked',
  ],
  'a node whose SSH forwards nothing': [
    { kind: 'connect', outcome: 'unmeasured', reason: 'forwarding-prohibited' },
    'unknown not-measured',
  ],
};

for (const [name, [result, expected]] of Object.entries(answers)) {
  test(`what a node meets where MongoDB should be: ${name}`, (t) => {
    t.is(codeOf(login().judge([result])), expected);
  });
}

test('a server that cannot be reached is named once, with the first node that misses it', (t) => {
  const check = mongoServerCheck({ host: 'db.example', port: 27_017, nodes: NODES });
  const outcome = (one: ConnectResult['outcome']): ConnectResult => ({
    kind: 'connect',
    outcome: one,
    reason: one === 'unmeasured' ? 'vantage-lost' : '',
  });
  const judge = (...all: ConnectResult['outcome'][]) => check.judge(all.map(outcome));
  t.is(codeOf(judge('open', 'open')), 'passed mongodb-reached');
  t.is(codeOf(judge('open', 'refused')), 'failed mongodb-not-listening');
  t.is(judge('open', 'silent').problem?.node, 'iam-2');
  t.is(codeOf(judge('silent', 'silent')), 'failed mongodb-blocked');
  t.is(codeOf(judge('open', 'unmeasured')), 'unknown not-measured');
  t.true(login().explainedBy?.includes(check.id));
  t.true(records().explainedBy?.includes(check.id));
});

test('the account’s password is in no message and in no script', (t) => {
  const { conversation } = connectionOf(login());
  const first = said([HELLO, { ok: 1 }]).said!;
  const sent = [0, 1, 2].map((count) =>
    conversation!.next(first.answers.slice(0, count), first.nonce),
  );
  t.false(sent.some((one) => one?.includes(AWKWARD)));
  for (const one of records().measurements) {
    if (one.kind === 'script') t.false(revealContent(one.script).includes(AWKWARD));
  }
});

test('a write that failed is a warning until one succeeds; nothing written is nothing lost', (t) => {
  const judge = (text: string) => codeOf(auditWritesCheck(FROM, FROM).judge([printed(text)]));
  const log = (text: string) => `said 2026-11-25 22:10:47.698\tERROR\tpump\t${text}\nend\n`;
  t.is(judge('end\n'), 'passed audit-writes-none');
  t.is(judge(log('pumps/mongo.go:442\tPurging 7 records')), 'passed audit-writes-ok');
  const lost = 'pumps/mongo.go:446\tProblem inserting to mongo collection: no reachable servers';
  t.is(judge(log(lost)), 'warned audit-not-in-mongodb');
  t.is(judge(''), 'unknown not-measured');
});

test('a port that speaks something else is not taken for MongoDB', async (t) => {
  const port = await freePort();
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.end('HTTP/1.1 400 Bad Request\r\n\r\n');
  });
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  t.is(codeOf(await judged(login({ port }))), 'failed mongodb-not-mongodb');
  await new Promise((resolve) => server.close(resolve));
});
