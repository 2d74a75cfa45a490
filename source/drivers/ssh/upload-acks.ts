/** So much may be on its way at most: that is what a torn link loses. */
const WINDOW = 1 << 20;

/**
 * What the node says that it has. Without it a sender runs far ahead: megabytes wait in the buffers
 * between, are counted as sent, and are lost with the connection.
 */
export class Acks {
  readonly #onArrived: (bytes: number) => void;
  #arrived: number;
  #line = '';
  #over = false;
  #wake: () => void = () => {};

  constructor(offset: number, onArrived: (bytes: number) => void) {
    this.#arrived = offset;
    this.#onArrived = onArrived;
  }

  /** Of the node's output: lines, each with how many bytes have arrived. */
  take(text: string): void {
    const lines = (this.#line + text).split('\n');
    this.#line = lines.pop() ?? '';
    const arrived = Math.max(0, ...lines.filter((line) => /^\d{1,15}$/.test(line)).map(Number));
    if (arrived <= this.#arrived) return;
    this.#arrived = arrived;
    this.#onArrived(arrived);
    this.#wake();
  }

  /** Resolves when there is room for more than the `sent` bytes, or when nobody answers any more. */
  async room(sent: number): Promise<void> {
    while (!this.#over && sent - this.#arrived >= WINDOW) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }

  end(): void {
    this.#over = true;
    this.#wake();
  }
}
