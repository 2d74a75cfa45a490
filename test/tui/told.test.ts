import test from 'ava';
import { questionFor } from '../../source/questions/index.ts';
import { draw } from '../../source/tui/brain.ts';
import { drawLine } from '../../source/tui/lines.ts';
import type { Scene } from '../../source/tui/scenes.ts';
import { NODES, travel } from '../questions/_journeys.ts';
import { canvas, SCENES, snapshotOf } from './_scenes.ts';

/** What stands on a screen that is high enough for all of it. */
function shown(scene: Scene, language: 'en' | 'zh'): string {
  const look = { language, colour: false, ascii: false };
  const snapshot = snapshotOf(scene, look);
  const { rows } = draw(snapshot, canvas(100, 60, look));
  return rows.map((row) => drawLine(snapshot.style, row)).join('\n');
}

const list = (id: 'cloud' | 'profile'): Scene => ({
  ...questionFor(travel({}, NODES).journey, id),
  kind: 'question',
  said: [],
});

test('a list says what is offered, and why, in both languages', (t) => {
  const en = shown(list('cloud'), 'en');
  t.regex(en, /Offered: keepalived alone \(no server says that it is in Tencent Cloud\)/);
  t.regex(shown(list('cloud'), 'zh'), /建议：仅 Keepalived（没有服务器表明自己在腾讯云上）/);
  t.regex(shown(list('profile'), 'en'), /Offered: balanced \(/);
});

test('a failure says what is billed, and nothing of money where nothing is', (t) => {
  const failures = SCENES.filter((scene) => scene.kind === 'failed');
  const billed = failures.filter((scene) => 'meter' in scene);
  t.true(billed.length > 0 && billed.length < failures.length);
  for (const scene of failures) {
    const isBilled = billed.includes(scene);
    t.is(
      /EIP 203\.0\.113\.1: bought .* yuan an hour/.test(shown(scene, 'en').replace(/\s+/g, ' ')),
      isBilled,
    );
    t.is(/元/.test(shown(scene, 'zh')), isBilled);
  }
});
