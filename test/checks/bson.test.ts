import test from 'ava';
import { type BsonDocument, decodeBson, encodeBson, ObjectId } from '../../source/checks/bson.ts';

const id = new ObjectId(Buffer.from('65646f6e0102030405060708', 'hex'));

const documents: Readonly<Record<string, BsonDocument>> = {
  nothing: {},
  'numbers, words, truth': {
    ismaster: 1,
    minus: -2,
    wide: 2n ** 62n,
    name: 'é中文 "\\',
    yes: true,
  },
  'bytes, time, key, no value': {
    payload: Buffer.from([0, 255, 1]),
    at: new Date(5),
    _id: id,
    no: null,
  },
  'lists and parts': { actions: ['find', 'insert'], resource: { db: '', list: [{ a: 1 }, []] } },
};

for (const [name, document] of Object.entries(documents)) {
  test(`a document comes back as it was: ${name}`, (t) => {
    t.deepEqual(decodeBson(encodeBson(document)), document);
    t.deepEqual(Object.keys(decodeBson(encodeBson(document))), Object.keys(document));
  });
}

test('the bytes are those of the specification', (t) => {
  const hello = encodeBson({ hello: 'world' });
  t.is(hello.toString('hex'), '160000000268656c6c6f0006000000776f726c640000');
});

test('a key has its second in it', (t) => {
  t.is(id.madeAt, 0x65646f6e);
});

test('whatever is cut off, foreign or hostile is refused, and breaks nothing', (t) => {
  const whole = encodeBson({ one: 'text', two: { three: [1, 2] } });
  for (let length = 0; length < whole.length; length += 1) {
    t.throws(() => decodeBson(whole.subarray(0, length)), undefined, String(length));
  }
  const regex = Buffer.from('0c0000000b6100620063000000', 'hex');
  t.throws(() => decodeBson(regex));
  const lies = Buffer.from(encodeBson({ text: 'abc' }));
  lies.writeInt32LE(1 << 30, 10);
  t.throws(() => decodeBson(lies));
  const odd = decodeBson(encodeBson(JSON.parse('{"__proto__": {"polluted": 1}}')));
  t.is(({} as Record<string, unknown>).polluted, undefined);
  t.deepEqual(Object.keys(odd), ['__proto__']);
});
