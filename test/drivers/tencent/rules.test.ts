import test, { type ExecutionContext } from 'ava';
import { tencentPort } from '../../../source/drivers/tencent/index.ts';
import type { CloudAction, SecurityRule } from '../../../source/model/index.ts';
import { securityRule } from '../../../source/resources/security-rule.ts';
import { startCloud } from '../../lab-room/cloud/_cloud.ts';
import { drive, virtualClock } from './_driver.ts';

const GROUP = 'sg-lab00001';
const RULE = {
  direction: 'in',
  protocol: 'tcp',
  ports: '80',
  peer: '0.0.0.0/0',
  peerGroup: null,
  verdict: 'accept',
  description: 'iamha 0123456789ab clients',
} as const satisfies SecurityRule;
const VRRP: SecurityRule = {
  ...RULE,
  direction: 'out',
  protocol: 'all',
  ports: 'all',
  peer: '10.0.4.21/32',
  description: 'iamha 0123456789ab vrrp',
};
const { direction, description } = RULE;
const ADD: CloudAction = { kind: 'add-security-rule', group: GROUP, rule: RULE };
const REMOVE: CloudAction = { kind: 'remove-security-rule', group: GROUP, direction, description };

/** Only where an answer never comes is it waited for in real time. */
async function world(t: ExecutionContext, changeMs = 20_000) {
  const standIn = await startCloud(t);
  const cloud = drive(t, standIn, { timeoutMs: { read: 20_000, change: changeMs } });
  const port = tencentPort(cloud);
  const rules = async () => {
    const seen = await port.look([{ kind: 'security-groups', ids: [GROUP] }]);
    if ('problem' in seen) throw new Error(seen.problem.code);
    return seen.securityGroups[0]!.rules;
  };
  return { standIn, standing: standIn.standing, cloud, port, rules };
}

test('a rule goes on top, once, and is taken away, once', async (t) => {
  const { port, rules, standing } = await world(t);
  const before = await rules();
  t.is(before.length, 2, 'everything, in and out');
  const added = await port.perform(ADD);
  const made = standing.log.find(({ action }) => action === 'CreateSecurityGroupPolicies');
  t.like(added, { kind: 'done', isNew: true, requestId: made?.requestId });
  t.deepEqual(await rules(), [RULE, ...before]);
  t.like(await port.perform(ADD), { kind: 'done', isNew: false });
  t.like(await port.perform({ ...ADD, rule: VRRP }), { kind: 'done', isNew: true });
  t.deepEqual((await rules())[2], VRRP);
  t.is(standing.bill().openRules, 2);
  t.like(await port.perform(REMOVE), { kind: 'done', isNew: true });
  t.like(await port.perform(REMOVE), { kind: 'done', isNew: false });
  const out = { ...REMOVE, direction: 'out', description: VRRP.description } as const;
  t.like(await port.perform(out), { kind: 'done', isNew: true });
  t.deepEqual(await rules(), before);
  t.is(standing.bill().openRules, 0);
  const changes = standing.log.filter(({ action }) => !action.startsWith('Describe'));
  t.is(changes.length, 4);
  for (const { body } of changes) t.regex(JSON.stringify(body), /"Version":"\d+"/);
});

test('whatever becomes of an answer: one rule, and then none', async (t) => {
  const kinds = ['drop-before', 'drop-after', 'hang-before', 'hang-after', 'html'] as const;
  for (const kind of kinds) {
    const { port, rules, standing } = await world(t, kind.startsWith('hang') ? 700 : undefined);
    standing.faults.add({ action: 'CreateSecurityGroupPolicies', kind });
    standing.faults.add({ action: 'DeleteSecurityGroupPolicies', kind });
    t.like(await port.perform(ADD), { kind: 'done' }, kind);
    t.is((await rules()).filter((one) => one.description === description).length, 1, kind);
    t.like(await port.perform(REMOVE), { kind: 'done' }, kind);
    t.is((await rules()).length, 2, kind);
  }
});

test('a look that lags behind does nothing twice, and does not believe a rule gone', async (t) => {
  const { port, rules, standing } = await world(t);
  const stale = { action: 'DescribeSecurityGroupPolicies', kind: 'stale-read' } as const;
  standing.faults.add({ ...stale, ms: 60_000, skip: 1, times: 2 });
  t.like(await port.perform(ADD), { kind: 'done' });
  t.is((await rules()).length, 3);
  standing.faults.add({ ...stale, ms: 600_000 });
  t.like(await port.perform(REMOVE), { kind: 'done', isNew: true });
  t.is((await rules()).length, 2);
});

test('what somebody else changes meanwhile is looked at first', async (t) => {
  const { standIn, port, rules, standing } = await world(t);
  const patient = virtualClock(standIn);
  standing.faults.add({
    action: 'CreateSecurityGroupPolicies',
    kind: 'error',
    code: 'UnsupportedOperation.VersionMismatch',
  });
  t.like(await port.perform(ADD), { kind: 'done', isNew: true });
  t.is((await rules()).length, 3);
  standing.faults.add({
    action: 'DeleteSecurityGroupPolicies',
    kind: 'error',
    code: 'UnsupportedOperation.VersionMismatch',
    times: 99,
  });
  const hopeless = tencentPort(drive(t, standIn, { clock: patient }));
  t.like(await hopeless.perform(REMOVE), {
    kind: 'unknown',
    problem: { code: 'cloud-not-seen', params: { action: 'DeleteSecurityGroupPolicies' } },
  });
  t.is(patient.waits.length, 9);
});

test('a cloud that wants no port for everything is asked without one', async (t) => {
  const { port, rules, standing } = await world(t);
  standing.faults.add({
    action: 'CreateSecurityGroupPolicies',
    kind: 'error',
    code: 'InvalidParameterValue',
    when: { 'SecurityGroupPolicySet.Egress.0.Port': 'all' },
  });
  t.like(await port.perform({ ...ADD, rule: VRRP }), { kind: 'done', isNew: true });
  t.deepEqual((await rules())[1], VRRP);
  const code = 'InvalidParameterValue';
  standing.faults.add({ action: 'CreateSecurityGroupPolicies', kind: 'error', code });
  t.like(await port.perform(ADD), { kind: 'failed', problem: { params: { code } } });
});

test('a group that is gone has no rule of ours; a full one and a denied one are told', async (t) => {
  const { port, standing } = await world(t);
  t.like(await port.perform({ ...REMOVE, group: 'sg-gone' }), { kind: 'done', isNew: false });
  t.like(await port.perform({ ...ADD, group: 'sg-gone' }), { kind: 'failed' });
  for (const [code, expected] of [
    ['LimitExceeded.SecurityGroupPolicySet', 'cloud-rules-full'],
    ['UnauthorizedOperation', 'cloud-not-allowed'],
    ['UnsupportedOperation.BpaasResources', 'cloud-approval-needed'],
    ['InvalidParameterValue.MemberApprovalApplicationStarted', 'cloud-approval-needed'],
  ] as const) {
    standing.faults.add({ action: 'CreateSecurityGroupPolicies', kind: 'error', code });
    t.like(await port.perform(ADD), { kind: 'failed', problem: { code: expected } });
  }
});

test('the resource settles by what it has added, and its undo leaves nothing', async (t) => {
  const { standIn, port, rules } = await world(t);
  const closed = { Protocol: 'ALL', Port: 'all', CidrBlock: '0.0.0.0/0', Action: 'DROP' };
  standIn.standing.context.state.securityGroups[GROUP] = {
    version: 7,
    ingress: [closed],
    egress: [],
  };
  const session = { id: '0123456789ab', cluster: 'lab' };
  const resource = securityRule({ session, group: GROUP, what: 'clients', rule: RULE });
  const plan = async () => {
    const seen = await port.look(resource.looks);
    return 'problem' in seen ? undefined : resource.plan(seen, {});
  };
  const planned = await plan();
  if (planned?.kind !== 'change') throw new Error(JSON.stringify(planned));
  for (const action of planned.actions) t.is((await port.perform(action)).kind, 'done');
  t.like(await plan(), { kind: 'settled', owned: true });
  for (const undo of planned.undo) {
    if (undo.kind === 'remove-security-rule') t.is((await port.perform(undo)).kind, 'done');
  }
  t.is((await rules()).length, 1);
});
