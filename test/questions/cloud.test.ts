import test from 'ava';
import { parseCluster } from '../../source/cluster/index.ts';
import {
  answered,
  answersOf,
  clusterFileOf,
  type Journey,
  next,
  questionFor,
  type SeenKeys,
} from '../../source/questions/index.ts';
import { isKnownCode, LANGUAGES, renderMessage } from '../../source/text/index.ts';
import { NODES, pairOfLab, travel, type World } from './_journeys.ts';

type Facts = (typeof pairOfLab)[number];

const pairWith = (more: Partial<Facts>): readonly Facts[] =>
  pairOfLab.map((one) => ({ ...one, ...more }));

const KEYS: SeenKeys = {
  kind: 'found',
  place: '/home/op/.tccli/default.credential',
  isRole: false,
};
const SAYING = pairWith({ cloud: { instance: 'ins-00000001', region: 'ap-guangzhou' } });
const TENCENT: World = { facts: SAYING, keys: KEYS };

function cloudOf(journey: Journey) {
  const text = clusterFileOf(journey, 'en');
  const parsed = parseCluster(text, '/x/cluster.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.cluster.cloud;
}

/** A way that ends at the review. */
function reviewed(world: World, answers: Parameters<typeof travel>[1] = {}, from?: Journey) {
  const found = travel(world, { ...(from ? {} : NODES), ...answers }, from);
  if (found.step.kind !== 'review') throw new Error(`asks ${found.step.question.id}`);
  return { ...found, step: found.step };
}

const row = ({ step }: ReturnType<typeof reviewed>, id: string) =>
  step.rows.find((one) => one.id === id);
const notes = ({ step }: ReturnType<typeof reviewed>) => step.notes.map(({ code }) => code);

test('no machine says that it is in a cloud: a line of the review, with its reason', (t) => {
  const found = reviewed({});
  t.false(found.asked.includes('cloud'));
  t.like(row(found, 'cloud'), { because: { code: 'init-because-cloud-none' } });
  t.deepEqual(cloudOf(found.journey), { provider: 'none' });
  t.deepEqual(notes(found), []);
});

test('a machine that says which instance it is: Tencent Cloud is offered, and why', (t) => {
  const { step } = travel(TENCENT, { ...NODES, cloud: [] });
  if (step.kind !== 'ask') return t.fail(step.kind);
  t.like(step.question, {
    id: 'cloud',
    kind: 'choice',
    offered: {
      value: 'tencent',
      because: {
        code: 'init-because-cloud-instance',
        params: { node: 'iam-1', instance: 'ins-00000001', region: 'ap-guangzhou' },
      },
    },
  });
  t.is(
    renderMessage(step.question.offered!.because, 'en'),
    'iam-1 says that it is ins-00000001 in ap-guangzhou',
  );
});

test('Tencent Cloud by its API: Enter all the way buys an address and opens nothing', (t) => {
  const found = reviewed(TENCENT);
  const { asked, journey } = found;
  t.deepEqual(asked.slice(asked.indexOf('vip') + 1, asked.indexOf('data')), [
    'cloud',
    'eip',
    'securityGroups',
  ]);
  t.like(row(found, 'bandwidth'), { value: '5', because: { code: 'init-because-bandwidth' } });
  t.deepEqual(cloudOf(journey), {
    provider: 'tencent',
    eip: { kind: 'new', bandwidthMbps: 5 },
    securityGroups: 'leave',
  });
  t.deepEqual(notes(found), []);
  t.is(row(found, 'region'), undefined, 'the machines say it');
});

for (const language of LANGUAGES) {
  test(`what stands above the cloud says what it means: ${language}`, (t) => {
    const byHand = reviewed(TENCENT, { cloud: 'console' });
    for (const { journey } of [reviewed(TENCENT), byHand]) {
      const text = clusterFileOf(journey, language);
      t.true(
        text.split('\n').every((line) => line.length <= 80),
        text,
      );
      const provider = journey.answers.cloud;
      t.regex(text, new RegExp(`# ${provider}[:：][^]*\ncloud: \\{ provider: ${provider}, `));
      t.is(/\p{Script=Han}/u.test(text), language === 'zh');
    }
  });
}

test('an address that one has, and rules that may be added', (t) => {
  const { journey } = reviewed(TENCENT, {
    eip: 'existing',
    eipAddress: '203.0.113.9',
    securityGroups: 'open',
  });
  t.deepEqual(cloudOf(journey), {
    provider: 'tencent',
    eip: { kind: 'existing', address: '203.0.113.9' },
    securityGroups: 'open',
  });
});

test('by the console: no keys are looked for, no groups are asked about', (t) => {
  const found = reviewed(TENCENT, { cloud: 'console' });
  t.is(found.journey.seen.keys, undefined);
  t.false(found.asked.includes('securityGroups'));
  t.deepEqual(cloudOf(found.journey), {
    provider: 'console',
    eip: { kind: 'new', bandwidthMbps: 5 },
  });
});

test('no keys here is told, with where was looked; nothing is stopped by it', (t) => {
  const found = reviewed({ facts: SAYING });
  t.like(found.step.notes[0], { code: 'init-note-keys', params: { places: '~/.tccli' } });
});

test('only its maker says it: the region is asked, and offered where the keys name one', (t) => {
  const facts = pairWith({ vendor: 'Tencent Cloud CVM' });
  const { step } = travel({ facts, keys: KEYS }, { ...NODES });
  if (step.kind !== 'ask') return t.fail(step.kind);
  t.is(step.question.id, 'region');
  t.is(step.question.offered, undefined);
  t.is(step.question.check('Guangzhou')?.code, 'invalid-region');
  t.is(step.question.check('')?.code, 'init-answer-missing');
  t.is(step.question.check('ap-guangzhou'), null);
  const named = reviewed({ facts, keys: { ...KEYS, region: 'ap-nanjing' } });
  t.like(cloudOf(named.journey), { provider: 'tencent', region: 'ap-nanjing' });
  t.is(row(named, 'region')?.value, 'ap-nanjing');
});

test('keepalived alone, where ARP moves nothing: asked, and told', (t) => {
  t.deepEqual(notes(reviewed(TENCENT, { cloud: 'none' })), ['init-note-cloud']);
  const elsewhere = reviewed({ facts: pairWith({ vendor: 'Alibaba Cloud' }) });
  t.true(elsewhere.asked.includes('cloud'));
  t.is(elsewhere.journey.answers.cloud, 'none');
  t.deepEqual(notes(elsewhere), ['init-note-cloud-other']);
});

for (const [id, answer, code] of [
  ['bandwidth', '0', 'invalid-bandwidth'],
  ['bandwidth', '101', 'invalid-bandwidth'],
  ['bandwidth', '5 Mbit', 'invalid-bandwidth'],
  ['eipAddress', '203.0.113', 'invalid-address'],
  ['eipAddress', '', 'init-answer-missing'],
  ['securityGroups', 'close', 'init-not-a-choice'],
  ['cloud', 'aws', 'init-not-a-choice'],
] as const) {
  test(`${id}: "${answer}" is refused on the spot`, (t) => {
    const eip = id === 'eipAddress' ? { eip: 'existing', eipAddress: '203.0.113.9' } : {};
    const { journey } = reviewed(TENCENT, eip);
    t.is(questionFor(journey, id).check(answer)?.code, code);
    t.true(isKnownCode(code));
  });
}

test('in the review another mover is chosen: only what it needs is asked then', (t) => {
  const first = reviewed({ keys: KEYS });
  const changed = reviewed(
    { keys: KEYS },
    { region: 'ap-guangzhou' },
    answered(first.journey, 'cloud', 'tencent'),
  );
  t.deepEqual(changed.asked, ['region', 'eip', 'securityGroups']);
  const back = answered(changed.journey, 'cloud', 'none');
  t.is(next(back).kind, 'review');
  t.deepEqual(cloudOf(back), { provider: 'none' });
});

for (const answers of [
  {},
  { eip: 'existing', eipAddress: '203.0.113.9', securityGroups: 'open' },
  { cloud: 'console', eip: 'existing', eipAddress: '203.0.113.9' },
  { cloud: 'none' },
]) {
  test(`a file that is there is offered: ${JSON.stringify(answers)}`, (t) => {
    const first = reviewed(TENCENT, answers);
    const parsed = parseCluster(clusterFileOf(first.journey, 'en'), '/x');
    if (!parsed.ok) return t.fail(JSON.stringify(parsed.problems));
    const { journey } = travel({ ...TENCENT, before: answersOf(parsed.cluster) });
    t.is(clusterFileOf(journey, 'en'), clusterFileOf(first.journey, 'en'));
  });
}

test('a region that a file names stays, unless the machines say another one', (t) => {
  const before = { cloud: 'tencent', region: 'ap-guangzhou' } as const;
  t.like(cloudOf(reviewed({ ...TENCENT, before }).journey), { region: 'ap-guangzhou' });
  const other = reviewed({ ...TENCENT, before: { ...before, region: 'ap-beijing' } });
  t.false('region' in cloudOf(other.journey));
});
