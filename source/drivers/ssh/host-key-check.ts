import type { OperatorError } from '../../model/index.ts';
import type { Endpoint } from './config.ts';
import { judgeHostKey } from './host-key.ts';
import {
  findKnownKeys,
  fingerprint,
  type KnownKey,
  keyType,
  knownHostsName,
  rememberKey,
} from './known-hosts.ts';
import { sshError } from './problems.ts';
import type { SshOptions, SshTarget } from './types.ts';

/** Decides about the key that one server shows, and remembers a new one that was accepted. */
export class HostKeyCheck {
  readonly #target: SshTarget;
  readonly #endpoint: Endpoint;
  readonly #options: SshOptions;
  readonly #name: string;
  readonly known: readonly KnownKey[];
  #accepted: Buffer | undefined;
  /** Why the key was refused. */
  failure: OperatorError | undefined;

  /** Looks the host up in the operator's and the session's known_hosts. */
  static async prepare(
    target: SshTarget,
    endpoint: Endpoint,
    options: SshOptions,
  ): Promise<HostKeyCheck> {
    const name = endpoint.hostKeyAlias ?? knownHostsName(endpoint.host, endpoint.port);
    const files = [...endpoint.knownHostsFiles, options.sessionKnownHosts];
    return new HostKeyCheck(target, endpoint, options, name, await findKnownKeys(files, name));
  }

  private constructor(
    target: SshTarget,
    endpoint: Endpoint,
    options: SshOptions,
    name: string,
    known: readonly KnownKey[],
  ) {
    this.#target = target;
    this.#endpoint = endpoint;
    this.#options = options;
    this.#name = name;
    this.known = known;
  }

  get fingerprint(): string {
    return this.#accepted ? fingerprint(this.#accepted) : '';
  }

  /** Whether to go on. Servers show their key again at every renewal of the session's keys. */
  async accepts(
    key: Buffer,
    whileAsking: <T>(question: Promise<T>) => Promise<T>,
  ): Promise<boolean> {
    if (this.#accepted) return this.#accepted.equals(key);
    const verdict = judgeHostKey(this.known, key);
    if (verdict.kind === 'changed' || verdict.kind === 'revoked') {
      this.failure = this.#refusal(verdict.kind, verdict.recorded, key);
    } else if (verdict.kind === 'unknown' && !(await this.#acceptsNew(key, whileAsking))) {
      this.failure = sshError(this.#target, 'host-key-unknown', this.#describe(key));
    } else this.#accepted = key;
    return this.failure === undefined;
  }

  async #acceptsNew(
    key: Buffer,
    whileAsking: <T>(question: Promise<T>) => Promise<T>,
  ): Promise<boolean> {
    const { acceptNewHostKeys, askHostKey, sessionKnownHosts } = this.#options;
    const ask = this.#endpoint.strict ? undefined : askHostKey;
    const prompt = { node: this.#target.node, ...this.#describe(key) };
    const yes = acceptNewHostKeys || (ask ? await whileAsking(ask(prompt)) : false);
    if (yes) await rememberKey(sessionKnownHosts, this.#name, key);
    return yes;
  }

  #describe(key: Buffer) {
    const { host, port } = this.#endpoint;
    return { host, port, algorithm: keyType(key), fingerprint: fingerprint(key) };
  }

  #refusal(kind: 'changed' | 'revoked', recorded: KnownKey, key: Buffer): OperatorError {
    return sshError(this.#target, `host-key-${kind}`, {
      ...this.#describe(key),
      name: this.#name,
      knownHosts: recorded.file,
      knownHostsLine: recorded.line,
      recorded: fingerprint(recorded.key),
    });
  }
}
