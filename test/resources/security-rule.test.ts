import test from 'ava';
import type { CloudSeen, SecurityRule } from '../../source/model/index.ts';
import { ruleDescription, securityRule } from '../../source/resources/security-rule.ts';

const session = { id: '0123456789ab', cluster: 'iam-prod' };
const RULE = {
  direction: 'in',
  protocol: 'tcp',
  ports: '80',
  peer: '0.0.0.0/0',
  peerGroup: null,
} as const;
const DESCRIPTION = 'iamha 0123456789ab clients';
const OURS: SecurityRule = { ...RULE, verdict: 'accept', description: DESCRIPTION };
const THEIRS: SecurityRule = { ...OURS, description: 'web' };
const DROP: SecurityRule = { ...OURS, verdict: 'drop', description: '' };

function seen(rules: readonly SecurityRule[] | null): CloudSeen {
  const securityGroups = rules ? [{ id: 'sg-1', name: 'web', rules }] : [];
  return { haVips: [], publicAddresses: [], securityGroups };
}

const resource = securityRule({ session, group: 'sg-1', what: 'clients', rule: RULE });

test('a rule is added on top, found, put back on top, or left to whoever made it', (t) => {
  const cases: readonly (readonly [readonly SecurityRule[] | null, string])[] = [
    [[], 'add-security-rule'],
    [[DROP], 'add-security-rule'],
    [[THEIRS], 'theirs security-rule-there'],
    [[{ ...THEIRS, protocol: 'all', ports: 'all' }, DROP], 'theirs security-rule-there'],
    [[OURS, DROP], 'ours security-rule-ours'],
    [[DROP, OURS], 'remove-security-rule,add-security-rule'],
    [[DROP, THEIRS], 'security-rule-hidden'],
    [[DROP, { ...THEIRS, ports: '80,443' }], 'add-security-rule'],
    [null, 'security-group-unseen'],
  ];
  for (const [rules, expected] of cases) {
    const planned = resource.plan(seen(rules), {});
    let word = '';
    if (planned.kind === 'change') word = planned.actions.map(({ kind }) => kind).join(',');
    if (planned.kind === 'refused') word = planned.problem.code;
    if (planned.kind === 'settled') {
      word = `${planned.owned ? 'ours' : 'theirs'} ${planned.reason.code}`;
    }
    t.is(word, expected, JSON.stringify(rules));
  }
});

test('what is added says whose it is, and is taken back by that', (t) => {
  t.is(resource.id, 'security-rule:sg-1/clients');
  t.deepEqual(resource.looks, [{ kind: 'security-groups', ids: ['sg-1'] }]);
  t.is(ruleDescription(session, 'clients'), DESCRIPTION);
  const removal = {
    kind: 'remove-security-rule',
    group: 'sg-1',
    direction: 'in',
    description: DESCRIPTION,
  } as const;
  t.deepEqual(resource.plan(seen([]), {}), {
    kind: 'change',
    summary: {
      code: 'security-rule-add-in',
      params: { group: 'sg-1', what: 'TCP 80', peer: '0.0.0.0/0' },
    },
    owned: true,
    actions: [{ kind: 'add-security-rule', group: 'sg-1', rule: OURS }],
    undo: [removal],
  });
  const vrrp = securityRule({
    session,
    group: 'sg-1',
    what: 'vrrp',
    rule: {
      ...RULE,
      direction: 'out',
      protocol: 'all',
      ports: 'all',
      peer: null,
      peerGroup: 'sg-1',
    },
  });
  t.like(vrrp.plan(seen([]), {}), {
    summary: { code: 'security-rule-add-out', params: { peer: 'sg-1', what: 'ALL' } },
    undo: [{ direction: 'out' }],
  });
});
