import test from 'ava';
import type { DrillTrace, TraceLane } from '../../../source/model/index.ts';
import { phasePlaces } from '../../../source/report/pictures/drill-axis.ts';
import { PLOT } from '../../../source/report/pictures/drill-drawing.ts';
import { drillPicture, drillWindows } from '../../../source/report/pictures/drill-picture.ts';
import { heldStretches } from '../../../source/report/pictures/lanes.ts';
import { scaleOf, ticksOf, timeText } from '../../../source/report/pictures/time-scale.ts';
import { wordsOf } from '../../../source/report/words.ts';
import { type Node, named, parseMarkup } from '../_markup.ts';
import { trace } from '../_sample.ts';

const words = wordsOf('en');
const phases = { detected: 15, decided: 28, added: 28, announced: 29, answered: 60 };
const shown = { trace, predictedMs: [20, 160] as const, measuredMs: 40, phases };
const options = { id: 'p', title: 'A drill', words };

function drawn(change: Partial<typeof shown> & { readonly trace?: DrillTrace } = {}) {
  const what = { ...shown, ...change };
  const { near } = drillWindows(what);
  const picture = drillPicture(what, near, options);
  return { picture, svg: parseMarkup(picture.svg), scale: scaleOf(near, PLOT), window: near };
}

const part = (svg: Node, name: string) =>
  named(svg, 'rect').find(({ attributes }) => attributes['data-part'] === name)?.attributes;
const close = (one: string | number | undefined, other: number) =>
  Math.abs(Number(one) - other) <= 0.06;

test('the predicted band and the measured gap are to scale, on the axis of the lanes', (t) => {
  const { svg, scale } = drawn();
  const band = part(svg, 'predicted');
  t.true(close(band?.x, scale(20)), `${band?.x} ${scale(20)}`);
  t.true(close(band?.width, scale(160) - scale(20)));
  // 102 cells of 10 ms from -1000: the gap begins at 20 and is four cells long
  const bar = part(svg, 'measured');
  t.true(close(bar?.x, scale(20)));
  t.true(close(bar?.width, scale(60) - scale(20)));
});

test('requests that were not ok stand where they were due, each kind by its own height', (t) => {
  const { svg, scale } = drawn();
  const paths = (kind: string) =>
    named(svg, 'path').filter(({ attributes }) => attributes.class === `f-${kind}`);
  const [late] = paths('late');
  const [, x, top, right, bottom] =
    /^M([\d.]+),([\d.]+)H([\d.]+)V([\d.]+)H/.exec(late?.attributes.d ?? '') ?? [];
  t.true(close(x, scale(20)) && close(right, scale(50)));
  t.is(Number(bottom) - Number(top), 12);
  t.is(paths('ok').length, 2);
  // the fault's mark is of the same colour
  t.is(paths('failed').length, 2);
});

test('who had the VIP: a bar to the moment at which it went, another from the moment it came', (t) => {
  const { svg, scale, window } = drawn();
  const bars = named(svg, 'rect')
    .filter(({ attributes }) => attributes.class === 'f-held' && attributes.rx !== undefined)
    .map(({ attributes }) => attributes);
  t.is(bars.length, 2);
  t.true(close(bars[0]?.x, scale(window.fromMs)));
  t.true(close(Number(bars[0]?.x) + Number(bars[0]?.width), scale(20)));
  t.true(close(bars[1]?.x, scale(30)));
  t.true(close(Number(bars[1]?.x) + Number(bars[1]?.width), PLOT.right));
});

test('the fault is at nought, and nothing is drawn outside the plot', (t) => {
  const { svg, scale } = drawn();
  const fault = named(svg, 'line').find(
    ({ attributes }) => attributes['stroke-dasharray'] === '4 3',
  );
  t.true(close(fault?.attributes.x1, scale(0)));
  for (const { attributes } of named(svg, 'rect')) {
    t.true(Number(attributes.x) >= PLOT.left - 0.1, JSON.stringify(attributes));
    t.true(Number(attributes.x) + Number(attributes.width) <= PLOT.right + 0.1);
  }
});

test('the words say what the picture shows', (t) => {
  const { picture, svg } = drawn();
  t.true(picture.sentences.includes('iam-1 gives up the VIP 20 ms after the fault.'));
  t.true(picture.sentences.includes('iam-2 has the VIP 30 ms after the fault.'));
  t.true(picture.sentences.includes('VIP api: 3 late, 1 failed.'));
  t.false(
    picture.sentences.some((one) => one.includes('3700')),
    'after the restore: not in the window',
  );
  t.is(named(svg, 'desc')[0]?.text, picture.sentences.join(' '));
});

test('nothing was lost: a mark at nought, and no bar', (t) => {
  const { svg } = drawn({ measuredMs: 0 });
  t.is(part(svg, 'measured'), undefined);
  t.true(named(svg, 'title').some(({ text }) => text === 'measured 0 ms'));
});

test('an outage after the restore is in the picture: it is the one that is told', (t) => {
  const lane: TraceLane = { ...trace.lanes[0]!, runs: '460o10f36o' };
  const { svg, scale, window } = drawn({ trace: { ...trace, lanes: [lane] } });
  t.true(window.toMs > 3700);
  t.true(close(part(svg, 'measured')?.x, scale(3600)));
});

test('clients outside who felt it much longer have a picture of their own', (t) => {
  const outside: TraceLane = {
    ...trace.lanes[0]!,
    vantage: 'ssh:third',
    outside: true,
    every: 2,
    cellMs: 20,
    runs: '51o50l152o',
  };
  const both = { ...shown, trace: { ...trace, lanes: [...trace.lanes, outside] } };
  const { near, whole } = drillWindows(both);
  t.deepEqual(near, drillWindows(shown).near);
  t.true(whole !== undefined && whole.toMs > 1000 && whole.toMs < 2000);
  t.is(drillWindows(shown).whole, undefined);
});

test('phases a ms apart have room for their numbers, and each line begins where it was', (t) => {
  const scale = (ms: number) => ms;
  const places = phasePlaces(phases, scale, 100);
  t.deepEqual(
    places.map(({ at }) => at),
    [15, 28, 28, 29, 60],
  );
  places.forEach(({ x }, index) => {
    t.true(x <= 100);
    if (index > 0) t.true(x - places[index - 1]!.x >= 21);
  });
});

test('a lane with a thousand changes is drawn by columns, and stays small', (t) => {
  const lane: TraceLane = {
    ...trace.lanes[0]!,
    fromMs: -30,
    cellMs: 0.1,
    runs: '1o1f'.repeat(2000),
  };
  const { picture } = drawn({ trace: { ...trace, lanes: [lane] } });
  t.true(picture.svg.length < 60_000, String(picture.svg.length));
});

test('it is the same in Chinese, in its own words', (t) => {
  const { near } = drillWindows(shown);
  const { svg } = drillPicture(shown, near, { ...options, words: wordsOf('zh') });
  t.regex(svg, /实测中断 40 ms/);
  t.is(named(parseMarkup(svg), 'rect').length, named(drawn().svg, 'rect').length);
});

const moves: readonly (readonly [
  string,
  boolean,
  DrillTrace['nodes'][number]['moves'],
  readonly (readonly [number, number])[],
])[] = [
  ['all along', true, [], [[0, 100]]],
  ['never', false, [], []],
  ['it went', true, [[40, false]], [[0, 40]]],
  [
    'it came, and was said twice',
    false,
    [
      [40, true],
      [50, true],
    ],
    [
      [40, 50],
      [50, 100],
    ],
  ],
  [
    'before the window',
    true,
    [
      [-30, false],
      [-20, true],
    ],
    [[0, 100]],
  ],
  ['after the window', false, [[130, true]], []],
];
for (const [name, held, list, expected] of moves) {
  test(`who had the VIP: ${name}`, (t) => {
    const node = { name: 'a', held, moves: list, states: [] };
    t.deepEqual(heldStretches(node, { fromMs: 0, toMs: 100 }), expected);
  });
}

test('an axis has easy numbers, from side to side', (t) => {
  t.deepEqual(ticksOf({ fromMs: -35, toMs: 192 }, 8), [0, 50, 100, 150]);
  t.deepEqual(
    ticksOf({ fromMs: -1000, toMs: 7000 }, 8),
    [-1000, 0, 1000, 2000, 3000, 4000, 5000, 6000, 7000],
  );
  t.deepEqual(
    [timeText(-50, false), timeText(0, false), timeText(1500, true)],
    ['−50 ms', '0 ms', '+1.5 s'],
  );
});
