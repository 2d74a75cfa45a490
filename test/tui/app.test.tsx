import test from 'ava';
import { render } from 'ink-testing-library';
import type { EngineEvent } from '../../source/model/index.ts';
import { App } from '../../source/tui/app.tsx';
import type { Intent, Scene } from '../../source/tui/scenes.ts';
import { createStore } from '../../source/tui/store.ts';
import { SCENES } from './_scenes.ts';

const style = { colour: false, ascii: false };

/** The face on a terminal of 100 columns, the intents that it sends, and a wait for what is shown. */
function open(scene: Scene) {
  const store = createStore({ scene, language: 'en', style, now: Date.now });
  const intents: Intent[] = [];
  const app = render(
    <App store={store} send={(intent) => intents.push(intent)} stopped={() => Promise.resolve()} />,
  );
  const until = async (isThere: (frame: string) => boolean) => {
    for (let tries = 0; tries < 400; tries += 1) {
      if (isThere(app.lastFrame() ?? '')) return;
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    throw new Error(`not shown: ${app.lastFrame()}`);
  };
  return { store, intents, app, until, write: (text: string) => app.stdin.write(text) };
}

const scene = (kind: Scene['kind']) => SCENES.find((one) => one.kind === kind)!;

test('a pasted address with a line break is text, and no Enter', async (t) => {
  const { intents, until, write, app, store } = open({
    kind: 'ask',
    question: 'Address?',
    secret: false,
  });
  await until((frame) => frame.includes('Address?'));
  write('\u001b[200~10.0.4.20\r\n\u001b[201~');
  await until((frame) => frame.includes('10.0.4.20'));
  t.deepEqual(intents, []);
  write('\r');
  await until(() => intents.length > 0);
  t.deepEqual(intents, [{ kind: 'answer', text: '10.0.4.20' }]);
  app.unmount();
  store.close();
});

test('a text field is edited as in a shell; letters are text there', async (t) => {
  const { intents, until, write, app, store } = open({
    kind: 'ask',
    question: 'Name?',
    secret: false,
  });
  await until((frame) => frame.includes('Name?'));
  write('iam ql?');
  await until((frame) => frame.includes('iam ql?'));
  write('\u007f');
  write('\u0001');
  write('x');
  await until((frame) => frame.includes('x█iam ql'));
  write('\u001b[3~');
  await until((frame) => frame.includes('x█am ql'));
  write('\r');
  await until(() => intents.length > 0);
  t.deepEqual(intents, [{ kind: 'answer', text: 'xam ql' }]);
  app.unmount();
  store.close();
});

test('what is typed faster than it is read may hold an Enter', async (t) => {
  const question = { kind: 'ask', question: 'Address?', secret: false } as const;
  const { intents, until, write, app, store } = open(question);
  await until((frame) => frame.includes('Address?'));
  write('wrong\u001510.0.4.20\r');
  await until(() => intents.length > 0);
  t.deepEqual(intents, [{ kind: 'answer', text: '10.0.4.20' }]);
  store.show(scene('review'));
  await until((frame) => frame.includes('Reverse proxy'));
  write('sb');
  await until(() => intents.length > 2);
  t.deepEqual(intents.slice(1), [{ kind: 'skip' }, { kind: 'back' }]);
  app.unmount();
  store.close();
});

test('a secret is only counted', async (t) => {
  const { until, write, app, store } = open({ kind: 'ask', question: 'Password?', secret: true });
  await until((frame) => frame.includes('Password?'));
  write('hunter2');
  await until((frame) => frame.includes('*******█'));
  t.notRegex(app.frames.join('\n'), /hunter/);
  app.unmount();
  store.close();
});

test('the language is switched at any moment, and in the help, too', async (t) => {
  const { until, write, app, store } = open(scene('review'));
  await until((frame) => frame.includes('Reverse proxy'));
  write('l');
  await until((frame) => frame.includes('反向代理') && frame.includes('执行'));
  write('?');
  await until((frame) => frame.includes('帮助：本画面的按键'));
  write('l');
  await until((frame) => frame.includes('Help: the keys of this screen'));
  write('?');
  await until((frame) => frame.includes('Reverse proxy'));
  app.unmount();
  store.close();
  t.pass();
});

test('an outage asks for the name of the node, and takes no other', async (t) => {
  const { intents, until, write, app, store } = open(scene('confirm'));
  await until((frame) => frame.includes('iam-1'));
  write('yes');
  write('\r');
  await until((frame) => frame.includes('That is not iam-1'));
  t.deepEqual(intents, []);
  write('iam-1');
  await until((frame) => frame.includes('iam-1█'));
  write('\r');
  await until(() => intents.length > 0);
  t.deepEqual(intents, [{ kind: 'yes' }]);
  app.unmount();
  store.close();
});

test('events are drawn ten times a second, however many there are; a key is not held up by them', async (t) => {
  const { until, write, app, store } = open(scene('work'));
  let frames = 0;
  store.subscribe(() => {
    frames += 1;
  });
  const began = Date.now();
  for (let line = 0; line < 200; line += 1) {
    const event = { type: 'progress', stage: 'reverse-proxy', node: 'iam-1', text: `line ${line}` };
    store.event({ ...event, at: new Date().toISOString() } as EngineEvent);
    await new Promise((resolve) => setTimeout(resolve, 1));
  }
  const spent = Date.now() - began;
  t.true(frames <= spent / 100 + 1, `${frames} frames in ${spent} ms`);
  const before = frames;
  write('?');
  await until((frame) => frame.includes('Help'));
  t.true(frames > before);
  app.unmount();
  store.close();
});
