import test from 'ava';
import stringWidth from 'string-width';
import { messages } from '../../source/text/index.ts';
import { draw, keysInForce, press } from '../../source/tui/brain.ts';
import type { Canvas } from '../../source/tui/canvas.ts';
import { KEYS, type KeyBinding } from '../../source/tui/keys.ts';
import { drawLine } from '../../source/tui/lines.ts';
import type { Snapshot } from '../../source/tui/store.ts';
import { keyCap, symbolTable } from '../../source/tui/theme.ts';
import { canvas, journey, KINDS, type Look, SCENES, snapshotOf, story } from './_scenes.ts';

const LOOKS: readonly Look[] = [
  { language: 'en', colour: false, ascii: false },
  { language: 'zh', colour: false, ascii: false },
  { language: 'zh', colour: false, ascii: true },
];
const SIZES = [
  [80, 24],
  [120, 40],
  [60, 20],
  [40, 10],
  [20, 24],
  [20, 5],
] as const;

/** A scene as it comes, with each of its panes open, and with the help over it. */
function views(first: Snapshot, on: Canvas): readonly Snapshot[] {
  const opened = keysInForce(first, on).flatMap((key) => {
    const { local } = press(first, on, key.presses[0] ?? '');
    return local?.pane ? [{ ...first, local }] : [];
  });
  return [first, ...opened, { ...first, help: 0 }];
}

const text = (view: Snapshot, on: Canvas) =>
  draw(view, on).rows.map((row) => drawLine(view.style, row));

interface Seen {
  readonly name: string;
  readonly on: Canvas;
  readonly rows: readonly string[];
  readonly keys: readonly KeyBinding[];
}

/** Every view of every scene, in both languages, at every size. Drawn once for all the tests. */
const EVERY: readonly Seen[] = LOOKS.flatMap((look) =>
  SIZES.flatMap(([columns, rows]) =>
    SCENES.flatMap((scene) => {
      const on = canvas(columns, rows, look);
      return views(snapshotOf(scene, look), on).map((view, index) => ({
        name: `${scene.kind} ${index} ${columns}x${rows} ${look.language}`,
        on,
        rows: text(view, on),
        keys: keysInForce(view, on),
      }));
    }),
  ),
);

test('no line is wider than the terminal, and the rows are exactly as many as it has', (t) => {
  for (const { name, on, rows } of EVERY) {
    if (on.tooSmall) t.true(rows.length <= on.rows, name);
    else t.is(rows.length, on.rows, name);
    t.deepEqual(
      rows.filter((row) => stringWidth(row) > on.columns),
      [],
      name,
    );
  }
});

test('every key that works stands on its screen', (t) => {
  for (const { name, on, rows, keys } of EVERY) {
    if (on.tooSmall && on.rows < 9) continue;
    const screen = rows.join('\n');
    for (const { cap, action } of keys)
      t.true(screen.includes(keyCap(on.speech.style, cap)), `${name}: ${action}`);
  }
});

test('what a screen says has a text in both languages', (t) => {
  for (const { name, rows } of EVERY)
    t.notRegex(rows.join('\n'), /\b(?:tui|key|name-of-stage|effect)-[a-z]/, name);
});

test('a press has one meaning on a screen', (t) => {
  for (const { name, keys } of EVERY) {
    const presses = keys.flatMap((key) => key.presses);
    t.is(new Set(presses).size, presses.length, `${name} ${presses.join(' ')}`);
  }
});

test('every key has a label and a help in both languages', (t) => {
  for (const keys of Object.values(KEYS))
    for (const { label } of keys)
      for (const code of [label, `${label}-help`]) t.true(messages.has(code), code);
});

test('without colour there is no escape sequence; with it the same words stand in the same cells', (t) => {
  for (const language of ['en', 'zh'] as const)
    for (const scene of SCENES) {
      const plain = { language, colour: false, ascii: false };
      const on = canvas(80, 24, plain);
      const without = text(snapshotOf(scene, plain), on);
      const coloured = text(snapshotOf(scene, { ...plain, colour: true }), on);
      t.notRegex(without.join('\n'), /\u001b/, scene.kind);
      t.deepEqual(coloured.map(stripped), without, scene.kind);
    }
});

const stripped = (row: string) => row.replaceAll(/\u001b\[[\d;]*m/g, '');

test('ASCII twins are as wide as their symbols, and English is then ASCII throughout', (t) => {
  for (const [name, [unicode, ascii]] of Object.entries(symbolTable))
    t.is(stringWidth(ascii), stringWidth(unicode), name);
  const look = { language: 'en', colour: false, ascii: true } as const;
  for (const scene of SCENES) {
    const screen = text(snapshotOf(scene, look), canvas(80, 24, look)).join('\n');
    // the other language's name, and what is not ours
    const foreign = screen.replaceAll(/中文|[\p{Script=Han}，。？]/gu, '');
    t.regex(foreign, /^[\x20-\x7e\n]*$/, scene.kind);
  }
});

test('every kind of scene is tested here', (t) => {
  // the drills' and watch have samples of their own
  t.is(KINDS.length, 15);
});

test('read aloud there are no rules, and nothing stands beside anything else', (t) => {
  const look = { language: 'en', colour: false, ascii: false } as const;
  for (const scene of SCENES) {
    const rows = text(snapshotOf(scene, look), canvas(80, 24, look, true));
    t.notRegex(rows.join('\n'), /─────/, scene.kind);
  }
});

test('a command to copy is on the screen whole, or not at all', (t) => {
  const see = ['iam-1', 'iam-2', null].map((node) => ({ node, command: `ping from ${node}` }));
  for (const rows of [10, 12, 14, 16, 18, 20, 24]) {
    const scene = { kind: 'checked', journey, story, see, drills: 0 } as const;
    const look = { language: 'en', colour: false, ascii: false } as const;
    const lines = text(snapshotOf(scene, look), canvas(60, rows, look)).map((row) => row.trim());
    const heads = lines.filter((row) => /^See for yourself/.test(row));
    t.is(heads.length, lines.filter((row) => /^ping from/.test(row)).length, lines.join('\n'));
  }
});
