import {
  type CloudAction,
  type CloudPlanned,
  type CloudResource,
  type CloudSeen,
  type Message,
  message,
  type Params,
  problem,
  type SecurityRule,
} from '../model/index.ts';
import type { CloudSession } from './cloud-names.ts';
import { allows, type Traffic } from './security-allows.ts';

export interface SecurityRuleOptions {
  readonly session: CloudSession;
  /** The group that lacks it. */
  readonly group: string;
  /** What it is for, in a word of small letters and digits: "vrrp-iam-2". Part of its description. */
  readonly what: string;
  readonly rule: Traffic;
}

/** As it is found again: a group's rules have no tags. */
export function ruleDescription({ id }: CloudSession, what: string): string {
  return `iamha ${id} ${what}`;
}

/** Traffic that a security group lets through: because it does anyway, or by a rule of ours on top. */
export function securityRule(options: SecurityRuleOptions): CloudResource {
  const { group, what } = options;
  return {
    id: `security-rule:${group}/${what}`,
    looks: [{ kind: 'security-groups', ids: [group] }],
    plan: (seen) => plan(options, seen),
  };
}

function plan(options: SecurityRuleOptions, { securityGroups }: CloudSeen): CloudPlanned {
  const { session, group, what, rule } = options;
  const found = securityGroups.find(({ id }) => id === group);
  if (!found) return { kind: 'refused', problem: problem('security-group-unseen', { group }) };
  const description = ruleDescription(session, what);
  const same = found.rules.filter((one) => one.direction === rule.direction);
  const own = same.some((one) => one.description === description);
  const params = { group: found.name, ...shown(rule) };
  if (allows(same, rule)) {
    const reason = message(own ? 'security-rule-ours' : 'security-rule-there', params);
    return { kind: 'settled', reason, owned: own, outputs: {} };
  }
  // The cloud takes no rule twice: one of somebody else's that is hidden is for them to move.
  if (same.some((one) => one.description !== description && isSame(one, rule))) {
    return { kind: 'refused', problem: problem('security-rule-hidden', params) };
  }
  return change(options, description, own);
}

function change(
  { group, rule }: SecurityRuleOptions,
  description: string,
  own: boolean,
): CloudPlanned {
  const { direction } = rule;
  const removal = { kind: 'remove-security-rule', group, direction, description } as const;
  const { protocol, ports, peer, peerGroup } = rule;
  const accepted: SecurityRule = {
    direction,
    protocol,
    ports,
    peer,
    peerGroup,
    verdict: 'accept',
    description,
  };
  const add: CloudAction = { kind: 'add-security-rule', group, rule: accepted };
  return {
    kind: 'change',
    summary: summaryOf(direction, { group, ...shown(rule) }),
    owned: true,
    // One of ours that something was put on top of is put on top again.
    actions: own ? [removal, add] : [add],
    undo: [removal],
  };
}

function summaryOf(direction: 'in' | 'out', params: Params): Message {
  return direction === 'in'
    ? message('security-rule-add-in', params)
    : message('security-rule-add-out', params);
}

function isSame(one: SecurityRule, rule: Traffic): boolean {
  return (
    one.verdict === 'accept' &&
    one.protocol === rule.protocol &&
    one.ports === rule.ports &&
    one.peer === rule.peer &&
    one.peerGroup === rule.peerGroup
  );
}

const shown = ({ protocol, ports, peer, peerGroup }: Traffic) => ({
  what: protocol === 'all' ? 'ALL' : `${protocol.toUpperCase()} ${ports}`,
  peer: peerGroup ?? peer ?? '',
});
