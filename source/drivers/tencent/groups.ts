import type { SecurityGroupSeen } from '../../model/index.ts';
import type { Cloud } from './cloud.ts';
import { mapped } from './find.ts';
import type { CloudResult } from './result.ts';
import { rulesSeen } from './seen.ts';

/** These groups with their rules, side by side. A group whose name is not told goes by its id. */
export async function groupsById(
  cloud: Cloud,
  ids: readonly string[],
): Promise<CloudResult<readonly SecurityGroupSeen[]>> {
  const distinct = [...new Set(ids)];
  const none = { action: 'DescribeSecurityGroupPolicies', traceId: '', requestId: '' } as const;
  if (distinct.length === 0) return { kind: 'ok', value: [], ...none };
  const [names, ...found] = await Promise.all([
    namesOf(cloud, distinct),
    ...distinct.map((id) => cloud.call('DescribeSecurityGroupPolicies', { SecurityGroupId: id })),
  ]);
  const failed = found.find(({ kind }) => kind !== 'ok');
  if (failed && failed.kind !== 'ok') return failed;
  const groups = found.map((one, index): SecurityGroupSeen => {
    const id = distinct[index] ?? '';
    const set = one.kind === 'ok' ? one.value.SecurityGroupPolicySet : undefined;
    return { id, name: names.get(id) ?? id, rules: rulesSeen(set ?? {}) };
  });
  const [first] = found;
  return first
    ? mapped(first as CloudResult<unknown>, () => groups)
    : { kind: 'ok', value: [], ...none };
}

/** For people only: without them everything works as well. */
async function namesOf(cloud: Cloud, ids: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const found = await cloud.call('DescribeSecurityGroups', {
    SecurityGroupIds: [...ids],
    Limit: String(ids.length),
  });
  if (found.kind !== 'ok') return new Map();
  return new Map(
    (found.value.SecurityGroupSet ?? []).flatMap(({ SecurityGroupId: id, SecurityGroupName }) =>
      id && SecurityGroupName ? [[id, SecurityGroupName] as const] : [],
    ),
  );
}
