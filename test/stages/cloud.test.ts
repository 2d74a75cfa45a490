import test from 'ava';
import type { CloudFacts, StagePlan } from '../../source/model/index.ts';
import { planStagesFor, stageNeeds } from '../../source/stages/index.ts';
import { preflight } from '../../source/stages/preflight.ts';
import { publicAccess } from '../../source/stages/public-access.ts';
import { parseRunbook, type Runbook } from '../../source/stages/runbook.ts';
import type { StageInput } from '../../source/stages/stage-input.ts';
import { virtualIp } from '../../source/stages/virtual-ip.ts';
import { renderProblem } from '../../source/text/index.ts';
import {
  cloudFacts,
  cloudInput,
  EIP,
  haVipSeen,
  instance,
  rule,
  SESSION,
  withRules,
} from './_cloud-input.ts';
import { stageInput } from './_proxy-input.ts';

const NONE = { haVips: [], publicAddresses: [], securityGroups: [] };
const ids = (plan: Pick<StagePlan, 'cloud'>) => (plan.cloud ?? []).map(({ id }) => id);
const checkIds = ({ checks }: StagePlan) => checks.map(({ id }) => id);

test('the HAVIP: every front end may hold it, in the subnet of the nodes', (t) => {
  const [haVip, ...others] = virtualIp(cloudInput()).cloud ?? [];
  t.deepEqual(others, []);
  t.is(haVip?.id, 'ha-vip:10.0.4.99');
  const planned = haVip?.plan(NONE, {});
  t.like(planned, { kind: 'change', owned: true });
  t.like(planned?.kind === 'change' ? planned.actions[0] : undefined, {
    kind: 'make-ha-vip',
    network: 'vpc-1',
    subnet: 'subnet-1',
    address: '10.0.4.99',
    mayHold: ['ins-iam-1', 'ins-iam-2'],
    marks: { session: SESSION.id, cluster: 'iam-test' },
  });
});

test('a HAVIP of somebody else is taken only on a word', (t) => {
  const foreign = haVipSeen({ session: null, name: 'theirs', holder: null });
  const planned = (adopt: boolean) => {
    const input = cloudInput({ input: (one) => ({ ...one, consents: { adopt, overwrite: [] } }) });
    return virtualIp(input)
      .cloud?.at(-1)
      ?.plan({ ...NONE, haVips: [foreign] }, {});
  };
  t.like(planned(false), { kind: 'refused', problem: { code: 'ha-vip-foreign' } });
  t.like(planned(true), { kind: 'settled', owned: false });
});

test('public access: the guard first, then the address, then its binding', (t) => {
  const plan = publicAccess(cloudInput());
  t.deepEqual(
    plan.resources.map(({ id }) => id),
    ['published-password'],
  );
  t.deepEqual(ids(plan), ['eip:iam-test', 'eip-binding:ha-vip:10.0.4.99']);
  t.deepEqual(checkIds(plan), [
    'public-health/api',
    'public-health/authz',
    'public-address-idle',
    'public-clear-text',
  ]);
  const existing = publicAccess(cloudInput({ more: `eip: { existing: ${EIP} }` }));
  t.deepEqual(ids(existing), [`eip:${EIP}`, 'eip-binding:ha-vip:10.0.4.99']);
});

test('the bandwidth that is bought: as said, the least, or none for an account of the old kind', (t) => {
  const bandwidth = (more: string, facts?: CloudFacts) => {
    const [eip] = publicAccess(cloudInput({ more, ...(facts && { cloud: facts }) })).cloud ?? [];
    const outputs = { 'ha-vip:10.0.4.99': { id: 'havip-1' } };
    const planned = eip?.plan({ ...NONE, haVips: [haVipSeen()] }, outputs);
    const action = planned?.kind === 'change' ? planned.actions[0] : undefined;
    return action?.kind === 'make-public-address' ? (action.bandwidth ?? null) : undefined;
  };
  t.is(bandwidth(''), 1);
  t.is(bandwidth('eip: { bandwidth: 5 }'), 5);
  const account = { id: '1', caller: 'a', kind: 'legacy' } as const;
  t.is(bandwidth('eip: { bandwidth: 5 }', cloudFacts({ account })), null);
});

test('without a cloud there is no public access, and nothing of the VIP is made', (t) => {
  const plan = publicAccess(stageInput());
  t.deepEqual([plan.resources, plan.checks, plan.cloud, plan.problems], [[], [], undefined, []]);
  t.is(virtualIp(stageInput()).cloud, undefined);
  t.is(virtualIp(stageInput()).byHand, undefined);
});

/** What the cloud's facts forbid, as preflight tells it. */
const FORBIDDEN: Readonly<Record<string, readonly [Partial<CloudFacts>, readonly string[]]>> = {
  nothing: [{}, []],
  'a machine that the account has not': [
    { instances: [instance('iam-1')] },
    ['cloud-instance-missing iam-2'],
  ],
  'a machine that does not run': [
    { instances: [instance('iam-1', { state: 'STOPPED' }), instance('iam-2')] },
    ['cloud-instance-not-running iam-1'],
  ],
  'another subnet': [
    { instances: [instance('iam-1'), instance('iam-2', { subnet: 'subnet-2' })] },
    ['cloud-not-one-subnet iam-2'],
  ],
  'another network': [
    { instances: [instance('iam-1'), instance('iam-2', { network: 'vpc-2' })] },
    ['cloud-not-one-subnet iam-2'],
  ],
  'a subnet in which the VIP is not': [
    { subnet: { id: 's', network: 'vpc-1', cidr: '10.0.4.0/26', networkAcl: null } },
    ['cloud-vip-outside-subnet -'],
  ],
  'the address of the router': [
    { subnet: { id: 's', network: 'vpc-1', cidr: '10.0.4.98/31', networkAcl: null } },
    ['cloud-vip-outside-subnet -'],
  ],
  'somebody who has the VIP': [{ vipUser: { kind: 'CVM', id: 'ins-9' } }, ['cloud-vip-taken -']],
  'a HAVIP that has the VIP': [{ vipUser: { kind: 'HAVIP', id: 'havip-1' } }, []],
};

for (const [name, [facts, expected]] of Object.entries(FORBIDDEN)) {
  test(`preflight in a cloud: ${name}`, (t) => {
    const { problems } = preflight(cloudInput({ cloud: cloudFacts(facts) }));
    t.deepEqual(
      problems.map(({ code, node }) => `${code} ${node ?? '-'}`),
      expected,
    );
    for (const one of problems) {
      const { title, cause, nextSteps } = renderProblem(one, 'zh');
      for (const text of [title, cause, ...nextSteps]) t.notRegex(text, /\?|\{[a-z]/);
    }
  });
}

test('that the VIP is outside is told once, where the nodes see it, too', (t) => {
  const input = cloudInput({ yaml: (text) => text.replace('10.0.4.99', '10.0.5.99') });
  t.deepEqual(
    preflight(input).problems.map(({ code }) => code),
    ['vip-outside-subnet'],
  );
});

test('preflight asks what the cloud says, and only there', (t) => {
  const asked = checkIds(preflight(cloudInput())).filter((id) => id.startsWith('cloud'));
  t.deepEqual(asked, [
    'cloud-account',
    'cloud-apart',
    'cloud-vip',
    'cloud-room',
    'cloud-balance',
    'cloud-price',
    'cloud-peers',
    'cloud-clients',
    'cloud-network-acl',
  ]);
  const without = checkIds(preflight(stageInput())).filter((id) => id.startsWith('cloud'));
  t.deepEqual(without, ['cloud']);
});

/** Peers by the group itself, clients from one place only. */
const NARROW = [
  rule({ peer: null, peerGroup: 'sg-1' }),
  rule({ protocol: 'tcp', ports: '80', peer: '192.0.2.0/24' }),
  rule({ direction: 'out' }),
];

test('what is closed: clients from everywhere are let in by no narrower rule', (t) => {
  const verdicts = (facts: CloudFacts, more = '') =>
    preflight(cloudInput({ cloud: facts, more })).checks.flatMap(({ id, judge }) =>
      id === 'cloud-peers' || id === 'cloud-clients' ? [judge([]).reason.code] : [],
    );
  t.deepEqual(verdicts(cloudFacts()), ['cloud-peers-admitted', 'cloud-clients-admitted']);
  t.deepEqual(verdicts(withRules(...NARROW)), ['cloud-peers-admitted', 'cloud-clients-closed']);
  t.deepEqual(verdicts(withRules()), ['cloud-peers-shut-in', 'cloud-clients-closed']);
  const open = 'securityGroups: open';
  t.deepEqual(verdicts(withRules(), open), ['cloud-rules-to-come', 'cloud-rules-to-come']);
});

test('rules are made only where the file says so, each once for a group, never wider than asked', (t) => {
  const planned = (facts: CloudFacts, more: string) =>
    ids(virtualIp(cloudInput({ cloud: facts, more })));
  t.deepEqual(planned(withRules(), ''), ['ha-vip:10.0.4.99']);
  t.deepEqual(planned(withRules(...NARROW), 'securityGroups: open'), [
    'security-rule:sg-1/tcp-80-in',
    'ha-vip:10.0.4.99',
  ]);
  // ours from an earlier run: it stays a part of the plan
  const own = rule({
    protocol: 'tcp',
    ports: '80',
    description: `iamha ${SESSION.id} tcp-80-in`,
  });
  t.deepEqual(planned(withRules(own, ...NARROW), 'securityGroups: open').length, 2);
  t.deepEqual(planned(cloudFacts(), 'securityGroups: open'), ['ha-vip:10.0.4.99']);
});

const PROSE = 'title: { en: A, zh: 甲 }\n    why: { words: ours, en: Because., zh: 因为。 }';

function runbook(...stages: readonly string[]): Runbook {
  const list = stages.map((id) => `  - id: ${id}\n    ${PROSE}\n`).join('');
  const parsed = parseRunbook(`version: 1\nid: own\nstages:\n${list}`, 'own.yaml', stageNeeds);
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.runbook;
}

const plan = (input: StageInput, ...stages: readonly string[]) =>
  planStagesFor(input, runbook(...stages), [], 100);

test('the nodes reach each other from the first stage on that changes anything', (t) => {
  const input = cloudInput({ cloud: withRules(), more: 'securityGroups: open' });
  const [first, database, virtual] = plan(input, 'preflight', 'database', 'virtual-ip');
  t.deepEqual(ids(first!), []);
  t.deepEqual(ids(database!), [
    'security-rule:sg-1/all-out-iam-2',
    'security-rule:sg-1/all-in-iam-1',
    'security-rule:sg-1/all-out-iam-1',
    'security-rule:sg-1/all-in-iam-2',
  ]);
  t.deepEqual(ids(virtual!), ['security-rule:sg-1/tcp-80-in', 'ha-vip:10.0.4.99']);
});

test('what forbids several stages is told by the first one that is planned', (t) => {
  const input = cloudInput({ cloud: cloudFacts({ instances: [instance('iam-1')] }) });
  const told = (...stages: readonly string[]) =>
    planStagesFor(input, runbook('preflight', 'virtual-ip'), stages, 100).map(
      ({ id, problems, cloud }) => [id, problems.length, cloud?.length ?? 0],
    );
  t.deepEqual(told(), [
    ['preflight', 1, 0],
    ['virtual-ip', 0, 0],
  ]);
  t.deepEqual(told('virtual-ip'), [['virtual-ip', 1, 0]]);
});

test('what keeps nodes apart is no reason to stop where it is going to be opened', (t) => {
  const silent = { kind: 'exited', exitCode: 0, stdout: 'silent 10.0.4.21 timed\n', stderr: '' };
  const state = (more: string) => {
    const input = cloudInput({ cloud: withRules(), more });
    const check = preflight(input).checks.find(({ id }) => id === 'peer-reachable/iam-1');
    return check?.judge([silent as never]).reason.code;
  };
  t.is(state(''), 'peer-unreachable');
  t.is(state('securityGroups: open'), 'peer-not-admitted-yet');
});
