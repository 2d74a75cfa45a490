import test from 'ava';
import { noteChosen, placeProblem } from '../../../source/cli/cloud/place.ts';
import type {
  CloudFacts,
  JournalBody,
  JournalPort,
  JournalRecord,
} from '../../../source/model/index.ts';
import { chosen, made } from './_cloud-cli.ts';

const facts = (more: { account?: string; region?: string; network?: string } = {}) =>
  ({
    provider: 'tencent',
    region: more.region ?? 'ap-guangzhou',
    account: { id: more.account ?? '100000000001', caller: 'op', kind: 'standard' },
    subnet: { id: 's', network: more.network ?? 'vpc-lab00001', cidr: '10.0.4.0/24' },
  }) as unknown as CloudFacts;

const recordsOf = (...bodies: readonly JournalBody[]) =>
  bodies.map((body, n) => ({ ...body, n: n + 1, at: '', hash: '' })) as JournalRecord[];

for (const more of [{ region: 'ap-beijing' }, { account: '2' }, { network: 'vpc-2' }]) {
  test(`what was made stays where it is: ${JSON.stringify(more)}`, (t) => {
    const found = placeProblem(facts(more), recordsOf(chosen, made('c', 'eip:x')));
    t.is(found?.code, 'cd-place-other');
    t.is(found?.params?.now, Object.values(more)[0]);
    const undone = {
      type: 'cloud-undone',
      change: 'c',
      left: [],
      kept: [],
      requestId: '',
    } as const;
    // given back, and nothing is bound to the old place any more
    t.is(placeProblem(facts(more), recordsOf(chosen, made('c', 'eip:x'), undone)), undefined);
  });
}

test('nothing is said where it is the same, or where nothing was made', (t) => {
  t.is(placeProblem(facts(), recordsOf(chosen, made('c', 'eip:x'))), undefined);
  t.is(placeProblem(facts({ account: '2' }), recordsOf(chosen)), undefined);
  t.is(placeProblem(facts(), []), undefined);
});

test('the place is written down once, and again when it is another', async (t) => {
  const all: JournalRecord[] = [];
  const journal: JournalPort = {
    records: () => all,
    append: async (bodies) => void all.push(...recordsOf(...bodies)),
  };
  await noteChosen(facts(), journal);
  await noteChosen(facts(), journal);
  t.is(all.length, 1);
  await noteChosen(facts({ network: 'vpc-2' }), journal);
  t.is(all.length, 2);
});
