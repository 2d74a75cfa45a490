import {
  type CloudAction,
  type CloudChange,
  cloudChanges,
  type JournalRecord,
  type SecurityGroupSeen,
  type SecurityRule,
} from '../../model/index.ts';
import { cloudChangesToUndo, outputsOf } from './records.ts';
import type { Ours } from './removals.ts';

/** Whose things these are, as it is written on them. */
export interface CloudOwner {
  /** The session's mark: 12 characters. */
  readonly session: string;
  /** What things are named, where marks were refused. */
  readonly name: string;
}

/**
 * What is a session's own: by its mark, and where there is none by a name that it gives. Of bindings
 * between other people's things those that it made itself, and that are still as it made them.
 */
export function ownedBy(owner: CloudOwner, records: readonly JournalRecord[]): Ours {
  const steps = cloudChanges(records).flatMap(({ intent }) => intent.undo);
  const names = new Set([
    owner.name,
    ...steps.flatMap((step) => (step.kind === 'remove' ? [step.name] : [])),
  ]);
  const bindings = cloudChangesToUndo(records).flatMap(bindingsOf);
  const isOwn = (one: { readonly name: string; readonly session: string | null }) =>
    one.session === owner.session || (one.session === null && names.has(one.name));
  return {
    haVip: isOwn,
    publicAddress: isOwn,
    binding: ({ id, publicAddress }) =>
      bindings.some(({ haVip, address }) => haVip === id && address === publicAddress),
    rule: (group, { direction, description }) =>
      description.includes(owner.session) ||
      steps.some(
        (step) =>
          step.kind === 'remove-security-rule' &&
          step.group === group &&
          step.direction === direction &&
          step.description === description,
      ),
  };
}

type Bind = Extract<CloudAction, { kind: 'bind' }>;

/** One that is known to have failed is not ours, whoever made it since. */
function bindingsOf({ intent, outcome }: CloudChange): readonly Bind[] {
  if (outcome?.state === 'failed') return [];
  return intent.actions.filter((action): action is Bind => action.kind === 'bind');
}

/** The security groups in which the session has, or had, rules. */
export function groupsOf(records: readonly JournalRecord[]): readonly string[] {
  const steps = cloudChanges(records).flatMap(({ intent }) => intent.undo);
  const groups = steps.flatMap((step) =>
    step.kind === 'remove-security-rule' ? [step.group] : [],
  );
  return [...new Set(groups)];
}

/** The rules that are to be taken back, as the journal has them. */
export function groupsRemembered(pending: readonly CloudChange[]): readonly SecurityGroupSeen[] {
  const steps = pending.flatMap(({ intent }) => intent.undo);
  return steps.flatMap((step): readonly SecurityGroupSeen[] => {
    if (step.kind !== 'remove-security-rule') return [];
    const { group, direction, description } = step;
    const any = { protocol: 'other', ports: '', peer: null, peerGroup: null } as const;
    const rule: SecurityRule = { direction, ...any, verdict: 'accept', description };
    return [{ id: group, name: group, rules: [rule] }];
  });
}

/** Ids of what a session uses, its own and what it took as it was. */
export function thingsInUse(records: readonly JournalRecord[]): readonly string[] {
  return Object.values(outputsOf(records)).flatMap(({ id }) => id ?? []);
}
