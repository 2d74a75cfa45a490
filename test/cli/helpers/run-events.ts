import type { EngineEvent, EventBody } from '../../../source/model/index.ts';

/** Events, one every 100 ms from the same moment on. */
export function timed(bodies: readonly EventBody[]): readonly EngineEvent[] {
  const start = Date.parse('2026-11-22T08:00:00.000Z');
  return bodies.map((body, index) => ({
    ...body,
    at: new Date(start + index * 100).toISOString(),
  }));
}

const FILE = 'file:/etc/nginx/conf.d/iam-apiserver.conf';
const DIFF =
  '--- /dev/null\n+++ /etc/nginx/conf.d/iam-apiserver.conf\n@@ -0,0 +1,2 @@\n+server {\n+}\n';

/** A change of the plan: a made-up message code shows as itself, so no area's words matter here. */
export function change(node: string, state: 'planned' | 'started' | 'done' | 'failed'): EventBody {
  return {
    type: 'change',
    stage: 'reverse-proxy',
    node,
    resource: FILE,
    code: 'made-up-change',
    summary: { code: 'made-up-change' },
    ...(state === 'planned' && { diff: DIFF }),
    effect: 'reload',
    state,
  };
}

export const passedCheck: EventBody = {
  type: 'check',
  stage: 'reverse-proxy',
  id: 'a/iam-1',
  node: 'iam-1',
  verdict: 'passed',
  code: 'made-up-reason',
  title: { code: 'made-up-claim' },
};

export const failedCheck: EventBody = {
  type: 'check',
  stage: 'reverse-proxy',
  id: 'b/iam-1',
  node: null,
  verdict: 'failed',
  code: 'drift',
  params: { resource: 'unit:nginx' },
  title: { code: 'check-as-applied', params: { resource: 'unit:nginx' } },
  problem: {
    code: 'drift',
    params: { resource: 'unit:nginx' },
    node: 'iam-2',
    file: 'cluster.yaml',
    line: 7,
    field: 'nodes[1]',
    detail: 'inactive\u001b[31m\n(dead)\n',
  },
};

export const explainedCheck: EventBody = {
  type: 'check',
  stage: 'reverse-proxy',
  id: 'c/pair',
  node: null,
  verdict: 'unknown',
  code: 'explained',
  params: { check: 'b/iam-1' },
  title: { code: 'made-up-other-claim' },
  because: 'b/iam-1',
};

export const drill: EventBody = {
  type: 'drill',
  id: 'nginx-stopped',
  run: 1,
  outcome: 'passed',
  rate: 100,
  views: [
    {
      vantage: 'here',
      target: '10.0.4.99',
      domain: 'iam.api.marmotedu.com',
      sent: 1187,
      ok: 1179,
      late: 3,
      failed: 5,
      outageMs: 40,
      slowestMs: 31,
      jitterMs: 2,
    },
  ],
  predictedMs: [0, 160],
  phases: { detected: 3, answered: 21 },
  holderBefore: 'iam-1',
  holderAfter: 'iam-2',
  restored: true,
  sent: 1187,
  failedRequests: 8,
  outageMs: 40,
  notifyLines: { 'iam-1': ['08:00:00 notify_fault'], 'iam-2': ['08:00:00 notify_master'] },
  problems: [],
};

export const applyResult: EventBody = {
  type: 'result',
  command: 'apply',
  ok: true,
  elapsedMs: 38_000,
  changed: 2,
  unchanged: 3,
  checks: { passed: 1, warned: 0, failed: 0, unknown: 0 },
  addresses: { vip: '10.0.4.99', public: '203.0.113.7' },
  roundTrips: { 'iam-1': 4 },
};

/** A whole run: plan, work, checks, a drill, the result. */
export const wholeRun = timed([
  { type: 'progress', stage: 'facts', node: 'iam-1', text: 'looking\u001b[2J' },
  change('iam-1', 'planned'),
  change('iam-2', 'planned'),
  { type: 'stage', id: 'preflight', state: 'planned' },
  { type: 'stage', id: 'reverse-proxy', state: 'planned' },
  { type: 'stage', id: 'reverse-proxy', state: 'running' },
  change('iam-1', 'started'),
  change('iam-1', 'done'),
  change('iam-2', 'started'),
  change('iam-2', 'failed'),
  passedCheck,
  failedCheck,
  explainedCheck,
  { type: 'stage', id: 'reverse-proxy', state: 'done' },
  drill,
  { type: 'problem', problem: { code: 'unknown-command', params: { found: 'aply' } } },
  applyResult,
]);
