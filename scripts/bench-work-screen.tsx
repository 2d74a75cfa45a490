// The guide's work screen, as the guide mounts it, while the engine says as many lines a second as
// the first argument: what scripts/bench-keys.mjs measures. It is given its own journey and plan.
import { createStore, mount } from '../source/tui/index.ts';
import type { Journey, StageStory } from '../source/tui/scenes.ts';

const NODES = ['iam-1', 'iam-2'];
const STAGES = [
  'preflight',
  'database',
  'services',
  'reverse-proxy',
  'load-balancer',
  'keepalived',
];
const CHANGES_PER_NODE = 12;
/** What the engine says comes in bursts, as a program's output does. */
const BURST_MS = 20;
const LINES_PER_SECOND = Number(process.argv[2] ?? 200);
const STAGE = 'services';

const both = (text: string) => ({ en: text, zh: text });
const journey: Journey = {
  cluster: 'iam-prod',
  nodes: NODES.map((name, index) => ({ name, address: `10.0.4.2${index}` })),
  vip: '10.0.4.99',
  stages: STAGES.map((id, index) => ({ id, title: both(id), mark: index < 2 ? 'done' : 'open' })),
  at: 2,
  workedMs: 41_000,
  workingSince: Date.now(),
};
const story: StageStory = {
  id: STAGE,
  title: both('Services'),
  why: both('The three daemons on every node.'),
  isLecture: false,
  departures: [],
};

const at = () => new Date().toISOString();
const store = createStore({
  scene: { kind: 'work', journey, story, stopping: false },
  language: 'en',
  style: { colour: true, ascii: false },
  now: Date.now,
});

/** A stage in its middle: of each node's changes half are done, and one is in hand. */
for (const node of NODES) {
  for (let number = 0; number < CHANGES_PER_NODE; number += 1) {
    const resource = `file:/etc/iam/part-${number}.yaml`;
    const change = {
      type: 'change',
      stage: STAGE,
      node,
      resource,
      code: 'file-create',
      summary: { code: 'file-create' },
    } as const;
    const rest = { effect: 'none', diff: '+ one\n+ two\n' } as const;
    store.event({ ...change, ...rest, at: at(), state: 'planned' });
    if (number <= CHANGES_PER_NODE / 2)
      store.event({ ...change, ...rest, at: at(), state: 'started' });
    if (number < CHANGES_PER_NODE / 2) store.event({ ...change, ...rest, at: at(), state: 'done' });
  }
}

let said = 0;
let owed = 0;
const timer = setInterval(() => {
  for (owed += (LINES_PER_SECOND * BURST_MS) / 1000; owed >= 1; owed -= 1) {
    said += 1;
    const node = NODES[said % NODES.length] ?? null;
    const text = `line ${said}: Unpacking something (1.2.3-${said}) over (1.2.2)`;
    store.event({ type: 'progress', stage: STAGE, node, text, at: at() });
  }
}, BURST_MS);

const mounted = mount({
  store,
  send: ({ kind }) => {
    if (kind !== 'quit') return;
    clearInterval(timer);
    store.close();
    mounted.unmount();
  },
  stopped: () => Promise.resolve(),
  stdin: process.stdin,
  stdout: process.stdout,
  screenReader: false,
});
