import test from 'ava';
import fc from 'fast-check';
import { type JournalBody, OperatorError } from '../../../source/model/index.ts';
import { decodeJournal, encodeRecords } from '../../../source/model/journal/chain.ts';

const AT = '2026-11-22T08:00:00.000Z';
const bodies: readonly JournalBody[] = [
  { type: 'session-created', name: 'iam-prod', id: 'a', language: 'zh', runbook: 'iam-ha' },
  { type: 'stage-done', stage: '反向代理' },
  { type: 'stage-done', stage: 'keepalived' },
];
const { text, records } = encodeRecords(undefined, bodies, AT);

test('what was written is read, numbered and chained', (t) => {
  const read = decodeJournal(text, 'j');
  t.deepEqual(read.records, records);
  t.is(read.wholeBytes, Buffer.byteLength(text));
  t.deepEqual(
    records.map((record) => record.n),
    [1, 2, 3],
  );
  const more = encodeRecords(records.at(-1), [{ type: 'stage-done', stage: 'x' }], AT);
  t.is(decodeJournal(text + more.text, 'j').records.length, 4);
});

test('a torn last line is left out, wherever it was torn', (t) => {
  const last = text.lastIndexOf('\n', text.length - 2) + 1;
  for (let end = last; end < text.length; end += 1) {
    const read = decodeJournal(text.slice(0, end), 'j');
    t.is(read.records.length, 2);
    t.is(read.wholeBytes, Buffer.byteLength(text.slice(0, last)));
  }
});

test('any other damage stops with the line', (t) => {
  const lines = text.split('\n');
  const damaged: readonly (readonly [string, number])[] = [
    [text.replace('反向代理', '反向代理2'), 2],
    [[lines[0], lines[2], ''].join('\n'), 2],
    [[lines[1], ''].join('\n'), 1],
    [`\n${text}`, 1],
    [text.replace('"n":3', '"n":4'), 3],
    [`${lines[0]}\n{}\n`, 2],
    ['null\n', 1],
  ];
  for (const [broken, line] of damaged) {
    const error = t.throws(() => decodeJournal(broken, 'j'), { instanceOf: OperatorError });
    t.is(error?.problems[0].code, 'journal-damaged');
    t.is(error?.problems[0].line, line);
  }
});

test('no text makes it crash, and none is taken for an empty journal', (t) => {
  const readsNoise = fc.property(fc.string({ minLength: 1 }), (noise) => {
    try {
      decodeJournal(`${noise}\n`, 'j');
      return false;
    } catch (error) {
      return error instanceof OperatorError;
    }
  });
  t.notThrows(() => fc.assert(readsNoise));
});
