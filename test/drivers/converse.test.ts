import { Duplex } from 'node:stream';
import test from 'ava';
import { converse } from '../../source/drivers/converse.ts';
import type { Conversation } from '../../source/model/index.ts';

/** The other side: what it does with each message, through `push`. */
function peer(answer: (text: string, push: (part: string | null) => void) => void): Duplex {
  const stream: Duplex = new Duplex({
    read() {},
    write(chunk: Buffer, _, done) {
      answer(chunk.toString(), (part) => stream.push(part === null ? null : Buffer.from(part)));
      done();
    },
  });
  return stream;
}

/** Messages of four characters; `bad!` is none. */
const words = (...said: readonly string[]): Conversation => ({
  next: (answers) =>
    answers.length < said.length ? Buffer.from(said[answers.length]!) : undefined,
  lengthOf(received) {
    if (received.toString().startsWith('bad!')) throw new Error('foreign');
    return received.length < 2 ? undefined : 4;
  },
});

test('what follows is said when the answer is whole, however it comes', async (t) => {
  const heard: string[] = [];
  const stream = peer((text, push) => {
    heard.push(text);
    push('a');
    setImmediate(() => push('n'));
    setImmediate(() => push('s1'));
  });
  const { answers, broken, nonce } = await converse(stream, words('one', 'two'), 2000);
  t.deepEqual(answers.map(String), ['ans1', 'ans1']);
  t.deepEqual(heard, ['one', 'two']);
  t.is(broken, undefined);
  t.regex(nonce, /^[A-Za-z0-9+/]{24}$/);
});

test('two answers in one piece are two', async (t) => {
  let isFirst = true;
  const stream = peer((_, push) => {
    if (isFirst) push('aaaabbbb');
    isFirst = false;
  });
  const { answers } = await converse(stream, words('one', 'two'), 2000);
  t.deepEqual(answers.map(String), ['aaaa', 'bbbb']);
});

const broken: readonly (readonly [
  string,
  (push: (part: string | null) => void) => void,
  string,
])[] = [
  ['closes at once', (push) => push(null), 'closed-early'],
  [
    'closes in the middle',
    (push) => {
      push('aa');
      push(null);
    },
    'closed-early',
  ],
  ['says nothing', () => {}, 'answer-timeout'],
  ['says half and then nothing', (push) => push('aa'), 'answer-timeout'],
  ['speaks another protocol', (push) => push('bad!'), 'not-an-answer'],
];

for (const [name, answer, expected] of broken) {
  test(`the other side ${name}`, async (t) => {
    const stream = peer((_, push) => answer(push));
    const found = await converse(stream, words('one'), 100);
    t.deepEqual(found.answers, []);
    t.is(found.broken, expected);
    stream.destroy();
  });
}

test('more than anybody has to say is not read, and nobody talks for ever', async (t) => {
  const flood = peer((_, push) => push('x'.repeat(5 << 20)));
  const huge: Conversation = { next: () => Buffer.from('one'), lengthOf: () => 6 << 20 };
  t.is((await converse(flood, huge, 2000)).broken, 'closed-early');
  const endless = peer((_, push) => push('aaaa'));
  const all = await converse(endless, { ...words(), next: () => Buffer.from('more') }, 2000);
  t.is(all.broken, 'too-many-turns');
  t.is(all.answers.length, 32);
});
