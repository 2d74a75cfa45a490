import type { Duplex } from 'node:stream';
import { OperatorError, type Problem, problem } from '../model/index.ts';

/** A machine that has been entered. */
export interface Entered {
  forward(host: string, port: number): Promise<Duplex>;
  readonly isLost?: boolean;
  close(): void | Promise<void>;
}

/** Long enough for the checks of one look, which ask one after another. */
const LINGER_MS = 3_000;

/**
 * Machines that are entered once for all who ask from there at about the same time. The connection
 * ends a moment after the last of them: an open to an address that nobody answers cannot be taken
 * back otherwise. A machine that cannot be entered is not tried again before that moment, either.
 */
export class SharedVantages {
  readonly #shared = new Map<string, Shared>();

  /** @param use told the machine, or why it cannot be entered */
  during<Result>(
    key: string,
    enter: () => Promise<Entered>,
    use: (entered: Entered | Problem) => Promise<Result>,
  ): Promise<Result> {
    const known = this.#shared.get(key);
    const shared = known && !known.isLost ? known : new Shared(enter);
    this.#shared.set(key, shared);
    return shared.during(use, () => {
      if (this.#shared.get(key) === shared) this.#shared.delete(key);
    });
  }

  async close(): Promise<void> {
    const all = [...this.#shared.values()];
    this.#shared.clear();
    await Promise.all(all.map((one) => one.end()));
  }
}

class Shared {
  readonly #opening: Promise<Entered | Problem>;
  #entered: Entered | undefined;
  #users = 0;
  #timer: NodeJS.Timeout | undefined;

  constructor(enter: () => Promise<Entered>) {
    this.#opening = enter().then(
      (entered) => {
        this.#entered = entered;
        return entered;
      },
      (error: unknown) =>
        error instanceof OperatorError ? error.problems[0] : problem('vantage-not-entered'),
    );
  }

  get isLost(): boolean {
    return this.#entered?.isLost ?? false;
  }

  async during<Result>(
    use: (entered: Entered | Problem) => Promise<Result>,
    gone: () => void,
  ): Promise<Result> {
    clearTimeout(this.#timer);
    this.#users += 1;
    try {
      return await use(await this.#opening);
    } finally {
      this.#users -= 1;
      if (this.#users === 0) this.#linger(gone);
    }
  }

  #linger(gone: () => void): void {
    this.#timer = setTimeout(() => {
      gone();
      void this.end();
    }, LINGER_MS).unref();
  }

  async end(): Promise<void> {
    clearTimeout(this.#timer);
    const opened = await this.#opening;
    if (isEntered(opened)) await opened.close();
  }
}

export function isEntered(opened: Entered | Problem): opened is Entered {
  return 'forward' in opened;
}
