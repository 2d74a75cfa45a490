import ava from 'ava';
import { misfits, openGuide, press, screenOf, signsOf, walk } from './_guide.ts';
import { down, inRealLab, labName, upFresh, wizard } from './_lab.ts';

const LAB = labName('guide');

ava.after.always(() => down(LAB));

/** The last frame of each screen on the way, for the assertions. */
interface Trip {
  readonly language: 'en' | 'zh';
  readonly columns: number;
  readonly rows: number;
  readonly summary: RegExp;
  /** On the screen before the yes to what costs money. */
  readonly price: RegExp;
}

const TRIPS: readonly Trip[] = [
  {
    language: 'en',
    columns: 80,
    rows: 24,
    summary: /The pair works, and it has been proven/,
    price: /an hour/,
  },
  {
    language: 'zh',
    columns: 120,
    rows: 40,
    summary: /高可用部署已就绪，并已得到验证/,
    price: /每小时/,
  },
];

for (const { language, columns, rows, summary, price } of TRIPS) {
  inRealLab(
    `from bare machines to the working pair, its drills and the summary: ${language}, ${columns}×${rows}`,
    async (t) => {
      await upFresh(LAB, { cloud: 'tencent' });
      const signs = signsOf(language);
      const terminal = openGuide(LAB, { language, columns, rows });
      t.teardown(() => terminal.close());
      let drilled = 0;
      let screens = 0;
      let priced = 0;
      await walk(terminal, signs, (screen, text) => {
        screens += 1;
        if (screen === 'apply' && price.test(text)) priced += 1;
        t.deepEqual(misfits(terminal, columns), [], text);
        if (/⏎ [^ ]+ +r (?:again|再来一次)/.test(text)) drilled += 1;
        return screen === 'runAll';
      });
      t.true(screens >= 15, `${screens} screens`);
      t.is(priced, 1, 'what an address costs is said before the yes');
      terminal.keys('a');
      for (const drill of [0, 1, 2]) {
        await terminal.until(/r (?:again|再来一次)/, 240);
        drilled += 1;
        t.true(drilled > drill);
        await press(terminal, 'Enter');
      }
      await screenOf(terminal, signs, ['runAll']);
      terminal.keys('n');
      await terminal.until(summary);
      t.regex(terminal.text(), /10\.0\.4\.99/);
      t.regex(terminal.text(), /203\.0\.113\.1/);
      terminal.keys('q');
      t.is(await terminal.ended(), 0);
      // what was done a stage at a time is what an apply would have done
      t.like((await wizard(LAB, ['plan', '--json'])).result, { ok: true, changes: 0 });
    },
  );
}
