import { readFileSync } from 'node:fs';
import test from 'ava';
import stringWidth from 'string-width';
import { parse } from 'yaml';
import { STAGE_IDS } from '../../source/cli/invocation.ts';
import { planStagesFor, stageNeeds } from '../../source/stages/index.ts';
import { parseRunbook, type Runbook } from '../../source/stages/runbook.ts';
import { renderMessage, renderProblem, wrap } from '../../source/text/index.ts';
import { stageInput } from './_proxy-input.ts';

const FILE = new URL('../../runbooks/iam-ha.yaml', import.meta.url);
const TEXT = readFileSync(FILE, 'utf8');
const LANGUAGES = ['en', 'zh'] as const;

function ours(): Runbook {
  const parsed = parseRunbook(TEXT, 'iam-ha.yaml', stageNeeds);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems, null, 2));
  return parsed.runbook;
}

const PROSE = 'title: { en: A, zh: 甲 }\n    why: { words: ours, en: Because., zh: 因为。 }';
const stage = (id: string, more = PROSE) => `  - id: ${id}\n    ${more}\n`;
const book = (...stages: readonly string[]) =>
  `version: 1\nid: my-own\nstages:\n${stages.join('')}`;

const NEEDS = { first: [], second: ['first'], third: ['first', 'second'] };

function problemsOf(text: string) {
  const parsed = parseRunbook(text, 'own.yaml', NEEDS);
  if (parsed.ok) return [];
  for (const one of parsed.problems) {
    for (const language of LANGUAGES) renderProblem(one, language);
    if (one.file !== 'own.yaml') throw new Error('no file');
  }
  return parsed.problems.map(({ code, line, params }) => [line, code, params] as const);
}

const brief = (text: string) => problemsOf(text).map(([line, code]) => `${line} ${code}`);

test('iam-ha is whole, and in the order of the command line', (t) => {
  const { id, stages } = ours();
  t.is(id, 'iam-ha');
  t.deepEqual(
    stages.map((one) => one.id),
    STAGE_IDS,
  );
  const later = (parse(TEXT).stages as readonly { id: string; later?: boolean }[])
    .filter((one) => one.later)
    .map((one) => one.id);
  t.deepEqual(later, []);
});

test('its titles are the stages’ names', (t) => {
  for (const { id, title } of ours().stages) {
    for (const language of LANGUAGES) {
      t.is(renderMessage({ code: `name-of-stage-${id}` }, language), title[language]);
    }
  }
});

test('a reason fits two lines of a terminal, and a place lies within the lecture', (t) => {
  for (const { id, why, lecture, departures } of ours().stages) {
    for (const language of LANGUAGES) {
      const lines = wrap(why[language], 76);
      t.true(lines.length <= 2, `${id} ${language}: ${lines.length} lines`);
      for (const line of lines) t.true(stringWidth(line) <= 76, line);
    }
    t.is(why.words === 'lecture', lecture !== undefined, `${id}: words without a place`);
    const [first, last] = lecture?.lines ?? [11, 12];
    t.true(first >= 11 && last <= 658 && first < last, id);
    t.true(departures.length > 0, id);
  }
});

test('English is English, and Chinese is Chinese', (t) => {
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk);
    else if (typeof value === 'object' && value !== null) {
      const { en, zh } = value as Record<string, unknown>;
      if (typeof en === 'string') t.notRegex(en, /\p{Script=Han}/u);
      if (typeof zh === 'string' && zh !== 'Keepalived') t.regex(zh, /\p{Script=Han}/u);
      Object.values(value).forEach(walk);
    }
  };
  walk(ours().stages);
});

test('the runbook gives the plans their order', (t) => {
  const common = { sha256: 'a', bytes: 1, architecture: null };
  const binary = (name: string) => ({ ...common, name, path: `/dist/${name}` });
  const binaries = ['iam-apiserver', 'iam-authz-server', 'iam-pump'].map(binary);
  const input = stageInput({ input: (one) => ({ ...one, iam: { ...one.iam, binaries } }) });
  const plans = planStagesFor(input, ours(), [], 100);
  t.deepEqual(
    plans.map((plan) => plan.id),
    STAGE_IDS,
  );
  const two = parseRunbook(book(stage('preflight'), stage('virtual-ip')), 'own.yaml', stageNeeds);
  t.deepEqual(two.ok && planStagesFor(input, two.runbook, [], 100).map((plan) => plan.id), [
    'preflight',
    'virtual-ip',
  ]);
  t.deepEqual(
    planStagesFor(input, ours(), ['services'], 100).map((plan) => plan.id),
    ['services'],
  );
});

test('a stage that there is not, twice, or before one that it needs: with its line', (t) => {
  t.deepEqual(brief(book(stage('first'), stage('second'), stage('third'))), []);
  t.deepEqual(problemsOf(book(stage('first'), stage('secnd'))), [
    [7, 'unknown-runbook-stage', { found: 'secnd', known: 'first, second, third' }],
  ]);
  t.deepEqual(brief(book(stage('toString'.toLowerCase()), stage('first'))), [
    '4 unknown-runbook-stage',
  ]);
  t.deepEqual(brief(book(stage('constructor'))), ['4 unknown-runbook-stage']);
  t.deepEqual(brief(book(stage('first'), stage('first'))), ['7 runbook-stage-twice']);
  t.deepEqual(problemsOf(book(stage('third'), stage('first'), stage('second'))), [
    [4, 'runbook-stage-too-early', { stage: 'third', needs: 'first, second' }],
  ]);
  t.deepEqual(brief(book(stage('first', 'later: true'), stage('second'))), [
    '6 runbook-stage-too-early',
  ]);
});

test('what is not a runbook, or misspelt, is told with its line', (t) => {
  t.deepEqual(brief('- a\n'), ['1 not-a-runbook']);
  t.deepEqual(brief('{ a: [ }\n')[0]?.split(' ')[1], 'yaml-syntax');
  t.deepEqual(brief(book(stage('first')).replace('version: 1', 'version: 2')), [
    '1 unknown-runbook-version',
  ]);
  t.deepEqual(brief(book(stage('first').replace('why:', 'wy:'))), ['6 unknown-key']);
  t.deepEqual(brief(book(stage('first').replace('ours', 'yours'))), ['6 unknown-choice']);
  t.deepEqual(brief(book(stage('first').replace(', zh: 甲', ''))), ['5 missing-field']);
  t.deepEqual(brief(book(stage('first').replace('甲', '12'))), ['5 expected-text']);
  t.deepEqual(brief(book(stage('first', `${PROSE}\n    departures: none`))), ['7 expected-list']);
  t.deepEqual(brief(book(stage('first', 'later: yes please'))), ['5 expected-true']);
  t.deepEqual(brief(book(stage('First'))), ['4 invalid-stage-name']);
  t.deepEqual(
    brief(book(stage('first', `${PROSE}\n    lecture: { part: { en: P, zh: 章 }, lines: 12-20 }`))),
    ['7 invalid-line-range'],
  );
  t.deepEqual(brief('version: 1\nid: my-own\nstages: []\n'), ['3 expected-list']);
});
