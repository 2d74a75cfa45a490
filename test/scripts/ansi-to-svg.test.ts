import test from 'ava';
import { ansiToSvg, piecesOf } from '../../scripts/ansi-to-svg.mjs';

const E = '\u001b[';

test('text is cut where its style changes', (t) => {
  const { pieces, cells } = piecesOf(`a ${E}32m✔${E}0m ${E}1;36mVIP${E}22;39m b`);
  t.deepEqual(
    pieces.map(({ text, cell }) => [text, cell]),
    [
      ['a ', 0],
      ['✔', 2],
      [' ', 3],
      ['VIP', 4],
      [' b', 7],
    ],
  );
  t.true(pieces[3]?.style.bold);
  t.is(pieces[1]?.style.colour, '#8fbf7f');
  t.is(pieces[4]?.style.colour, undefined);
  t.is(cells, 9);
});

test('Chinese takes two cells each, in pieces of its own', (t) => {
  const { pieces, cells } = piecesOf('a 反向代理 b');
  t.deepEqual(
    pieces.map(({ text, cell, each }) => [text, cell, each]),
    [
      ['a ', 0, 1],
      ['反向代理', 2, 2],
      [' b', 10, 1],
    ],
  );
  t.is(cells, 12);
});

test('a style goes on into the next line, as in a terminal', (t) => {
  const svg = ansiToSvg(`${E}31mred\nstill${E}0m\nplain`, { columns: 10, title: 'x' });
  t.is(svg.match(/fill="#e06c75"/g)?.length, 2);
});

test('256 colours and true colours do not eat the numbers after them', (t) => {
  const { pieces } = piecesOf(`${E}38;5;2;1ma${E}38;2;1;2;3mb`);
  t.like(pieces[0]?.style, { colour: '#8fbf7f', bold: true });
  t.is(pieces[1]?.style.colour, '#010203');
});

test('a picture is well-formed, with what is text in XML escaped', (t) => {
  const svg = ansiToSvg(`a < b & "c"\n${E}7m x ${E}0m`, { columns: 80, title: 'a & b' });
  t.true(svg.includes('a &lt; b &amp; &quot;c&quot;'));
  t.true(svg.includes('<title>a &amp; b</title>'));
  t.notRegex(svg, /&(?!amp;|lt;|gt;|quot;)/);
  t.is(
    (svg.match(/<(text|g|svg|title)[ >]/g) ?? []).length,
    (svg.match(/<\/(text|g|svg|title)>/g) ?? []).length,
  );
});

test('every piece has its length in cells: no font moves a column', (t) => {
  const svg = ansiToSvg('反向代理', { columns: 8, title: 'x' });
  t.regex(svg, /textLength="67\.2"/);
});

test('sequences that are no colour leave nothing behind', (t) => {
  t.deepEqual(
    piecesOf('\u001b(Ba\u000fb')
      .pieces.map(({ text }) => text)
      .join(''),
    'ab',
  );
});
