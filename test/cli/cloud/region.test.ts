import test from 'ava';
import { regionFor } from '../../../source/cli/cloud/region.ts';
import { type NodeName, OperatorError } from '../../../source/model/index.ts';
import { changed, clusterOf, SHORT } from '../../cluster/_examples.ts';

const cluster = (cloud: string) => clusterOf(changed(SHORT, 'iam:', `cloud: { ${cloud} }\niam:`));
const found = cluster('provider: tencent');
const written = cluster('provider: tencent, region: ap-shanghai');
const node = (name: string, region?: string) => ({
  node: name as NodeName,
  ...(region && { cloud: { instance: 'ins-0000abcd', region } }),
});

const there = [node('iam-1', 'ap-guangzhou'), node('iam-2', 'ap-guangzhou')];
const silent = [node('iam-1'), node('iam-2')];

test('as the cluster file says, else the machines, else the place of the keys', (t) => {
  t.is(regionFor(written, silent, 'ap-beijing'), 'ap-shanghai');
  t.is(regionFor(found, there, 'ap-beijing'), 'ap-guangzhou');
  t.is(regionFor(found, silent, 'ap-beijing'), 'ap-beijing');
});

test('where nobody says it, it is asked for by its name', (t) => {
  const error = t.throws(() => regionFor(found, silent, undefined), { instanceOf: OperatorError });
  t.like(error?.problems[0], { code: 'cd-region-missing', field: 'cloud.region' });
});

for (const [what, run] of [
  ['the file says another one', () => regionFor(written, there, undefined)],
  [
    'the machines are in two',
    () => regionFor(found, [node('iam-1', 'ap-guangzhou'), node('iam-2', 'ap-beijing')], undefined),
  ],
] as const) {
  test(`a machine that is elsewhere is named: ${what}`, (t) => {
    const error = t.throws(run, { instanceOf: OperatorError });
    t.is(error?.problems[0].code, 'cd-region-other');
    t.truthy(error?.problems[0].node);
  });
}
