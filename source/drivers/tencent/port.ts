import type {
  Address,
  HaVip,
  Tag,
} from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.js';
import type { CloudAction, CloudEnd, CloudMarks, CloudPort } from '../../model/index.ts';
import type { Done } from './change.ts';
import type { Cloud } from './cloud.ts';
import { look } from './look.ts';
import {
  allowHolder,
  bindAddress,
  makeAddress,
  makeHaVip,
  removeAddress,
  removeHaVip,
  unbindAddress,
} from './operations.ts';
import { cloudProblem } from './problems.ts';
import { addRule, removeRule } from './rules.ts';
import { SESSION_TAG } from './seen.ts';
import { survey } from './survey.ts';

/** Tencent Cloud, in the words of every cloud. */
export function tencentPort(cloud: Cloud): CloudPort {
  return {
    survey: (wanted) => survey(cloud, wanted),
    look: (looks) => look(cloud, looks),
    perform: (action) => perform(cloud, action),
  };
}

function tags({ session, cluster }: CloudMarks): Tag[] {
  return [
    { Key: SESSION_TAG, Value: session },
    { Key: 'iam-ha-cluster', Value: cluster },
    { Key: 'iam-ha-owner', Value: 'iam-ha-wizard' },
  ];
}

async function perform(cloud: Cloud, action: CloudAction): Promise<CloudEnd> {
  switch (action.kind) {
    case 'make-ha-vip':
      return endOf(cloud, await makeHaVip(cloud, haVipRequest(action)));
    case 'allow-holders':
      return allowAll(cloud, action.haVip, action.instances);
    case 'remove-ha-vip':
      return endOf(cloud, await removeHaVip(cloud, action.haVip));
    case 'make-public-address':
      return endOf(cloud, await makeAddress(cloud, addressRequest(action)));
    case 'remove-public-address':
      return endOf(cloud, await removeAddress(cloud, action.publicAddress));
    case 'bind':
      return endOf(cloud, await bindAddress(cloud, action.haVip, action.address));
    case 'unbind':
      return endOf(cloud, await unbindAddress(cloud, action.haVip));
    case 'add-security-rule':
      return endOf(cloud, await addRule(cloud, action.group, action.rule));
    case 'remove-security-rule':
      return endOf(cloud, await removeRule(cloud, action));
  }
}

/** With the check on from the start: no call turns it on later. */
function haVipRequest(action: CloudAction & { readonly kind: 'make-ha-vip' }) {
  return {
    VpcId: action.network,
    SubnetId: action.subnet,
    HaVipName: action.name,
    ...(action.address !== undefined && { Vip: action.address }),
    CheckAssociate: true,
    HaVipAssociationSet: action.mayHold.map((InstanceId) => ({ InstanceId, InstanceType: 'CVM' })),
    Tags: tags(action.marks),
    ClientToken: action.token,
  };
}

/** Paid by traffic; an account of the old kind names neither, as the bandwidth is the instance's. */
function addressRequest(action: CloudAction & { readonly kind: 'make-public-address' }) {
  const { bandwidth } = action;
  return {
    AddressCount: 1,
    AddressName: action.name,
    ...(bandwidth !== undefined && {
      InternetChargeType: 'TRAFFIC_POSTPAID_BY_HOUR',
      InternetMaxBandwidthOut: bandwidth,
    }),
    Tags: tags(action.marks),
    ClientToken: action.token,
  };
}

async function allowAll(
  cloud: Cloud,
  haVip: string,
  instances: readonly string[],
): Promise<CloudEnd> {
  let last: CloudEnd = { kind: 'done', outputs: {}, isNew: false, requestId: '', traceId: '' };
  for (const instance of instances) {
    last = endOf(cloud, await allowHolder(cloud, haVip, instance));
    if (last.kind !== 'done') return last;
  }
  return last;
}

function endOf({ region }: Cloud, done: Done<HaVip | Address>): CloudEnd {
  const { requestId, traceId } = done;
  const ids = { requestId, traceId };
  if (done.kind === 'done') {
    return { kind: 'done', outputs: outputsOf(done.seen), isNew: done.how === 'made', ...ids };
  }
  const problem = cloudProblem(done, region);
  const isOpen = OPEN.has(done.kind) || 'begun' in done;
  return { kind: isOpen ? 'unknown' : 'failed', problem, ...ids };
}

/** After these it may have been done, or be on its way. */
const OPEN: ReadonlySet<string> = new Set(['ambiguous', 'deadline', 'interrupted']);

function outputsOf(seen: HaVip | Address | undefined): Readonly<Record<string, string>> {
  if (!seen) return {};
  if ('HaVipId' in seen) return { id: seen.HaVipId ?? '', address: seen.Vip ?? '' };
  const { AddressId = '', AddressIp = '' } = seen as Address;
  return { id: AddressId, address: AddressIp };
}
