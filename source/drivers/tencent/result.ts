/** By what a call is found again: in the journal, in the cloud's own log, with the cloud's support. */
export interface CallIds {
  /** The API's name of what was called last. */
  readonly action: string;
  /** Ours, sent along. */
  readonly traceId: string;
  /** The cloud's; empty where no answer came. */
  readonly requestId: string;
}

/** These alone, of what a call came to. */
export function idsOf({ action, traceId, requestId }: CallIds): CallIds {
  return { action, traceId, requestId };
}

/** How a call ended. Never an exception. */
export type CloudResult<Value> =
  | (CallIds & { readonly kind: 'ok'; readonly value: Value })
  /** Refused, because it is so already: gone, bound, allowed. As good as ok. */
  | (CallIds & { readonly kind: 'already'; readonly code: string })
  | CloudFailure;

export type CloudFailure =
  /** Nothing was done, and asking again would not help. `detail` is the cloud's own words: untrusted. */
  | (CallIds & { readonly kind: 'refused'; readonly code: string; readonly detail: string })
  /** Nothing was done: the cloud was throttling us, or had the thing in hand, until the deadline. */
  | (CallIds & { readonly kind: 'busy'; readonly code: string; readonly detail: string })
  /** It may have been done: look before asking again. */
  | (CallIds & { readonly kind: 'ambiguous'; readonly detail: string })
  /** It never reached the cloud. */
  | (CallIds & { readonly kind: 'unreachable'; readonly detail: string })
  | (CallIds & { readonly kind: 'interrupted' });

/** One try, before anybody decides whether there is another. */
export type Outcome =
  | { readonly kind: 'answered'; readonly value: unknown; readonly requestId: string }
  | {
      readonly kind: 'error';
      readonly code: string;
      readonly detail: string;
      readonly requestId: string;
    }
  | { readonly kind: 'lost'; readonly detail: string }
  | { readonly kind: 'not-sent'; readonly detail: string }
  | { readonly kind: 'interrupted' };
