/** What the lab follows: where traffic goes is the cloud's view, not the LAN's. */
export type LabEvent =
  | {
      readonly type: 'holder';
      readonly vip: string;
      readonly from: string | null;
      readonly to: string | null;
    }
  | { readonly type: 'eip-bind' | 'eip-unbind'; readonly eip: string; readonly vip: string };

export type Listener = (event: LabEvent & { readonly at: number }) => void;

/** Listeners of the lab. What one of them throws is its own. */
export class Events {
  readonly #listeners = new Set<Listener>();

  /** @returns how to stop listening */
  listen(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  emit(event: LabEvent, at: number): void {
    for (const listener of this.#listeners) listener({ ...event, at });
  }
}
