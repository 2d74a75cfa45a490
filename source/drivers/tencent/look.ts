import type { CloudLook, CloudSeen, Problem } from '../../model/index.ts';
import type { Cloud } from './cloud.ts';
import { findAddresses, findHaVips, mapped } from './find.ts';
import { groupsById } from './groups.ts';
import { cloudProblem } from './problems.ts';
import type { CloudFailure, CloudResult } from './result.ts';
import { addressSeen, haVipSeen } from './seen.ts';

type Unseen = { readonly problem: Problem };

/** A few calls side by side, of which the first that fails says why for all. */
export async function look(cloud: Cloud, looks: readonly CloudLook[]): Promise<CloudSeen | Unseen> {
  let seen: CloudSeen = { haVips: [], publicAddresses: [], securityGroups: [] };
  for (const found of await Promise.all(looks.map((one) => lookOnce(cloud, one)))) {
    if (found.kind !== 'ok') {
      return { problem: cloudProblem(found as CloudFailure, cloud.region) };
    }
    seen = { ...seen, ...found.value };
  }
  return seen;
}

async function lookOnce(cloud: Cloud, one: CloudLook): Promise<CloudResult<Partial<CloudSeen>>> {
  switch (one.kind) {
    case 'ha-vips': {
      const filters = one.network === null ? [] : [{ Name: 'vpc-id', Values: [one.network] }];
      return mapped(await findHaVips(cloud, filters), (all) => ({ haVips: all.map(haVipSeen) }));
    }
    case 'public-addresses':
      return mapped(await findAddresses(cloud, []), (all) => ({
        publicAddresses: all.map(addressSeen),
      }));
    case 'security-groups':
      return mapped(await groupsById(cloud, one.ids), (securityGroups) => ({ securityGroups }));
  }
}
