import type { Clock } from '../../model/index.ts';
import { type CallOptions, call } from './call.ts';
import type { ActionName, AnswerOf, RequestOf } from './calls.ts';
import type { Credential } from './credentials.ts';
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
  const sdk = openSdk({ timeoutMs: TIMEOUT_MS, ...options, language });
  const { secretId, secretKey, token } = credential;
  const secrets = [secretId, secretKey, ...(token ? [token] : [])];
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
