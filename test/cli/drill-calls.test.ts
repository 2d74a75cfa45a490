import test from 'ava';
import { drillLines } from '../../source/cli/faces/drill-lines.ts';
import { jsonLine } from '../../source/cli/faces/json.ts';
import type { Speech } from '../../source/cli/faces/words.ts';
import { expectationTexts } from '../../source/engine/drill-calls.ts';
import {
  type DrillEvent,
  type DrillPlan,
  type SeenCall,
  worstView,
} from '../../source/model/index.ts';
import { renderReport, reportFromJournal } from '../../source/report/index.ts';
import { renderMessage } from '../../source/text/index.ts';
import { drill as example } from './helpers/run-events.ts';

const login: SeenCall = {
  call: 'POST /login',
  at: 'iam-2',
  expected: '401 incorrect Username or Password',
  seen: '401 incorrect Username or Password',
  works: false,
};
const healthz: SeenCall = {
  call: 'GET /healthz (api)',
  at: 'VIP',
  expected: '200',
  seen: '502',
  works: true,
};

const base = example as DrillEvent;
const [view] = base.views;
if (!view) throw new Error('the example has a view');
const event: DrillEvent = {
  ...base,
  id: 'databases-stopped',
  calls: [login, healthz],
  views: [
    { ...view, predictedMs: [0, 0], failed: 3, reasons: { reset: 3 } },
    { ...view, backend: 'iam-1', outageMs: 2105, predictedMs: [1950, 3505] },
  ],
};

const speech = {
  language: 'en',
  style: { colour: false, unicode: true },
} as unknown as Speech;

test('a drill’s calls and views are on the screen, each with what it came to', (t) => {
  const lines = drillLines(speech, event).join('\n');
  t.regex(lines, /does not work: POST \/login of iam-2: 401 incorrect Username or Password/);
  t.regex(lines, /GET \/healthz \(api\) of VIP: 502, not 200/);
  t.regex(lines, /failed: connection reset \(3\)/);
  t.regex(lines, /iam-1 \(iam\.api\.marmotedu\.com\): outage 2105 ms \(expected 1950–3505 ms\)/);
});

test('and in JSON', (t) => {
  const line = JSON.parse(jsonLine({ ...event, at: '2026-11-22T08:00:00.000Z' }, 'en'));
  t.deepEqual(line.calls, [login, healthz]);
  t.is(line.views[1].backend, 'iam-1');
  t.deepEqual(line.views[0].reasons, { reset: 3 });
  t.deepEqual(line.views[0].predictedMs, [0, 0]);
});

test('and in the report; a daemon asked by itself is not what a client of the VIP saw', (t) => {
  const {
    id,
    type: _,
    phases: __,
    failedRequests: ___,
    sent: ____,
    outageMs: _____,
    ...rest
  } = event;
  const text = renderReport(
    reportFromJournal({
      records: [
        { type: 'drilled', drill: id, ...rest, n: 1, at: '2026-11-22T08:00:00.000Z', hash: '' },
      ],
      cluster: {
        name: 'iam-prod',
        nodes: [{ name: 'iam-1', address: '10.0.4.20', roles: ['frontend'], data: true }],
        domains: { api: 'a', authz: 'b' },
        vip: { address: '10.0.4.99', vrid: 51, profile: 'balanced' },
        tls: false,
        ports: { api: 8080, authz: 9090 },
        databases: [{ name: 'MariaDB', where: 'iam-1' }],
        cloud: 'none',
        iam: 'x',
        standIn: false,
        mended: false,
      },
      session: 's',
      at: '2026-11-22T09:00:00.000Z',
      drillIds: [],
    }),
    'en',
    'markdown',
  );
  t.regex(text, /\| `POST \/login` \| iam-2 \| `401 incorrect.*` \| `401 incorrect.*` \| no \|/);
  t.regex(text, /\| `GET \/healthz \(api\)` \| VIP \| `200` \| \*\*`502`\*\* \| yes \|/);
  t.regex(text, /\| databases stopped \| 1 \| as expected \| 40 ms \|/);
  t.regex(text, /databases\.mariadb\.host/);
  t.is(worstView(event.views)?.outageMs, 40);
});

test('what is to be expected is said before the yes: once a call, wherever it is asked', (t) => {
  const table = [login, { ...login, at: 'VIP' }, healthz];
  const plan = { description: { code: 'drill-breaking', params: { node: 'x' } }, calls: { table } };
  const texts = expectationTexts(plan as unknown as DrillPlan).map((one) =>
    renderMessage(one, 'en'),
  );
  t.deepEqual(texts.slice(1), [
    'does not work: POST /login → 401 incorrect Username or Password',
    'still works: GET /healthz (api) → 200',
  ]);
});
