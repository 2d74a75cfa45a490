import type { ActionName } from './calls.ts';

/**
 * What an error of the cloud means for the call:
 * `again`, nothing was done and it is safe to repeat; `not-yet`, something else has to end first;
 * `ambiguous`, it may have been done; `already`, it is so; `final`, no.
 */
export type RetryClass = 'again' | 'not-yet' | 'ambiguous' | 'already' | 'final';

/** A thing is as it should be: gone, unbound, associated, allowed. */
const ALREADY: Partial<Readonly<Record<ActionName, readonly string[]>>> = {
  DeleteHaVip: ['ResourceNotFound'],
  HaVipDisassociateAddressIp: ['UnsupportedOperation.UnbindEIP', 'ResourceNotFound'],
  ReleaseAddresses: ['InvalidAddressId.NotFound', 'InvalidParameterValue.AddressNotFound'],
  AssociateHaVipInstance: ['InvalidParameterValue.DuplicatedHaVipAssociations'],
  CreateSecurityGroupPolicies: ['UnsupportedOperation.DuplicatePolicy'],
  DeleteSecurityGroupPolicies: ['ResourceNotFound'],
};

/** Only here: on a create, a `ResourceInUse` is an address that somebody else has, and stays so. */
const IN_USE = ['ResourceInUse', 'ResourceUnavailable', 'ResourceBusy'];

const NOT_YET: Partial<Readonly<Record<ActionName, readonly string[]>>> = {
  // still bound, or held: goes by itself once what was before it has ended
  DeleteHaVip: ['UnsupportedOperation', ...IN_USE],
  HaVipDisassociateAddressIp: IN_USE,
  ReleaseAddresses: [
    'InvalidAddressState',
    'UnsupportedOperation.AddressStatusNotPermit',
    ...IN_USE,
  ],
};

const MUTEX = /\.Mutex(Operation)?TaskRunning$/;

export function retryClass(action: ActionName, code: string): RetryClass {
  if (/^RequestLimitExceeded(\.|$)/.test(code)) return 'again';
  if (ALREADY[action]?.includes(code)) return 'already';
  if (MUTEX.test(code) || NOT_YET[action]?.includes(code)) return 'not-yet';
  return /^Internal(Server)?Error(\.|$)/.test(code) ? 'ambiguous' : 'final';
}

/** Milliseconds before the `count`-th repetition: twice as long each time, up to 8 s, never all at once. */
export function backoffMs(count: number, random: () => number): number {
  const base = Math.min(8000, 500 * 2 ** count);
  return Math.round(base * (0.5 + random() / 2));
}
