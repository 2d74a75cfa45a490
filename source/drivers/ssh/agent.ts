import ssh2, { type ParsedKey } from 'ssh2';

type Sign = (error?: Error, signature?: Buffer) => void;

/** The keys an agent holds; none when nothing answers at its socket. */
export function agentKeys(agent: InstanceType<typeof ssh2.OpenSSHAgent>): Promise<ParsedKey[]> {
  return new Promise((resolve) => {
    agent.getIdentities((error, keys) => {
      resolve(error || !keys ? [] : (keys as ParsedKey[]));
    });
  });
}

/**
 * An agent that offers only the chosen keys. One that refuses to sign (locked, not confirmed)
 * gives an empty signature, which the server refuses: ssh2 would end the whole attempt over it,
 * and passwords would never be tried.
 */
export class ChosenKeysAgent extends ssh2.BaseAgent<ParsedKey> {
  readonly #agent: InstanceType<typeof ssh2.OpenSSHAgent>;
  readonly #keys: readonly ParsedKey[];

  constructor(agent: InstanceType<typeof ssh2.OpenSSHAgent>, keys: readonly ParsedKey[]) {
    super();
    this.#agent = agent;
    this.#keys = keys;
  }

  override getIdentities(callback: (error: undefined, keys: ParsedKey[]) => void): void {
    callback(undefined, [...this.#keys]);
  }

  override sign(key: ParsedKey, data: Buffer, options: unknown, callback?: unknown): void {
    const answer = (typeof options === 'function' ? options : callback) as Sign;
    const settings = typeof options === 'function' ? {} : (options as object);
    this.#agent.sign(key, data, settings, (error?: Error | null, signature?: Buffer) => {
      answer(undefined, error ? Buffer.alloc(64) : signature);
    });
  }
}
