/** A time limit together with somebody else's signal. `done` must be called at the end. */
export interface Deadline {
  /** Aborts with the outer signal's reason, or an Error whose `code` is ETIMEDOUT. */
  readonly signal: AbortSignal;
  done(): void;
}

/** Not AbortSignal.any: on Node 20 it can be collected as garbage, and then never fires. */
export function deadline(ms: number, outer: AbortSignal): Deadline {
  const controller = new AbortController();
  const onOuter = () => controller.abort(outer.reason);
  const timedOut = Object.assign(new Error('timed out'), { code: 'ETIMEDOUT' });
  const timer = setTimeout(() => controller.abort(timedOut), ms);
  if (outer.aborted) onOuter();
  else outer.addEventListener('abort', onOuter, { once: true });
  return {
    signal: controller.signal,
    done() {
      clearTimeout(timer);
      outer.removeEventListener('abort', onOuter);
    },
  };
}
