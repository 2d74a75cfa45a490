import { type Problem, problem } from '../../model/index.ts';
import type { Done } from './change.ts';
import type { CredentialSearch } from './credentials.ts';
import type { CloudFailure } from './result.ts';

type Failure = CloudFailure | Exclude<Done<unknown>, { readonly kind: 'done' }>;

/** The cloud's codes, by how they begin; the first that fits says what it is about. */
const REFUSALS: readonly (readonly [RegExp, string])[] = [
  [/^AuthFailure\.SignatureExpire/, 'cloud-clock-off'],
  [/^AuthFailure\.(SecretIdNotFound|InvalidSecretId)/, 'cloud-id-unknown'],
  [/^AuthFailure\.TokenFailure/, 'cloud-token-expired'],
  [/^AuthFailure\.(UnauthorizedOperation|MFAFailure)/, 'cloud-not-allowed'],
  [/^AuthFailure/, 'cloud-key-wrong'],
  [/^UnauthorizedOperation/, 'cloud-not-allowed'],
  [/^FailedOperation\.BalanceInsufficient/, 'cloud-no-balance'],
  [/^AddressQuotaLimitExceeded\.DailyAllocate/, 'cloud-quota-today'],
  [/^LimitExceeded\.SecurityGroupPolicySet/, 'cloud-rules-full'],
  [/^(AddressQuota)?LimitExceeded/, 'cloud-quota-full'],
  [/^ResourceInUse/, 'cloud-address-in-use'],
  [/^InvalidParameterValue\.(Range|Reserved)/, 'cloud-address-unfit'],
  [/^ResourceInsufficient/, 'cloud-sold-out'],
  [/^UnsupportedOperation\.BindEIP/, 'cloud-bound-elsewhere'],
  [/\.(MemberApprovalApplication|BpaasResources)/, 'cloud-approval-needed'],
  [/^UnsupportedRegion|^FailedOperation\.InvalidRegion/, 'cloud-region-unknown'],
];

/**
 * What a call that failed means to an operator. The request's id is for the cloud's support.
 *
 * @param region where
 */
export function cloudProblem(failure: Failure, region: string): Problem {
  const { action, requestId, traceId } = failure;
  const code = 'code' in failure ? failure.code : '';
  const params = { action, region, code, request: requestId || traceId };
  const detail = 'detail' in failure && failure.detail ? { detail: failure.detail } : {};
  return problem(codeOf(failure, code), params, detail);
}

function codeOf(failure: Failure, code: string): string {
  switch (failure.kind) {
    case 'refused':
      return REFUSALS.find(([pattern]) => pattern.test(code))?.[1] ?? 'cloud-refused';
    case 'busy':
      return /^RequestLimitExceeded/.test(code) ? 'cloud-throttled' : 'cloud-busy';
    case 'task-failed':
      return 'cloud-task-failed';
    case 'ambiguous':
      return 'cloud-answer-lost';
    case 'deadline':
      return 'cloud-not-seen';
    case 'interrupted':
      return 'cloud-interrupted';
    case 'unreachable':
      return 'cloud-unreachable';
  }
}

/** Nobody knows who we are: where was looked, and what was half there. */
export function noCredential({ looked }: CredentialSearch): readonly [Problem, ...Problem[]] {
  const places = looked
    .map(({ place }) => place)
    .filter(Boolean)
    .join('; ');
  const half = looked.filter(({ outcome }) => outcome === 'incomplete' || outcome === 'unreadable');
  return [
    problem('cloud-no-credential', { places }),
    ...half.map(({ place, outcome }) =>
      outcome === 'incomplete'
        ? problem('cloud-credential-incomplete', { place })
        : problem('cloud-credential-unreadable', { place }),
    ),
  ];
}
