import test from 'ava';
import { holdDialogue } from '../../source/engine/dialogue.ts';
import type { DialogueAction, DialogueRequest, HttpAction } from '../../source/model/index.ts';
import { createWorld } from './_world.ts';

const request = (step: string): DialogueRequest => ({
  kind: 'http',
  step,
  vantage: { kind: 'here' },
  address: '10.0.4.99',
  port: 80,
  host: 'h',
  path: `/${step}`,
  timeoutMs: 100,
});

/** Asks one after the other, as long as the answer is 200. */
const dialogue = (...steps: readonly string[]): DialogueAction => ({
  kind: 'dialogue',
  next: (exchanges) => {
    const last = exchanges.at(-1)?.result;
    if (last && !(last.kind === 'answered' && last.status === 200)) return undefined;
    const step = steps[exchanges.length];
    return step === undefined ? undefined : request(step);
  },
});

function world(answer: (action: HttpAction) => number) {
  const { ports } = createWorld();
  const asked: string[] = [];
  const controller = new AbortController();
  return {
    asked,
    controller,
    ports: {
      ...ports,
      stop: { requested: false, signal: controller.signal },
      http: async (action: HttpAction) => {
        asked.push(action.path);
        const status = answer(action);
        return { kind: 'answered', status, body: '', elapsedMs: 1 } as const;
      },
    },
  };
}

test('each request follows from the answers before it', async (t) => {
  const { ports, asked } = world(({ path }) => (path === '/two' ? 500 : 200));
  const { exchanges } = await holdDialogue(dialogue('one', 'two', 'three'), ports);
  t.deepEqual(asked, ['/one', '/two']);
  t.deepEqual(
    exchanges.map(({ step }) => step),
    ['one', 'two'],
  );
});

test('an operator who insists on stopping is not kept', async (t) => {
  const { ports, asked, controller } = world(() => {
    controller.abort();
    return 200;
  });
  const { exchanges } = await holdDialogue(dialogue('one', 'two'), ports);
  t.deepEqual([asked, exchanges.length], [['/one'], 1]);
});

test('a dialogue that never ends is our mistake, and ends', async (t) => {
  const { ports, asked } = world(() => 200);
  const endless: DialogueAction = { kind: 'dialogue', next: () => request('again') };
  await t.throwsAsync(holdDialogue(endless, ports), { message: /no end: again/ });
  t.true(asked.length < 1000);
});
