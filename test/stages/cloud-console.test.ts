import test from 'ava';
import type { NodeFacts } from '../../source/model/index.ts';
import { publicAccess } from '../../source/stages/public-access.ts';
import { virtualIp } from '../../source/stages/virtual-ip.ts';
import { EIP } from './_cloud-input.ts';
import { stageInput } from './_proxy-input.ts';

const HAN = /\p{Script=Han}/u;

/** Without an API key: the clicks, and what is measured after them. */
function console_(more = '', facts?: (facts: NodeFacts) => NodeFacts) {
  const provider = `{ provider: console${more === '' ? '' : `, ${more}`} }`;
  return stageInput({
    yaml: (text) => text.replace('{ provider: none }', provider),
    ...(facts && { facts }),
  });
}

test('the clicks of the HAVIP, with the values of this cluster, in both languages', (t) => {
  const cloud = { instance: 'ins-00000001', region: 'ap-guangzhou' };
  const { byHand, resources, checks } = virtualIp(console_('', (one) => ({ ...one, cloud })));
  t.deepEqual(resources, []);
  t.is(byHand?.step, 'virtual-ip');
  for (const language of ['en', 'zh'] as const) {
    const text = byHand?.text[language] ?? '';
    for (const value of ['10.0.4.99', '10.0.4.0/24', 'iam-1 10.0.4.20, iam-2 10.0.4.21']) {
      t.true(text.includes(value), `${language}: ${value}`);
    }
    t.regex(text, /ap-guangzhou[\s\S]*申请/);
    t.regex(byHand?.undo?.[language] ?? '', /10\.0\.4\.99[\s\S]*删除/);
    t.notRegex(byHand?.undo?.[language] ?? '', /\n/);
    t.notRegex(`${byHand?.title[language]}${text}`, /\{\{|\?\?/);
  }
  t.notRegex(byHand?.title.en ?? '', HAN);
  t.regex(byHand?.title.zh ?? '', HAN);
  // that nobody else has the address is seen before keepalived, and is no wonder while it is not done
  t.true(checks[0]?.explainedBy?.includes('by-hand/virtual-ip'));
});

test('where no machine says its region, it is still theirs', (t) => {
  const { byHand } = virtualIp(console_());
  t.regex(byHand?.text.en ?? '', /region: the nodes' own/);
  t.regex(byHand?.text.zh ?? '', /节点所在地域/);
});

test('a public address that is still to be bought: its place in the file is told, nothing is measured', (t) => {
  const { byHand, checks, resources, cloud } = publicAccess(console_('eip: { bandwidth: 7 }'));
  t.deepEqual([resources, cloud], [[], undefined]);
  t.regex(byHand?.text.en ?? '', /7 Mbit\/s[\s\S]*0\.2 yuan[\s\S]*eip: \{ existing: ADDRESS \}/);
  t.regex(byHand?.undo?.zh ?? '', /解绑[\s\S]*释放[\s\S]*0\.2/);
  t.deepEqual(
    checks.map(({ id }) => id),
    ['public-password', 'public-clear-text'],
  );
});

test('one that is known is bound, and asked from outside', (t) => {
  const { byHand, checks } = publicAccess(console_(`eip: { existing: ${EIP} }`));
  t.regex(byHand?.text.en ?? '', new RegExp(`choose ${EIP}`));
  t.regex(byHand?.undo?.en ?? '', /yours and stays/);
  const health = checks.find(({ id }) => id === 'public-health/api');
  const [asks] = health?.measurements ?? [];
  t.like(asks?.kind === 'dialogue' ? asks.next([]) : undefined, { address: EIP });
});

test('a password that everybody can read is a failure there', (t) => {
  const check = publicAccess(console_()).checks.find(({ id }) => id === 'public-password');
  const state = (word: string) =>
    check?.judge([{ kind: 'exited', exitCode: 0, stdout: `admin ${word}\n`, stderr: '' }]).state;
  t.is(state('published'), 'failed');
  t.is(state('wanted'), 'passed');
  t.is(state('other'), 'passed');
  t.is(state('away'), 'unknown');
});
