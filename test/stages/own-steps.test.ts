import { readFileSync } from 'node:fs';
import test from 'ava';
import { STAGE_IDS } from '../../source/cli/invocation.ts';
import { parseCluster } from '../../source/cluster/index.ts';
import { maskContent, Secret } from '../../source/model/index.ts';
import { planStagesFor, stageNeeds } from '../../source/stages/index.ts';
import { placeProblems, secretsOf } from '../../source/stages/own-steps/problems.ts';
import { parseRunbook, type Runbook } from '../../source/stages/runbook.ts';
import { ownTitle } from '../../source/stages/runbook-words.ts';
import { renderProblem } from '../../source/text/index.ts';
import { stageInput, YAML } from './_proxy-input.ts';

const read = (path: string) => readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8');

function parsed(text: string, usual: Runbook['stages'] = []): Runbook {
  const result = parseRunbook(text, 'own.yaml', stageNeeds, usual);
  if (!result.ok) throw new Error(JSON.stringify(result.problems, null, 2));
  return result.runbook;
}

const usual = parsed(read('runbooks/iam-ha.yaml')).stages;
const own = (text: string) => parsed(text, usual);

/** Line 5 on: the lines of one step after `preflight`. */
const book = (...lines: readonly string[]) =>
  `version: 1\nid: own\nstages:\n  - id: preflight\n  - id: step\n${lines.map((line) => `    ${line}\n`).join('')}`;

const TITLE = 'title: A step';
const COMMAND = 'command: { on: all, run: "true", undo: none }';

function problemsOf(text: string): readonly string[] {
  const result = parseRunbook(text, 'own.yaml', stageNeeds, usual);
  if (result.ok) return [];
  return result.problems.map((one) => {
    for (const language of ['en', 'zh'] as const) {
      const { title, cause, nextSteps } = renderProblem(one, language);
      const words = [title, cause, ...nextSteps].join(' ');
      if (cause === '' || /\{\w+\}|\?\?/.test(words)) throw new Error(words);
    }
    return `${one.file}:${one.line} ${one.field} ${one.code}`;
  });
}

const WRONG: readonly (readonly [lines: readonly string[], ...problems: string[]])[] = [
  [[TITLE, 'command: { on: all, run: "true" }'], '7 stages[1].command.undo missing-field'],
  [[TITLE, 'command: { run: "true", undo: none }'], '7 stages[1].command.on missing-field'],
  [[COMMAND], '5 stages[1].title missing-field'],
  [[TITLE], '5 stages[1].id unknown-runbook-stage'],
  [[TITLE, 'comand: {}'], '7 stages[1].comand unknown-key'],
  [
    [TITLE, 'command: { on: all, run: "true", undo: none, if: x }'],
    '7 stages[1].command.if unknown-key',
  ],
  [[TITLE, 'manual: { text: X }', COMMAND], '8 stages[1].command unknown-key'],
  [[TITLE, 'manual: {}'], '7 stages[1].manual.text missing-field'],
  [[TITLE, 'manual: { text: { de: X } }'], '7 stages[1].manual.text.de unknown-key'],
  [['title: { }', COMMAND], '6 stages[1].title expected-text'],
  [['title: 12', COMMAND], '6 stages[1].title expected-text'],
  [
    [TITLE, 'command: { on: some where, run: "true", undo: none }'],
    '7 stages[1].command.on invalid-step-place',
  ],
  [
    [TITLE, 'command: { on: [], run: "true", undo: none }'],
    '7 stages[1].command.on invalid-step-place',
  ],
  [
    [TITLE, 'command: { on: [iam_1], run: "true", undo: none }'],
    '7 stages[1].command.on[0] invalid-node-name',
  ],
  [[TITLE, 'command: { on: all, run: "", undo: none }'], '7 stages[1].command.run expected-script'],
  [
    [TITLE, 'command: { on: all, run: "a\\r\\nb", undo: none }'],
    '7 stages[1].command.run expected-script',
  ],
  [
    [TITLE, 'command: { on: all, run: true, undo: none }'],
    '7 stages[1].command.run expected-script',
  ],
  [
    [TITLE, 'command: { on: all, run: "true", undo: none, timeout: 0 }'],
    '7 stages[1].command.timeout invalid-seconds',
  ],
  [
    [TITLE, 'command: { on: all, run: "true", undo: none, secrets: [hunter2] }'],
    '7 stages[1].command.secrets[0] secret-literal',
  ],
  [
    [TITLE, 'command: { on: all, run: "true", undo: none, secrets: [env:X], timeout: 601 }'],
    '7 stages[1].command.timeout own-step-long-secret',
  ],
  [
    [TITLE, 'command: { on: all, run: "true", undo: "x ${TOKEN}", secrets: [env:TOKEN] }'],
    '7 stages[1].command.undo own-undo-secret',
  ],
  [
    [TITLE, 'command: { on: all, run: "true", undo: none, effect: big }'],
    '7 stages[1].command.effect unknown-choice',
  ],
  [[TITLE, 'check: { run: "true" }'], '7 stages[1].check.from missing-field'],
  [
    [TITLE, 'check: { from: here, run: "true", expect: { matches: x } }'],
    '7 stages[1].check.expect.matches unknown-key',
  ],
  [
    [TITLE, 'check: { from: here, run: "true", expect: { exit: 256 } }'],
    '7 stages[1].check.expect.exit invalid-exit-code',
  ],
  [
    [TITLE, 'check: { from: here, run: "true", expect: { equals: 5 } }'],
    '7 stages[1].check.expect.equals expected-string',
  ],
  [
    [TITLE, 'check: { from: here, run: "true", timeout: 60 }'],
    '7 stages[1].check.timeout invalid-seconds',
  ],
  [
    [TITLE, 'check: { from: here, run: "true", within: 9999 }'],
    '7 stages[1].check.within invalid-seconds',
  ],
];

for (const [lines, ...expected] of WRONG) {
  test(`${lines.join(' ⏎ ')}: ${expected}`, (t) => {
    t.deepEqual(
      problemsOf(book(...lines)),
      expected.map((one) => `own.yaml:${one}`),
    );
  });
}

test('a step is not named as a stage is, nor twice; a stage that is left out is missed', (t) => {
  const step = (id: string) => `  - id: ${id}\n    ${TITLE}\n    ${COMMAND}\n`;
  const head = 'version: 1\nid: own\nstages:\n';
  t.deepEqual(problemsOf(`${head}${step('services')}`), [
    'own.yaml:4 stages[0].id runbook-step-is-stage',
  ]);
  t.deepEqual(problemsOf(`${head}${step('a')}${step('a')}`), [
    'own.yaml:7 stages[1].id runbook-stage-twice',
  ]);
  t.deepEqual(problemsOf(`${head}  - id: preflight\n  - id: services\n`), [
    'own.yaml:5 stages[1].id runbook-stage-too-early',
  ]);
});

test('a misspelt kind of step is told with the one that was meant', (t) => {
  const result = parseRunbook(book(TITLE, 'comand: {}'), 'own.yaml', stageNeeds, usual);
  t.is(!result.ok && result.problems[0].params?.suggestion, 'command');
});

test('a stage that is only named has the prose of the program; one language does for both', (t) => {
  const runbook = own(book(TITLE, COMMAND));
  t.deepEqual(runbook.stages[0], usual[0]);
  t.is(ownTitle(runbook, 'step', 'zh'), 'A step');
  t.deepEqual(runbook.stages[1]?.why, { words: 'ours', en: '', zh: '' });
});

test('the example is a whole runbook, and says every key there is', (t) => {
  const text = read('docs/runbook-example.yaml');
  const runbook = own(text);
  t.deepEqual(
    runbook.stages.flatMap(({ id, own: step }) => (step ? [] : [id])),
    STAGE_IDS,
  );
  t.deepEqual(
    runbook.stages.flatMap(({ own: step }) => step?.kind ?? []),
    ['manual', 'command', 'check'],
  );
  t.deepEqual(placeProblems(runbook, stageInput().cluster), []);
  const keys =
    'title why manual text undo check command on run probe secrets timeout effect order from expect exit equals contains within otherwise';
  for (const key of keys.split(' ')) t.regex(text, new RegExp(`\\b${key}\\b`), key);
  const plans = planStagesFor(stageInput(), runbook, ['dns-records', 'owner', 'disk-space'], 100);
  t.deepEqual(
    plans.map(({ resources, checks }) => [resources.length, checks.length]),
    [
      [0, 1],
      [4, 0],
      [0, 2],
    ],
  );
});

test('a command is a resource of each node that is meant, after the session’s marker', (t) => {
  const input = stageInput();
  const ids = (on: string) =>
    planStagesFor(
      input,
      own(book(TITLE, `command: { on: ${on}, run: "true", undo: none, order: one-by-one }`)),
      ['step'],
      100,
    ).flatMap(({ resources, order }) =>
      resources.map(({ node, id }) => `${node} ${id.replace(/@.*/, '')} ${order}`),
    );
  const all = (node: string) => [
    `${node} session-marker one-by-one`,
    `${node} command:step one-by-one`,
  ];
  t.deepEqual(ids('data'), all('iam-1'));
  t.deepEqual(ids('iam-2'), all('iam-2'));
  t.deepEqual([...ids('[iam-1]')], all('iam-1'));
  t.is(ids('all').length, 4);
  t.is(ids('frontends').length, 4);
});

test('a step by hand is its stage’s, with a check that it explains while it is open', (t) => {
  const manual = 'manual: { text: { zh: 设置 }, check: { from: here, run: "true" } }';
  const [plan] = planStagesFor(stageInput(), own(book(TITLE, manual)), ['step'], 100);
  t.deepEqual(plan?.byHand, {
    step: 'step',
    title: { en: 'A step', zh: 'A step' },
    text: { en: '设置', zh: '设置' },
    undo: null,
  });
  t.deepEqual(plan?.resources, []);
  t.deepEqual(
    plan?.checks.map(({ id, node, explainedBy }) => [id, node, explainedBy]),
    [['own/step/here', null, ['by-hand/step']]],
  );
});

test('a node that the cluster has not, or a place where nobody is', (t) => {
  const cluster = stageInput().cluster;
  const found = (line: string, at = cluster) =>
    placeProblems(own(book(TITLE, line)), at).map(
      ({ line, field, code }) => `${line} ${field} ${code}`,
    );
  t.deepEqual(found('command: { on: [iam-1, iam-9], run: "true", undo: none }'), [
    '7 stages[1].command.on own-step-unknown-node',
  ]);
  t.deepEqual(found('manual: { text: X, check: { from: iam-9, run: "true" } }'), [
    '7 stages[1].manual.check.from own-step-unknown-node',
  ]);
  const elsewhere = parseCluster(
    YAML.replace(', data: true', '').replace(
      'mariadb: install, redis: install',
      'mariadb: { host: db, port: 3306, adminUser: root, adminPassword: env:P }, redis: { host: db, port: 6379, password: env:P }',
    ),
    'c.yaml',
  );
  if (!elsewhere.ok) throw new Error(JSON.stringify(elsewhere.problems));
  t.deepEqual(found('check: { from: data, run: "true" }', elsewhere.cluster), [
    '7 stages[1].check.from own-step-nowhere',
  ]);
});

test('secrets are named in the file, set in the environment of the script, and masked', (t) => {
  const runbook = own(
    book(TITLE, 'command: { on: iam-1, run: "use $TOKEN", undo: none, secrets: [env:TOKEN] }'),
  );
  t.deepEqual(secretsOf(runbook), [{ variable: 'TOKEN', field: 'stages[1].command.secrets[0]' }]);
  const runbookSecrets = new Map([['TOKEN', new Secret('TOKEN', 'hunter2hunter2')]]);
  const input = stageInput({ input: (one) => ({ ...one, runbookSecrets }) });
  const [plan] = planStagesFor(input, runbook, ['step'], 100);
  const probe = maskContent(plan?.resources[1]?.probe ?? []);
  t.regex(probe, /^export TOKEN=••••••$/m);
  t.regex(probe, /^export IAM_HA_NODE='iam-1'$/m);
  t.regex(probe, /^export IAM_HA_VIP='10\.0\.4\.99'$/m);
});
