import test from 'ava';
import { createJsonFace } from '../../source/cli/faces/json.ts';
import { createPlainFace, type PlainOptions } from '../../source/cli/faces/plain.ts';
import { chooseStyle } from '../../source/cli/faces/style.ts';
import type { SummaryContext } from '../../source/cli/summary.ts';
import type { EngineEvent, EventBody } from '../../source/model/index.ts';
import {
  applyResult,
  change,
  drill,
  explainedCheck,
  failedCheck,
  passedCheck,
  timed,
  wholeRun,
} from './helpers/run-events.ts';

const context: SummaryContext = {
  cluster: 'iam-prod',
  nodes: [
    { name: 'iam-1', address: '10.0.4.20' },
    { name: 'iam-2', address: '10.0.4.21' },
  ],
  standIn: true,
  dataNode: 'iam-1',
  apiDomain: 'iam.api.marmotedu.com',
  lab: 'demo',
};

function plain(events: readonly EngineEvent[], options: Partial<PlainOptions> = {}): string {
  let written = '';
  const face = createPlainFace({
    language: 'en',
    style: { colour: false, ascii: false },
    write: (text) => {
      written += text;
    },
    interactive: false,
    columns: () => 80,
    context: () => context,
    ...options,
  });
  for (const event of events) face.show(event);
  face.settle();
  return written;
}

function json(events: readonly EngineEvent[], language: 'en' | 'zh' = 'en') {
  let written = '';
  const face = createJsonFace((text) => {
    written += text;
  }, language);
  for (const event of events) face.show(event);
  return written;
}

test('plain: a plan shows each diff once, and says where it is the same', (t) => {
  const out = plain(timed([change('iam-1', 'planned'), change('iam-2', 'planned')]));
  t.is(
    out,
    [
      '',
      '▸ 00:00  Reverse proxy  planned changes',
      '  iam-1  + made-up-change  reload',
      '      --- /dev/null',
      '      +++ /etc/nginx/conf.d/iam-apiserver.conf',
      '      @@ -0,0 +1,2 @@',
      '      +server {',
      '      +}',
      '  iam-2  + made-up-change  reload  (the same as on iam-1)',
      '',
    ].join('\n'),
  );
});

test('plain: why there is a stage stands under the heading of its plan, and only there', (t) => {
  const why = () =>
    '通过反向代理，我们可以通过 Nginx 来访问部署在内网的 IAM 服务。通过反向代理，我们可以访问内网。';
  const events = timed([change('iam-1', 'planned'), change('iam-1', 'started'), passedCheck]);
  const out = plain(events, { why, columns: () => 80 });
  t.deepEqual(out.split('\n').slice(1, 5), [
    '▸ 00:00  Reverse proxy  planned changes',
    '  通过反向代理，我们可以通过 Nginx 来访问部署在内网的 IAM 服务。通过反向代理，',
    '  我们可以访问内网。',
    '  iam-1  + made-up-change  reload',
  ]);
  t.is(out.split('我们可以访问内网').length, 2);
  t.false(plain(events).includes('我们可以'));
});

test('plain: checks in a line each, a failure with code, cause, words, place and next steps', (t) => {
  const out = plain(timed([passedCheck, failedCheck, explainedCheck]));
  t.is(
    out,
    [
      '',
      '▸ 00:00  Reverse proxy  checks',
      '  ✔ iam-1  made-up-claim  made-up-reason',
      '  ✘ iam-2  unit:nginx is as applied',
      '    ✘ iam-2: unit:nginx is not as applied  drift',
      '      Somebody or something has changed it since the wizard applied it, or it was never applied.',
      '      | inactive\\x1b[31m',
      '      | (dead)',
      '      cluster.yaml:7  nodes[1]',
      '      Next:  iam-ha-wizard plan shows the difference.',
      '             iam-ha-wizard apply puts it right.',
      '  ? made-up-other-claim  not judged, because of: unit:nginx is as applied',
      '',
    ].join('\n'),
  );
});

test('plain: the end of a run, with STAND-IN said', (t) => {
  const out = plain(timed([drill, applyResult]));
  t.is(
    out.slice(out.indexOf('iam-prod')),
    [
      'iam-prod: done in 38 s. 2 changes, 3 already right, 1 check passed, 1 drill as expected.',
      '',
      '  STAND-IN daemons in the place of IAM, on 2 nodes     10.0.4.20  10.0.4.21',
      '  address (VIP), held by iam-2                         10.0.4.99',
      '  public address, of the lab’s STAND-IN for the cloud  203.0.113.7',
      '',
      '  drill          outage  expected  requests failed',
      '  nginx stopped   40 ms  0–160 ms  8 of 1,187',
      '',
      '  Still a single point of failure: the databases, on iam-1.',
      '  Try it:     npx iam-ha-wizard lab run -- \\',
      "                  curl -H 'Host: iam.api.marmotedu.com' http://10.0.4.99/healthz",
      '  Break it:   npx iam-ha-wizard lab run -- iam-ha-wizard drill --all',
      '  Remove it:  npx iam-ha-wizard lab down',
      '',
    ].join('\n'),
  );
});

test('plain: what is left and kept is listed', (t) => {
  const out = plain(
    timed([
      {
        type: 'result',
        command: 'undo',
        ok: false,
        elapsedMs: 1200,
        undone: 4,
        left: ['iam-1 /etc/hosts'],
        kept: ['package:nginx'],
      },
    ]),
  );
  t.regex(out, /iam-prod: not done, after 1\.2 s\. 4 changes undone\./);
  t.regex(out, /changed them since:\n {4}iam-1 \/etc\/hosts/);
  t.regex(out, /Kept on purpose:\n {4}package:nginx/);
});

test('plain: a log has no control characters, and every event of work leaves a line', (t) => {
  for (const language of ['en', 'zh'] as const) {
    const out = plain(wholeRun, { language });
    t.notRegex(out, /[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/);
    t.regex(out, /looking\\x1b\[2J/);
  }
});

test('plain: on a terminal what is in hand is one line that is wiped', (t) => {
  const progress = timed([
    { type: 'progress', stage: 'database', node: 'iam-1', text: 'Unpacking '.repeat(20) },
    { type: 'progress', stage: 'database', node: 'iam-1', text: 'Setting up', done: 3, total: 9 },
  ]);
  const out = plain(progress, { interactive: true });
  t.false(out.includes('\n'));
  const drawn = out.split('\r\u001b[K').filter(Boolean);
  t.is(drawn.length, 2);
  t.true(drawn[0]!.length < 80);
  t.is(drawn[1], '  00:00  iam-1  Setting up  3/9');
  t.true(out.endsWith('\r\u001b[K'));
});

test('plain: a program’s output is its last line on a terminal, and a sign of life in a log', (t) => {
  const output = (text: string) =>
    ({ type: 'progress', stage: 'reverse-proxy', node: 'iam-1', text }) as const;
  const chunks = Array.from({ length: 250 }, (_, index) =>
    output(`Unpacking ${index} ...\nSetting up ${index} ...\n...\n`),
  );
  const events = timed([change('iam-1', 'started'), ...chunks, change('iam-1', 'done')]);
  const log = plain(events).split('\n').filter(Boolean);
  t.deepEqual(log.slice(1), [
    '  00:10  iam-1  Setting up 99 ...',
    '  00:20  iam-1  Setting up 199 ...',
    '  ✔ iam-1  ~ made-up-change  25 s',
  ]);
  const screen = plain(events, { interactive: true });
  t.true(screen.includes('\r\u001b[K  00:00  iam-1  Setting up 3 ...'));
  t.is(screen.trimEnd().split('\n').length, 3);
});

test('plain: the same step of two resources is planned in one line', (t) => {
  const start = (node: string) => {
    const { diff: _, ...rest } = change(node, 'planned') as Extract<EventBody, { type: 'change' }>;
    return rest;
  };
  const out = plain(timed([start('iam-1'), start('iam-1'), start('iam-2')]));
  t.is(out.match(/made-up-change/g)?.length, 2);
});

test('plain: a stage that is looked at and has nothing to do makes no heading', (t) => {
  const out = plain(timed([{ type: 'stage', id: 'virtual-ip', state: 'running' }]));
  t.is(out, '');
});

test('plain: a claim that names its node is not told it twice', (t) => {
  const title = { code: 'check-disk', params: { node: 'iam-1' } };
  const out = plain(timed([{ ...passedCheck, title } as EventBody]));
  t.regex(out, /^ {2}✔ iam-1: room on the disks {2}made-up-reason$/m);
});

test('plain: ASCII symbols where the terminal draws no others', (t) => {
  const out = plain(wholeRun, { style: chooseStyle(true, true, { TERM: 'dumb' }) });
  t.regex(out, /^ {2}ok iam-1 {2}made-up-claim/m);
  t.regex(out, /^ {2}X {2}iam-2/m);
  t.true([...out].every((character) => character.codePointAt(0)! < 128));
});

test('colour only on a terminal, and never against NO_COLOR', (t) => {
  t.true(chooseStyle(true, true, {}).colour);
  t.true(chooseStyle(true, true, { NO_COLOR: '' }).colour);
  t.false(chooseStyle(false, true, {}).colour);
  t.false(chooseStyle(true, false, {}).colour);
  t.false(chooseStyle(true, true, { NO_COLOR: '1' }).colour);
  const out = plain(wholeRun, { style: { colour: true, ascii: false } });
  t.regex(out, /\u001b\[32m\+server \{\u001b\[39m/);
});

test('json: one compact event a line, the result last', (t) => {
  const lines = json(wholeRun).trimEnd().split('\n');
  t.is(lines.length, wholeRun.length);
  for (const line of lines) t.is(line, JSON.stringify(JSON.parse(line)));
  t.like(JSON.parse(lines.at(-1)!), { type: 'result', command: 'apply', ok: true, changed: 2 });
});

test('json: prose is rendered in the language, codes are not', (t) => {
  const [line] = json(timed([failedCheck]), 'zh').split('\n');
  t.deepEqual(JSON.parse(line!), {
    type: 'check',
    at: '2026-11-22T08:00:00.000Z',
    stage: 'reverse-proxy',
    id: 'b/iam-1',
    node: 'iam-2',
    verdict: 'failed',
    code: 'drift',
    title: 'unit:nginx 与应用时一致',
    summary: 'iam-2：unit:nginx 与应用时不一致',
    problem: {
      code: 'drift',
      title: 'iam-2：unit:nginx 与应用时不一致',
      cause: '在向导应用之后被人或程序改动过，或者从未应用。',
      nextSteps: ['iam-ha-wizard plan 显示差异。', 'iam-ha-wizard apply 使其恢复正确。'],
      node: 'iam-2',
      file: 'cluster.yaml',
      line: 7,
      field: 'nodes[1]',
      detail: 'inactive\\x1b[31m\n(dead)\n',
    },
  });
});

test('json: a problem event is flat', (t) => {
  const out = json(
    timed([
      { type: 'problem', problem: { code: 'unknown-command', params: { found: 'aply' }, line: 3 } },
    ]),
  );
  t.deepEqual(JSON.parse(out), {
    type: 'problem',
    at: '2026-11-22T08:00:00.000Z',
    code: 'unknown-command',
    title: 'There is no command aply',
    cause: 'It may be misspelt.',
    nextSteps: ['iam-ha-wizard --help'],
    line: 3,
  });
});

test('plain: a stage with nothing to change says so, once', (t) => {
  const out = plain(
    timed([
      { type: 'stage', id: 'preflight', state: 'planned' },
      { type: 'stage', id: 'preflight', state: 'done' },
    ]),
  );
  t.is(out, '  Preflight: nothing to change\n');
});

test('plain: a drill, with who has the VIP and the notify lines of each node', (t) => {
  const failed = { ...drill, outcome: 'failed', restored: false, notifyLines: { 'iam-2': [] } };
  const out = plain(timed([drill, failed as typeof drill]));
  t.regex(out, /^✔ nginx stopped {2}outage 40 ms, expected 0–160 ms; 8 of 1,187 requests failed$/m);
  t.regex(out, /^ {2}VIP: iam-1 → iam-2$/m);
  t.regex(out, /^ {2}new notify lines on iam-1: 08:00:00 notify_fault$/m);
  t.regex(out, /^✘ nginx stopped/m);
  t.regex(out, /^ {2}new notify lines on iam-2: no new line$/m);
  t.regex(out, /^ {2}Not restored yet/m);
});

test('plain: a stand-in for MongoDB is named at the end of every run that met it', (t) => {
  const code = 'mongodb-login-stand-in';
  const check = { ...passedCheck, id: 'mongodb-login/iam-1', code };
  t.regex(plain(timed([check, applyResult])), /\n {2}STAND-IN for MongoDB/);
  const zh = plain(timed([check, applyResult]), { language: 'zh' });
  t.regex(zh, /MongoDB 的替身（STAND-IN）/);
  t.notRegex(plain(timed([passedCheck, applyResult])), /STAND-IN for MongoDB/);
});
