import type { TaskFault } from './tasks.ts';

interface Selection {
  /** An action's name, or `*`. */
  readonly action: string;
  /** How many requests it takes (1), and how many it lets pass before (0). */
  readonly times?: number;
  readonly skip?: number;
  /** Only requests with these values, by path: `{ "Filters.0.Name": "vip" }`. */
  readonly when?: Readonly<Record<string, unknown>>;
}

/** What goes wrong. `…-before`: nothing was done; `…-after`: it was done, and the answer is lost. */
export type FaultKind =
  | { readonly kind: 'error'; readonly code: string; readonly message?: string }
  | { readonly kind: 'http'; readonly status: number }
  | {
      readonly kind:
        | 'drop-before'
        | 'drop-after'
        | 'hang-before'
        | 'hang-after'
        | 'partial-body'
        | 'html'
        | 'empty-json'
        | 'expire-token';
    }
  | { readonly kind: 'delay'; readonly ms: number }
  /** Reads show what was this long ago. */
  | { readonly kind: 'stale-read'; readonly ms: number }
  /** The cloud's clock is this far ahead of the caller's. */
  | { readonly kind: 'clock-skew'; readonly s: number }
  | TaskFault;

export type Fault = Selection & FaultKind;

interface Armed {
  readonly fault: Fault;
  skip: number;
  times: number;
}

/** Faults that wait for their requests. The first that fits is taken. */
export class Faults {
  #armed: Armed[] = [];

  add(fault: Fault): void {
    this.#armed.push({ fault, skip: fault.skip ?? 0, times: fault.times ?? 1 });
  }

  clear(): void {
    this.#armed = [];
  }

  take(action: string, body: unknown): Fault | undefined {
    for (const armed of this.#armed) {
      if (!fits(armed.fault, action, body)) continue;
      if (armed.skip > 0) {
        armed.skip -= 1;
        continue;
      }
      armed.times -= 1;
      if (armed.times <= 0) this.#armed = this.#armed.filter((one) => one !== armed);
      return armed.fault;
    }
    return undefined;
  }
}

function fits(fault: Fault, action: string, body: unknown): boolean {
  if (fault.action !== '*' && fault.action !== action) return false;
  return Object.entries(fault.when ?? {}).every(([path, value]) => at(body, path) === value);
}

function at(body: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>((one, name) => (one as Record<string, unknown> | undefined)?.[name], body);
}

/** What a fault makes of the task that its request starts. */
export function taskFault(fault: Fault | undefined): TaskFault | undefined {
  return fault?.kind === 'task-fail' || fault?.kind === 'task-stuck' ? fault : undefined;
}
