import type {
  Address,
  HaVip,
} from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.js';
import type { Cloud } from './cloud.ts';
import type { CloudResult } from './result.ts';

/** The most that a page may have. */
const PAGE = 100;

interface Filter {
  readonly Name: string;
  readonly Values: string[];
}

/** Of what came out well, something else. */
export function mapped<From, To>(
  result: CloudResult<From>,
  change: (value: From) => To,
): CloudResult<To> {
  return result.kind === 'ok' ? { ...result, value: change(result.value) } : result;
}

/** The HAVIPs that every filter finds, all pages of them. */
export async function findHaVips(
  cloud: Cloud,
  filters: readonly Filter[],
): Promise<CloudResult<readonly HaVip[]>> {
  return allPages(async (Offset) => {
    const request = { Filters: [...filters], Offset, Limit: PAGE };
    const found = await cloud.call('DescribeHaVips', request);
    return mapped(found, ({ HaVipSet = [], TotalCount = 0 }) => [HaVipSet, TotalCount] as const);
  });
}

/** The EIPs that every filter finds, all pages of them. */
export async function findAddresses(
  cloud: Cloud,
  filters: readonly Filter[],
): Promise<CloudResult<readonly Address[]>> {
  return allPages(async (Offset) => {
    const request = { Filters: [...filters], Offset, Limit: PAGE };
    const found = await cloud.call('DescribeAddresses', request);
    return mapped(
      found,
      ({ AddressSet = [], TotalCount = 0 }) => [AddressSet, TotalCount] as const,
    );
  });
}

async function allPages<Item>(
  page: (offset: number) => Promise<CloudResult<readonly [readonly Item[], number]>>,
): Promise<CloudResult<readonly Item[]>> {
  const items: Item[] = [];
  for (;;) {
    const found = await page(items.length);
    if (found.kind !== 'ok') return found;
    const [some, total] = found.value;
    items.push(...some);
    if (some.length === 0 || items.length >= total) return { ...found, value: items };
  }
}

/** The one that was found, if any. */
export function first<Item>(found: CloudResult<readonly Item[]>): CloudResult<Item | undefined> {
  return mapped(found, ([one]) => one);
}

export async function haVipById(cloud: Cloud, id: string): Promise<CloudResult<HaVip | undefined>> {
  return first(await findHaVips(cloud, [{ Name: 'havip-id', Values: [id] }]));
}

export async function addressById(
  cloud: Cloud,
  id: string,
): Promise<CloudResult<Address | undefined>> {
  return first(await findAddresses(cloud, [{ Name: 'address-id', Values: [id] }]));
}
