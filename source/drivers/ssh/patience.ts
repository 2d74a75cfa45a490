/** A deadline that stands still while a person is being asked. */
export class Patience {
  readonly #onExpired: () => void;
  #leftMs: number;
  #startedAt = 0;
  #timer: NodeJS.Timeout | undefined;
  #asking = 0;
  #ended = false;

  constructor(ms: number, onExpired: () => void) {
    this.#leftMs = ms;
    this.#onExpired = onExpired;
    this.#start();
  }

  readonly whileAsking = async <T>(question: Promise<T>): Promise<T> => {
    if (this.#asking++ === 0) this.#pause();
    try {
      return await question;
    } finally {
      if (--this.#asking === 0) this.#start();
    }
  };

  end(): void {
    this.#ended = true;
    clearTimeout(this.#timer);
  }

  #pause(): void {
    clearTimeout(this.#timer);
    this.#leftMs -= performance.now() - this.#startedAt;
  }

  #start(): void {
    if (this.#ended) return;
    this.#startedAt = performance.now();
    this.#timer = setTimeout(this.#onExpired, Math.max(0, this.#leftMs));
  }
}
