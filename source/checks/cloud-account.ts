import {
  type Check,
  type CloudFacts,
  failed,
  message,
  type NotAsked,
  passed,
  problem,
  type Verdict,
  warned,
} from '../model/index.ts';
import { factCheck } from './preflight-host.ts';

/** What could not be asked, and what permission that needs: no proof, and no reason to stop. */
export function notAsked(facts: CloudFacts, what: NotAsked['what']): Verdict | undefined {
  const found = facts.notAsked.find((one) => one.what === what);
  return found && warned(found.problem);
}

/** Whose account everything is made in: a wrong key is seen here, before anything is. */
export function cloudAccountCheck(facts: CloudFacts): Check {
  const { account, region } = facts;
  const known = passed(
    message('cloud-account', { account: account.id, caller: account.caller, region }),
  );
  const verdict = notAsked(facts, 'identity') ?? known;
  return factCheck('cloud-account', null, message('check-cloud-account'), verdict);
}

/** The cloud's own words for what an address costs; what it costs idle no API tells. */
export function cloudPriceCheck(facts: CloudFacts, idleYuanPerHour: number): Check {
  const { pricePerGigabyte } = facts;
  const params = { perGigabyte: pricePerGigabyte ?? '-', idle: idleYuanPerHour };
  const told = pricePerGigabyte === null ? 'cloud-price-not-told' : 'cloud-price';
  const verdict = notAsked(facts, 'price') ?? passed(message(told, params));
  return factCheck('cloud-price', null, message('check-cloud-price'), verdict);
}

/** Nothing is sold to an account that is in the red, and what it has may be shut off. */
export function balanceVerdict(facts: CloudFacts, buys: boolean): Verdict {
  const { balance } = facts;
  if (balance === null) {
    return notAsked(facts, 'balance') ?? passed(message('cloud-balance-not-told'));
  }
  if (balance > 0) return passed(message('cloud-balance', { balance }));
  const spent = problem('cloud-balance-spent', { balance });
  return buys ? failed(spent) : warned(spent);
}
