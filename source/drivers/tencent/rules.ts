import type {
  SecurityGroupPolicy,
  SecurityGroupPolicySet,
} from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.js';
import type { CloudAction, SecurityRule } from '../../model/index.ts';
import { begun, type Done } from './change.ts';
import type { Cloud } from './cloud.ts';
import { type CallIds, type CloudFailure, idsOf } from './result.ts';

type Removal = CloudAction & { readonly kind: 'remove-security-rule' };
type Asked = 'CreateSecurityGroupPolicies' | 'DeleteSecurityGroupPolicies';

/** What is to be asked of the group as it is now; undefined: it is as it should be. */
type Next = (set: SecurityGroupPolicySet) => SecurityGroupPolicySet | undefined;

const TRIES = 10;
const AGAIN_MS = 1000;

/** Puts the rule on top of its group, unless one of its description is there. */
export async function addRule(
  cloud: Cloud,
  group: string,
  rule: SecurityRule,
): Promise<Done<undefined>> {
  const { direction, description } = rule;
  const add = (policy: SecurityGroupPolicy) => (set: SecurityGroupPolicySet) =>
    indexesOf(set, direction, description).length > 0
      ? undefined
      : changeOf(set, direction, [policy]);
  const policy = policyOf(rule);
  const added = await settle(cloud, group, 'CreateSecurityGroupPolicies', add(policy));
  // Tencent's own documents disagree on whether a rule for everything names its ports.
  if (rule.protocol === 'tcp' || rule.protocol === 'udp' || !isBadParameter(added)) return added;
  const { Port: _, ...portless } = policy;
  return settle(cloud, group, 'CreateSecurityGroupPolicies', add(portless));
}

const isBadParameter = (done: Done<undefined>) =>
  done.kind === 'refused' && /^InvalidParameter(Value)?(\.|$)/.test(done.code);

/** Takes away what has this description; what is gone is gone, with its group as well. */
export async function removeRule(
  cloud: Cloud,
  { group, direction, description }: Removal,
): Promise<Done<undefined>> {
  let looks = 0;
  const gone = await settle(cloud, group, 'DeleteSecurityGroupPolicies', (set) => {
    const indexes = indexesOf(set, direction, description);
    looks += 1;
    // A first look may lag behind what was just added: nothing is asked for, but a second look is had.
    if (indexes.length === 0) return looks === 1 ? {} : undefined;
    return changeOf(
      set,
      direction,
      indexes.map((PolicyIndex) => ({ PolicyIndex })),
    );
  });
  if (gone.kind !== 'refused' || gone.code !== 'ResourceNotFound') return gone;
  const { action, traceId, requestId } = gone;
  return { kind: 'done', seen: undefined, how: 'found', action, traceId, requestId };
}

/**
 * Looks, asks for what is missing, and looks again, until nothing is missing. The version that was
 * looked at goes along: what somebody else has changed meanwhile is looked at first, and so an answer
 * that was lost, or a look that lags behind, does nothing twice.
 */
async function settle(
  cloud: Cloud,
  group: string,
  action: Asked,
  next: Next,
): Promise<Done<undefined>> {
  // of what was asked for last, which is what the cloud's support would ask about
  let made: CallIds | undefined;
  let isAsked = false;
  for (let count = 1; ; count += 1) {
    const looked = await cloud.call('DescribeSecurityGroupPolicies', { SecurityGroupId: group });
    if (looked.kind !== 'ok') {
      const failure = looked as CloudFailure;
      return isAsked ? begun(failure) : failure;
    }
    const { value, ...ids } = looked;
    const change = next(value.SecurityGroupPolicySet ?? {});
    const how = made ? 'made' : 'found';
    if (!change) return { ...ids, ...made, kind: 'done', seen: undefined, how };
    if (change.Ingress || change.Egress) {
      const asked = await ask(cloud, group, action, change);
      if (asked.kind === 'end') return asked.done;
      isAsked = true;
      if (asked.kind === 'made') made = asked.ids;
    }
    if (count === TRIES) return { ...ids, action, ...made, kind: 'deadline' };
    await cloud.clock.sleep(AGAIN_MS, cloud.signal);
    if (cloud.signal?.aborted) return { ...ids, kind: 'interrupted' };
  }
}

type Step =
  | { readonly kind: 'made'; readonly ids: CallIds }
  | { readonly kind: 'again' }
  | { readonly kind: 'end'; readonly done: Done<undefined> };

async function ask(
  cloud: Cloud,
  group: string,
  action: Asked,
  set: SecurityGroupPolicySet,
): Promise<Step> {
  const request = { SecurityGroupId: group, SecurityGroupPolicySet: set };
  const asked = await cloud.call(action, request);
  if (asked.kind === 'ok') return { kind: 'made', ids: idsOf(asked) };
  if (asked.kind === 'already') {
    return { kind: 'end', done: { ...idsOf(asked), kind: 'done', seen: undefined, how: 'found' } };
  }
  const isStale = asked.kind === 'refused' && /\.VersionMismatch$/.test(asked.code);
  if (isStale || asked.kind === 'ambiguous') return { kind: 'again' };
  return { kind: 'end', done: asked };
}

function changeOf(
  { Version }: SecurityGroupPolicySet,
  direction: 'in' | 'out',
  policies: SecurityGroupPolicy[],
): SecurityGroupPolicySet {
  return {
    ...(Version !== undefined && { Version }),
    ...(direction === 'in' ? { Ingress: policies } : { Egress: policies }),
  };
}

function indexesOf(
  { Ingress, Egress }: SecurityGroupPolicySet,
  direction: 'in' | 'out',
  description: string,
): readonly number[] {
  return ((direction === 'in' ? Ingress : Egress) ?? []).flatMap((one, index) =>
    one.PolicyDescription === description ? [one.PolicyIndex ?? index] : [],
  );
}

/** On top: no other rule hides it. */
function policyOf(rule: SecurityRule): SecurityGroupPolicy {
  const { protocol, ports, peer, peerGroup, verdict, description } = rule;
  if (protocol === 'other') throw new Error('a rule is made for a protocol that a group knows');
  return {
    PolicyIndex: 0,
    Protocol: protocol.toUpperCase(),
    Port: ports,
    ...(peerGroup !== null && { SecurityGroupId: peerGroup }),
    ...(peerGroup === null && peer !== null && { CidrBlock: peer }),
    Action: verdict === 'accept' ? 'ACCEPT' : 'DROP',
    PolicyDescription: description,
  };
}
