import type { Clock, Secret } from '../../model/index.ts';
import { type CallOptions, call } from './call.ts';
import type { ActionName, AnswerOf, RequestOf } from './calls.ts';
import type { Credential } from './credentials.ts';
import { freshCredential, type Renew, renewalOf } from './renewal.ts';
import type { CloudResult } from './result.ts';
import { openSdk } from './sdk.ts';

/** A region of an account, to be called. */
export interface Cloud {
  readonly region: string;
  readonly clock: Clock;
  readonly signal?: AbortSignal;
  call<Name extends ActionName>(
    action: Name,
    request: RequestOf<Name>,
    options?: CallOptions,
  ): Promise<CloudResult<AnswerOf<Name>>>;
  /** Lets go of its connections. */
  close(): void;
}

export interface CloudOptions {
  readonly credential: Credential;
  /** Where a pair that ends is replaced by another one. Default: where it came from, if it is a role's. */
  readonly renew?: Renew;
  readonly region: string;
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly clock: Clock;
  /** Ends all waiting, and every call that only looks; never a change that is under way. */
  readonly signal?: AbortSignal;
  readonly language?: 'en' | 'zh';
  readonly random?: () => number;
  readonly timeoutMs?: { readonly read: number; readonly change: number };
}

/** A change has 15 s a try: whoever interrupts it waits at most that long. */
const TIMEOUT_MS = { read: 10_000, change: 15_000 };

export function openCloud(options: CloudOptions): Cloud {
  const { credential, region, clock, signal, language = 'en', random = Math.random } = options;
  const ending = signal ? { signal } : {};
  const secrets: Secret[] = [];
  const fresh = freshCredential(credential, options.renew ?? renewalOf(credential), clock);
  const current = async () => {
    const pair = await fresh();
    const { secretId, secretKey, token } = pair;
    // those of a pair that has ended are not to be seen, either
    for (const one of [secretId, secretKey, token]) {
      if (one && !secrets.includes(one)) secrets.push(one);
    }
    return pair;
  };
  const sdk = openSdk({ timeoutMs: TIMEOUT_MS, ...options, credential: current, language });
  const caller = { sdk, clock, random, secrets };
  return {
    region,
    clock,
    ...ending,
    call: (action, request, callOptions) =>
      call(caller, action, request, { ...ending, ...callOptions }),
    close: () => sdk.close(),
  };
}
