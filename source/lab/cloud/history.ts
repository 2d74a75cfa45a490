import type { Context } from './context.ts';
import type { State } from './types.ts';

const KEPT = 100;

/** What was when: a read that lags behind shows it. */
export class History {
  #entries: { readonly atMs: number; readonly seen: Pick<State, 'havips' | 'eips'> }[] = [];

  record({ state, atMs }: Context): void {
    const { havips, eips } = structuredClone({ havips: state.havips, eips: state.eips });
    this.#entries = [...this.#entries.slice(1 - KEPT), { atMs, seen: { havips, eips } }];
  }

  clear(): void {
    this.#entries = [];
  }

  /** The context as it was `ms` ago. */
  before(context: Context, ms: number): Context {
    const past = this.#entries.findLast(({ atMs }) => atMs <= context.atMs - ms);
    const seen = past?.seen ?? { havips: [], eips: [] };
    return { ...context, state: { ...context.state, ...seen } };
  }
}
