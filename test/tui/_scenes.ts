import {
  type EngineEvent,
  emptyRunState,
  problem,
  type RunState,
  reduceRun,
} from '../../source/model/index.ts';
import { canvasOf } from '../../source/tui/canvas.ts';
import type { Journey, Scene, SceneKind, StageStory } from '../../source/tui/scenes.ts';
import { freshLocal } from '../../source/tui/screen.ts';
import type { Snapshot } from '../../source/tui/store.ts';

const NOW = Date.parse('2026-11-22T08:00:10.000Z');
const AT = '2026-11-22T08:00:00.000Z';

const both = (en: string, zh: string) => ({ en, zh });

const STAGES = [
  ['preflight', 'Preflight', '预检'],
  ['database', 'Databases', '数据库'],
  ['services', 'IAM services', 'IAM 服务'],
  ['reverse-proxy', 'Reverse proxy', '反向代理'],
  ['load-balancer', 'Load balancer', '负载均衡'],
  ['virtual-ip', 'Virtual IP', '虚拟 IP（VIP）'],
  ['keepalived', 'Keepalived', 'Keepalived'],
  ['acceptance', 'Acceptance', '验收'],
] as const;

const MARKS = ['done', 'changed', 'skipped', 'open', 'failed', 'unknown', 'open', 'open'] as const;

export const journey: Journey = {
  cluster: 'iam-prod',
  nodes: [
    { name: 'iam-1', address: '10.0.4.20' },
    { name: 'iam-2', address: '10.0.4.21' },
  ],
  vip: '10.0.4.99',
  stages: STAGES.map(([id, en, zh], index) => ({
    id,
    title: both(en, zh),
    mark: MARKS[index] ?? 'open',
  })),
  at: 3,
  workedMs: 41_000,
};

export const story: StageStory = {
  id: 'reverse-proxy',
  title: both('Reverse proxy', '反向代理'),
  why: both(
    'Through a reverse proxy, nginx gives access to IAM services that are deployed in the private network.',
    '通过反向代理，我们可以通过 Nginx 来访问部署在内网的 IAM 服务。',
  ),
  isLecture: true,
  place: { part: both('nginx as a reverse proxy', '配置Nginx作为反向代理'), lines: [55, 158] },
  departures: [
    {
      lecture: both(
        'on 10.0.4.20 only, with a restart of nginx',
        '只在 10.0.4.20 上操作，并重启 nginx',
      ),
      here: both(
        'on every node, tested first, with a reload',
        '每个节点都做，先检查配置，再重新加载',
      ),
      because: both('a reload loses no request', '重新加载不丢请求'),
    },
  ],
};

const DIFF = `--- /dev/null
+++ /etc/nginx/conf.d/iam-apiserver.conf
@@ -0,0 +1,40 @@
${Array.from({ length: 40 }, (_, index) => `+    line ${index} of a virtual host; # 注释很长很长很长很长很长很长很长很长很长很长很长很长很长很长`).join('\n')}
`;

function change(node: string, resource: string, extra: object = {}): EngineEvent {
  return {
    type: 'change',
    at: AT,
    stage: 'reverse-proxy',
    node,
    resource,
    code: 'file-create',
    summary: { code: 'file-create', params: { path: resource.slice(5) } },
    effect: 'none',
    state: 'planned',
    ...extra,
  } as EngineEvent;
}

function check(id: string, verdict: string, extra: object = {}): EngineEvent {
  return {
    type: 'check',
    at: AT,
    stage: 'reverse-proxy',
    id,
    node: 'iam-1',
    verdict,
    code: 'nginx-config-accepted',
    title: { code: 'check-facts' },
    ...extra,
  } as EngineEvent;
}

export const trouble = problem(
  'database-host-denied',
  { user: 'iam', from: '10.0.4.21', data: 'iam-1' },
  {
    node: 'iam-2',
    detail: `${"Host '10.0.4.21' is not allowed to connect\n".repeat(9)}\u001b[31m红`,
  },
);

const EVENTS: readonly EngineEvent[] = [
  change('iam-1', 'file:/etc/nginx/conf.d/iam-apiserver.conf', { diff: DIFF }),
  change('iam-1', 'file:/etc/nginx/conf.d/iam-authz-server.conf', { diff: DIFF }),
  change('iam-1', 'unit:nginx', { effect: 'reload' }),
  change('iam-2', 'file:/etc/nginx/conf.d/iam-apiserver.conf', { diff: DIFF }),
  change('iam-2', 'file:/etc/nginx/conf.d/iam-authz-server.conf', { diff: DIFF }),
  change('iam-2', 'unit:nginx', { effect: 'outage' }),
];

const WORK: readonly EngineEvent[] = [
  { type: 'stage', at: AT, id: 'reverse-proxy', state: 'running' },
  change('iam-1', 'file:/etc/nginx/conf.d/iam-apiserver.conf', { state: 'started' }),
  change('iam-1', 'file:/etc/nginx/conf.d/iam-apiserver.conf', { state: 'done' }),
  change('iam-2', 'unit:nginx', { state: 'started' }),
  {
    type: 'progress',
    at: AT,
    stage: 'reverse-proxy',
    node: 'iam-2',
    text: `Unpacking nginx-common ${'很长'.repeat(60)}\r\n`,
  },
  check('a', 'passed'),
  check('b', 'failed', { problem: trouble }),
  check('c', 'unknown', { because: 'b' }),
  check('d', 'warned', { problem: trouble }),
  {
    type: 'drill',
    at: AT,
    id: 'nginx-stopped',
    run: 1,
    outcome: 'passed',
    rate: 200,
    views: [],
    predictedMs: [0, 160],
    phases: {},
    holderBefore: 'iam-1',
    holderAfter: 'iam-2',
    restored: true,
    sent: 412,
    failedRequests: 8,
    outageMs: 40,
    notifyLines: { 'iam-1': ['notify_fault'], 'iam-2': [] },
    problems: [],
  },
];

export const plannedRun: RunState = EVENTS.reduce(reduceRun, emptyRunState);
export const workedRun: RunState = WORK.reduce(reduceRun, plannedRun);

const DUE = plannedRun.stages.flatMap(({ changes }) =>
  changes.map(({ node, resource }) => `${node} ${resource}`),
);

const ROWS = {
  name: 'iam-prod',
  addresses: ['10.0.4.20', '10.0.4.21'],
  vip: '10.0.4.99',
  done: 7,
  total: 9,
  lastMs: NOW - 12 * 60_000,
  next: both('Keepalived', 'Keepalived'),
};

/** One of every kind of scene, and several of those that can look different. */
export const SCENES: readonly Scene[] = [
  {
    kind: 'home',
    entries: ['start', 'continue', 'new', 'drills', 'watch', 'lab', 'report'],
    sessions: [
      ROWS,
      { ...ROWS, name: 'staging', done: 9, lastMs: NOW - 3 * 86_400_000 },
      { ...ROWS, name: 'held', holder: { user: 'root', host: 'jump', since: AT } },
      {
        ...ROWS,
        name: 'damaged',
        problem: problem('journal-damaged', {}, { file: '/x', line: 3 }),
      },
    ],
  },
  { kind: 'home', entries: ['new', 'lab'], sessions: [] },
  { kind: 'busy', what: { code: 'tui-looking-here' } },
  { kind: 'busy', journey, what: { code: 'tui-looking' } },
  {
    kind: 'found',
    journey,
    agoMs: 12 * 60_000,
    held: ['preflight', 'database', 'services'],
    changed: [{ stage: 'reverse-proxy', count: 2 }],
    failing: [{ stage: 'load-balancer', problem: trouble }],
  },
  { kind: 'found', journey, agoMs: 0, held: ['preflight'], changed: [], failing: [] },
  { kind: 'review', journey, story, checks: 4, due: DUE, canSkip: true },
  { kind: 'review', journey, story, checks: 1, due: [], canSkip: false },
  {
    kind: 'by-hand',
    journey,
    story,
    text: {
      en: 'At your registrar, set an A record for both domains.\n\nThen wait until they are seen.',
      zh: `在域名服务商处，为两个域名各添加一条 A 记录。${'然后等待。'.repeat(30)}`,
    },
    isChecked: true,
  },
  { kind: 'by-hand', journey, story, text: { en: 'Call them.', zh: '打电话。' }, isChecked: false },
  { kind: 'confirm', journey, story, node: 'iam-1' },
  {
    kind: 'ask',
    question: '节点的地址？ An address:',
    secret: false,
    initial: '10.0.4.20 '.repeat(9),
  },
  { kind: 'ask', question: 'Password:', secret: true },
  { kind: 'ask-yes', question: 'Take it over?', about: [trouble], said: ['SHA256:abc'] },
  {
    kind: 'question',
    title: { code: 'init-title-nodes' },
    why: { code: 'init-why-nodes' },
    offered: { value: '10.0.4.20 10.0.4.21', because: { code: 'init-because-nodes' } },
    problem: trouble,
    said: [`${'said before 之前说的 '.repeat(9)}\nand more`],
    check: () => null,
  },
  {
    kind: 'question',
    title: { code: 'init-title-profile' },
    why: { code: 'init-why-profile' },
    choices: [
      { value: 'a', title: { code: 'tui-vip' }, about: { code: 'tui-home-claim' } },
      { value: 'b', title: { code: 'tui-plan-one', params: { nodes: '1' } } },
    ],
    said: [],
    check: () => null,
  },
  {
    kind: 'choose',
    title: 'Write it?',
    options: Array.from({ length: 30 }, (_, n) => ({
      value: `${n}`,
      name: `选项 ${n}`,
      about: '为什么',
    })),
    said: [],
  },
  { kind: 'work', journey: { ...journey, workingSince: NOW - 3000 }, story, stopping: false },
  { kind: 'work', journey, story, stopping: true },
  {
    kind: 'checked',
    journey,
    story,
    see: [
      { node: 'iam-1', command: "curl -H 'Host: iam.api.marmotedu.com' http://127.0.0.1/healthz" },
      { node: null, command: 'tcpdump -ni any ip proto 112' },
    ],
    drills: 3,
  },
  {
    kind: 'failed',
    journey,
    problems: [trouble, trouble],
    canIgnore: true,
    canRetry: true,
    canEdit: true,
    canGoBack: true,
    meter: [
      { address: '203.0.113.1', id: 'eip-1', boughtAt: AT, idleMs: 3_600_000, idleCost: 0.2 },
    ],
  },
  {
    kind: 'failed',
    problems: [problem('session-in-use', { host: 'h', user: 'u', pid: 1, since: AT })],
    canIgnore: false,
    canRetry: true,
    canEdit: true,
    canGoBack: false,
  },
  { kind: 'done', journey, whole: false, lines: () => [] },
  {
    kind: 'reading',
    title: { code: 'tui-report-at', params: { file: '/var/lib/x/report.md' } },
    lines: () => Array.from({ length: 40 }, (_, n) => `行 ${n} ${'word '.repeat(30)}`),
  },
];

export const KINDS: readonly SceneKind[] = [...new Set(SCENES.map(({ kind }) => kind))];

export interface Look {
  readonly language: 'en' | 'zh';
  readonly colour: boolean;
  readonly ascii: boolean;
}

export function snapshotOf(scene: Scene, look: Look): Snapshot {
  const run = scene.kind === 'review' ? plannedRun : workedRun;
  const { language, colour, ascii } = look;
  const style = { colour, ascii };
  return { scene, sceneNumber: 1, local: freshLocal(scene), run, language, style, now: NOW };
}

export function canvas(columns: number, rows: number, look: Look, spoken = false) {
  const { language, colour, ascii } = look;
  return canvasOf({ columns, rows, language, style: { colour, ascii }, now: NOW, spoken });
}
