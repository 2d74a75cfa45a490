import type { CloudFacts, CloudInstance, CloudSurvey, Problem } from '../../model/index.ts';
import type { Cloud } from './cloud.ts';
import { gated } from './gate.ts';
import { findMachines } from './machines.ts';
import { cloudProblem } from './problems.ts';
import type { CloudFailure, CloudResult } from './result.ts';

/** The cloud counts 20 calls a second of a kind; this many at once are as fast as it gets. */
const AT_ONCE = 4;

/** What a preflight wants to know. */
export async function survey(
  ungated: Cloud,
  wanted: CloudSurvey,
): Promise<CloudFacts | { readonly problem: Problem }> {
  const cloud = gated(ungated, AT_ONCE);
  const [machines, kind] = await Promise.all([
    findMachines(cloud, wanted.nodes),
    cloud.call('DescribeNetworkAccountType', null),
  ]);
  if (machines.kind !== 'ok') return failed(cloud, machines);
  if (kind.kind !== 'ok') return failed(cloud, kind);
  const instances = machines.value;
  const subnet = await subnetOf(cloud, instances[0]);
  if (subnet.kind !== 'ok') return failed(cloud, subnet);
  const none = { used: 0, limit: null };
  return {
    provider: 'tencent',
    region: cloud.region,
    account: { id: '', caller: '', kind: accountKind(kind.value.NetworkAccountType) },
    instances,
    subnet: subnet.value,
    vipUser: null,
    haVips: none,
    publicAddresses: none,
    boughtToday: none,
    securityGroups: [],
    pricePerGigabyte: null,
    balance: null,
    notAsked: [],
  };
}

function failed({ region }: Cloud, result: CloudResult<unknown>) {
  return { problem: cloudProblem(result as CloudFailure, region) };
}

function accountKind(text: string | undefined): CloudFacts['account']['kind'] {
  if (text === 'STANDARD') return 'standard';
  return text === 'LEGACY' ? 'legacy' : 'unknown';
}

async function subnetOf(
  cloud: Cloud,
  instance: CloudInstance | undefined,
): Promise<CloudResult<CloudFacts['subnet']>> {
  const ids = { action: 'DescribeSubnets', traceId: '', requestId: '' } as const;
  if (!instance) return { kind: 'ok', value: null, ...ids };
  const found = await cloud.call('DescribeSubnets', { SubnetIds: [instance.subnet] });
  if (found.kind !== 'ok') return found;
  const [one] = found.value.SubnetSet ?? [];
  if (!one) return { ...found, value: null };
  const subnet = {
    id: one.SubnetId ?? '',
    network: one.VpcId ?? '',
    cidr: one.CidrBlock ?? '',
    networkAcl: one.NetworkAclId || null,
  };
  return { ...found, value: subnet };
}
