import ssh2, { type AnyAuthMethod, type AuthenticationType, type Prompt } from 'ssh2';
import { message, type OperatorError, type Secret } from '../../model/index.ts';
import { agentKeys, ChosenKeysAgent } from './agent.ts';
import type { Endpoint } from './config.ts';
import { type Identity, openIdentity, publicHalf } from './identities.ts';
import { sshError } from './problems.ts';
import type { SshOptions, SshTarget } from './types.ts';

/** What the server said after an attempt: the methods it would still take. */
type Allowed = readonly string[];
type Attempts = AsyncGenerator<AnyAuthMethod, void, Allowed>;

export interface AuthContext {
  readonly target: SshTarget;
  readonly endpoint: Endpoint;
  readonly options: SshOptions;
  readonly identities: readonly Identity[];
  /** Runs a question to the operator with the handshake's clock stopped. */
  readonly whileAsking: <T>(question: Promise<T>) => Promise<T>;
}

const PASSWORD_TRIES = 3;

/** Enters a server: keys, agent, password, keyboard-interactive, as far as the server takes them. */
export class Authentication {
  readonly #context: AuthContext;
  readonly #attempts: Attempts;
  readonly #tried: string[] = [];
  #lockedKey: string | undefined;
  #allowed: Allowed = [];
  #begun = false;
  /** A bug or an abort inside an attempt: what connecting then fails with. */
  failure: unknown;

  constructor(context: AuthContext) {
    this.#context = context;
    this.#attempts = this.#inOrder();
  }

  /** Whether the server has proved its key, and asked who we are. */
  get begun(): boolean {
    return this.#begun;
  }

  /** ssh2's authHandler. */
  readonly handler = (
    left: AuthenticationType[] | null,
    _partial: boolean | null,
    next: (method: AnyAuthMethod | false) => void,
  ): void => {
    this.#begun = true;
    this.#allowed = left ?? this.#allowed;
    this.#attempts.next(this.#allowed).then(
      ({ done, value }) => next(done || !value ? false : value),
      (error: unknown) => {
        this.failure = error;
        next(false);
      },
    );
  };

  /** Why the server let us in with none of it. */
  refusal(detail?: string): OperatorError {
    const { target, endpoint } = this.#context;
    if (this.#lockedKey)
      return sshError(target, 'key-encrypted', { path: this.#lockedKey }, detail);
    const params = {
      user: endpoint.user,
      host: endpoint.host,
      methods: this.#tried.join(', ') || '-',
      offered: this.#allowed.join(', ') || '-',
    };
    return sshError(target, 'auth-refused', params, detail);
  }

  async *#inOrder(): Attempts {
    const { endpoint, identities } = this.#context;
    // "none" costs nothing and asks the server what it takes.
    yield { type: 'none', username: endpoint.user };
    const plain = this.#identities(identities.filter((one) => !one.encrypted));
    if (endpoint.identityGiven) yield* plain;
    yield* this.#agent();
    yield* plain;
    // Last of the keys: the agent may hold them open, and asking is a bother.
    yield* this.#identities(identities.filter((one) => one.encrypted));
    yield* this.#password();
  }

  #takes(method: string): boolean {
    return this.#allowed.includes(method);
  }

  async *#identities(identities: readonly Identity[]): Attempts {
    const { endpoint, options, whileAsking } = this.#context;
    for (const identity of identities) {
      if (!this.#takes('publickey')) return;
      const key = await whileAsking(openIdentity(identity, options));
      if (key) {
        this.#tried.push(identity.file);
        yield { type: 'publickey', username: endpoint.user, key };
      } else this.#lockedKey ??= identity.file;
    }
  }

  /** All of the agent's keys; with IdentitiesOnly, those of the listed files. */
  async *#agent(): Attempts {
    const { endpoint } = this.#context;
    if (!endpoint.agent || !this.#takes('publickey')) return;
    const agent = new ssh2.OpenSSHAgent(endpoint.agent);
    const keys = await agentKeys(agent);
    const wanted = await this.#wantedKeys();
    const chosen = wanted
      ? keys.filter((key) => wanted.some((one) => one.equals(key.getPublicSSH())))
      : keys;
    if (chosen.length === 0) return;
    this.#tried.push(`agent (${chosen.length})`);
    const username = endpoint.user;
    yield { type: 'agent', username, agent: new ChosenKeysAgent(agent, chosen) as never };
  }

  async #wantedKeys(): Promise<readonly Buffer[] | undefined> {
    const { endpoint } = this.#context;
    if (!endpoint.identitiesOnly) return undefined;
    const halves = await Promise.all(endpoint.identityFiles.map(publicHalf));
    return halves.filter((half) => half !== undefined);
  }

  async *#password(): Attempts {
    const { endpoint, target } = this.#context;
    const tries = target.password ? 1 : PASSWORD_TRIES;
    for (let attempt = 1; attempt <= tries; attempt++) {
      if (!this.#takes('password') && !this.#takes('keyboard-interactive')) return;
      const password = target.password ?? (await this.#askPassword(attempt));
      if (!password) return;
      const username = endpoint.user;
      if (this.#takes('password')) {
        this.#note('password');
        yield { type: 'password', username, password: password.reveal() };
      }
      if (this.#takes('keyboard-interactive')) {
        this.#note('keyboard-interactive');
        yield { type: 'keyboard-interactive', username, prompt: this.#answerer(password) };
      }
    }
  }

  #note(method: string): void {
    if (!this.#tried.includes(method)) this.#tried.push(method);
  }

  async #askPassword(attempt: number): Promise<Secret | undefined> {
    const { endpoint, target, options, whileAsking } = this.#context;
    if (!options.askSecret) return undefined;
    const { user, host } = endpoint;
    const question = message('ssh-ask-password', { node: target.node, user, host, attempt });
    return whileAsking(options.askSecret(question));
  }

  /** Answers a server's questions: the password where it asks for one, else the operator. */
  #answerer(password: Secret) {
    return (
      _name: string,
      _instructions: string,
      _language: string,
      prompts: Prompt[],
      finish: (answers: string[]) => void,
    ): void => {
      const answers = prompts.map((prompt) => this.#answer(prompt, prompts.length, password));
      this.#context.whileAsking(Promise.all(answers)).then(finish, (error: unknown) => {
        this.failure = error;
        finish(prompts.map(() => ''));
      });
    };
  }

  async #answer(prompt: Prompt, count: number, password: Secret): Promise<string> {
    const { options, target } = this.#context;
    const isPassword = /passw|密码|口令/i.test(prompt.prompt);
    if (isPassword || (count === 1 && !options.askSecret)) return password.reveal();
    const question = message('ssh-ask-answer', { node: target.node, question: prompt.prompt });
    return (await options.askSecret?.(question))?.reveal() ?? '';
  }
}
