import test from 'ava';
import { message, problem } from '../../source/model/index.ts';
import {
  chooseLanguage,
  cut,
  formatDuration,
  formatElapsed,
  formatRange,
  pad,
  renderMessage,
  renderProblem,
  sanitize,
  sanitizeLine,
  table,
} from '../../source/text/index.ts';

test('a message is rendered in both languages', (t) => {
  const asked = message('same-as-on', { node: 'iam-1' });
  t.is(renderMessage(asked, 'en'), '(the same as on iam-1)');
  t.is(renderMessage(asked, 'zh'), '（与 iam-1 相同）');
});

test('an unknown code is shown as it is, also one that every object has', (t) => {
  t.is(renderMessage(message('no-such-code'), 'en'), 'no-such-code');
  t.is(renderMessage(message('constructor'), 'en'), 'constructor');
  const rendered = renderProblem(problem('no-such-code'), 'zh');
  t.deepEqual(rendered, { title: 'no-such-code', cause: '', nextSteps: [] });
});

test('a missing parameter never throws', (t) => {
  t.is(renderMessage(message('same-as-on'), 'en'), '(the same as on ?)');
});

test('parameters are made harmless and are not expanded again', (t) => {
  const asked = message('same-as-on', { node: '\u001b[31m{node}\nx' });
  t.is(renderMessage(asked, 'en'), '(the same as on \\x1b[31m{node} ⏎ x)');
});

test('a problem has title, cause and next steps; a reason may be a problem code', (t) => {
  const rendered = renderProblem(problem('unknown-command', { found: 'aply' }), 'en');
  t.is(rendered.title, 'There is no command aply');
  t.true(rendered.cause.length > 0);
  t.is(rendered.nextSteps.length, 1);
  t.is(renderMessage(message('unknown-command', { found: 'aply' }), 'zh'), '没有命令 aply');
});

test('control characters become visible; line breaks and tabs stay', (t) => {
  t.is(sanitize('a\u001b[2Jb\u0007\tc\nd\r\ne\rf'), 'a\\x1b[2Jb\\x07\tc\nd\ne\\rf');
  t.is(sanitize('\u009b31m\u202ecod.exe\u200b'), '\\x9b31m\\u202ecod.exe\\u200b');
  t.is(sanitize('高可用 ✔ é 👍'), '高可用 ✔ é 👍');
  t.is(sanitize('\ud800'), '\\ud800');
  t.is(sanitizeLine('one\ntwo\n'), 'one ⏎ two');
});

test('language: the option, else the first locale variable that is set', (t) => {
  t.is(chooseLanguage('en', { LANG: 'zh_CN.UTF-8' }), 'en');
  t.is(chooseLanguage(undefined, { LANG: 'zh_CN.UTF-8' }), 'zh');
  t.is(chooseLanguage(undefined, { LC_ALL: 'C', LANG: 'zh_CN.UTF-8' }), 'en');
  t.is(chooseLanguage(undefined, { LC_ALL: '', LC_MESSAGES: 'zh_TW', LANG: 'C' }), 'zh');
  t.is(chooseLanguage(undefined, {}), 'en');
});

test('widths are cells, not characters', (t) => {
  t.is(pad('高可用', 8), '高可用  ');
  t.is(pad('7', 3, 'right'), '  7');
  t.is(cut('反向代理', 5), '反向…');
  t.is(cut('short', 5), 'short');
  t.deepEqual(
    table(
      [
        ['演练', '中断'],
        ['a', 'b'],
      ],
      ['left', 'right'],
    ),
    ['演练  中断', 'a        b'],
  );
});

test('times and ranges for people', (t) => {
  t.is(formatDuration(12.4, 'en'), '12 ms');
  t.is(formatDuration(3240, 'en'), '3.2 s');
  t.is(formatDuration(38_400, 'zh'), '38 秒');
  t.is(formatDuration(125_000, 'en'), '2 min 5 s');
  t.is(formatElapsed(41_900), '00:41');
  t.is(formatElapsed(3_723_000), '1:02:03');
  t.is(formatRange([0, 0]), '0 ms');
  t.is(formatRange([8, 158]), '8–158 ms');
});
