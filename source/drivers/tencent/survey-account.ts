import type { CloudFacts, CloudSurvey, Quota } from '../../model/index.ts';
import type { AnswerOf } from './calls.ts';
import type { Cloud } from './cloud.ts';
import { mapped } from './find.ts';
import type { Optional } from './optional.ts';
import type { CloudResult } from './result.ts';

export type AccountFacts = Pick<
  CloudFacts,
  'account' | 'publicAddresses' | 'boughtToday' | 'pricePerGigabyte' | 'balance'
>;

const UNTOLD: Quota = { used: 0, limit: null };
/** The cloud counts money in hundredths of a yuan. */
const FEN = 100;

/** Who calls, and what the account may buy at what price. */
export async function accountFacts(
  cloud: Cloud,
  { bandwidth }: CloudSurvey,
  optional: Optional,
): Promise<CloudResult<AccountFacts>> {
  const nobody = { id: '', caller: '' };
  const [kind, who, quotas, balance] = await Promise.all([
    kindAndPrice(cloud, bandwidth, optional),
    optional.ask('identity', identity(cloud), nobody),
    optional.ask('quota', cloud.call('DescribeAddressQuota', null), {}),
    bandwidth === null ? null : optional.ask('balance', balanceOf(cloud), null),
  ]);
  return mapped(kind, (found) => ({
    account: { ...who, kind: found.kind },
    publicAddresses: quota(quotas, 'TOTAL_EIP_QUOTA'),
    boughtToday: quota(quotas, 'DAILY_EIP_APPLY'),
    pricePerGigabyte: found.price,
    balance,
  }));
}

/** An account of the old kind buys no traffic: its instances do. */
async function kindAndPrice(cloud: Cloud, bandwidth: number | null, optional: Optional) {
  const found = mapped(
    await cloud.call('DescribeNetworkAccountType', null),
    ({ NetworkAccountType: text }) => accountKind(text),
  );
  if (found.kind !== 'ok') return found;
  const kind = found.value;
  const isSold = bandwidth !== null && kind !== 'legacy';
  const price = isSold ? await optional.ask('price', priceOf(cloud, bandwidth), null) : null;
  return { ...found, value: { kind, price } };
}

function accountKind(text: string | undefined): CloudFacts['account']['kind'] {
  if (text === 'STANDARD') return 'standard';
  return text === 'LEGACY' ? 'legacy' : 'unknown';
}

async function priceOf(cloud: Cloud, bandwidth: number): Promise<CloudResult<number | null>> {
  const found = await cloud.call('InquiryPriceAllocateAddresses', {
    InternetChargeType: 'TRAFFIC_POSTPAID_BY_HOUR',
    InternetMaxBandwidthOut: bandwidth,
  });
  return mapped(found, ({ Price }) => {
    const { DiscountPrice, UnitPrice } = Price?.AddressPrice ?? {};
    return DiscountPrice ?? UnitPrice ?? null;
  });
}

async function identity(cloud: Cloud) {
  const found = await cloud.call('GetCallerIdentity', null);
  return mapped(found, ({ AccountId = '', UserId = '', PrincipalId = '' }) => ({
    id: AccountId,
    caller: UserId || PrincipalId,
  }));
}

async function balanceOf(cloud: Cloud): Promise<CloudResult<number | null>> {
  const found = await cloud.call('DescribeAccountBalance', {});
  return mapped(found, ({ RealBalance, Balance }) => {
    const fen = RealBalance ?? Balance;
    return fen === undefined ? null : fen / FEN;
  });
}

function quota({ QuotaSet }: AnswerOf<'DescribeAddressQuota'>, name: string): Quota {
  const found = QuotaSet?.find(({ QuotaId }) => QuotaId === name);
  if (!found) return UNTOLD;
  return { used: found.QuotaCurrent ?? 0, limit: found.QuotaLimit ?? null };
}
