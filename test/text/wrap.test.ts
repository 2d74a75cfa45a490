import test from 'ava';
import fc from 'fast-check';
import stringWidth from 'string-width';
import { wrap } from '../../source/text/index.ts';

test('words stay whole, East Asian text breaks anywhere but before a closing sign', (t) => {
  t.deepEqual(wrap('one two three', 8), ['one two', 'three']);
  t.deepEqual(wrap('extraordinary is', 5), ['extraordinary', 'is']);
  t.deepEqual(wrap('通过反向代理，访问', 8), ['通过反向', '代理，访', '问']);
  t.deepEqual(wrap('反向代理，访问', 8), ['反向代', '理，访问']);
  t.deepEqual(wrap('', 8), []);
});

test('nothing is lost, and no line of short pieces is too wide', (t) => {
  const piece = fc.constantFrom('a', 'bc', ' ', '代', '理', '，', 'IAM');
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 60 }), (pieces) => {
      const text = pieces
        .join('')
        .replace(/，{2,}/g, '，')
        .replace(/[a-zAI-M]{9,}/g, 'abc');
      const lines = wrap(text, 20);
      t.is(lines.join('').replace(/\s/g, ''), text.replace(/\s/g, ''));
      for (const line of lines) t.true(stringWidth(line) <= 20, line);
    }),
  );
});
