import type { CloudMeasurement } from './cloud.ts';
import type { Message, Problem } from './message.ts';
import type { HttpResult } from './observation.ts';
import type { Content } from './secret.ts';
import type { NodeName } from './values.ts';

/**
 * A bash script for a node. It travels on standard input (never as an argument), is parsed whole
 * before its first command runs, and runs as root. One script is one round trip.
 */
export interface ScriptAction {
  readonly kind: 'script';
  readonly node: NodeName;
  readonly script: Content;
  readonly timeoutMs: number;
}

/**
 * A script that takes long (packages, imports). It runs as a transient systemd unit named after
 * its content, so a lost connection loses nothing and a resumed run finds it again.
 * It must hold no secret: it is written to a file on the node.
 */
export interface LongAction {
  readonly kind: 'long';
  readonly node: NodeName;
  /** For people: "packages", "schema". Part of the unit's name. */
  readonly name: string;
  readonly script: string;
  readonly timeoutMs: number;
}

/** A file too large to travel inside a script. Written beside `to`, checked by its hash, renamed. */
export interface UploadAction {
  readonly kind: 'upload';
  readonly node: NodeName;
  /** A file on the operator's computer. */
  readonly from: string;
  readonly sha256: string;
  readonly to: string;
  readonly mode: string;
  readonly owner: string;
  /** The nodes that get the same file: one of them may pass it on, so that it leaves the operator once. */
  readonly exchange?: Exchanging;
}

/** Who passes files on to whom. */
export interface Exchanging {
  /** A TCP port that nodes may reach on each other, and at which nobody listens at `address`. */
  readonly port: number;
  /** The node's own, for its peers. */
  readonly address: string;
  readonly peers: readonly { readonly node: NodeName; readonly address: string }[];
}

/** Runs a read-only script again and again until it exits 0; then goes on, or fails at the deadline. */
export interface AwaitAction {
  readonly kind: 'await';
  readonly node: NodeName;
  readonly script: Content;
  readonly deadlineMs: number;
  readonly what: Message;
  /** What the output of a try says about why it is not so yet: then that is the problem, not the time. */
  explain?(output: string): Explanation | undefined;
}

/** Why something that is awaited does not come. */
export interface Explanation {
  readonly problem: Problem;
  /** It does not go away by itself: nothing is gained by waiting until the deadline. */
  readonly lasting: boolean;
}

export type Action = ScriptAction | LongAction | UploadAction | AwaitAction;

/** Where a client stands: the operator's computer, behind a node's sshd, or a third machine. */
export type Vantage =
  | { readonly kind: 'here' }
  | { readonly kind: 'via'; readonly node: NodeName }
  | { readonly kind: 'ssh'; readonly host: string };

/** One whose connections another machine's sshd opens for us. */
export type RemoteVantage = Exclude<Vantage, { readonly kind: 'here' }>;

/** A place as texts, events and reports name it: `here`, `via:<node>`, `ssh:<host>`. */
export function vantageName(vantage: Vantage): string {
  switch (vantage.kind) {
    case 'here':
      return 'here';
    case 'via':
      return `via:${vantage.node}`;
    case 'ssh':
      return `ssh:${vantage.host}`;
  }
}

/** How a request is encrypted. Whoever answers is believed: a check compares the certificate itself. */
export interface TlsAsk {
  /** The name that is asked for (SNI): which certificate is wanted. */
  readonly serverName: string;
}

/** One HTTP request from a vantage, on a connection of its own. */
export interface HttpAction {
  readonly kind: 'http';
  readonly vantage: Vantage;
  readonly address: string;
  readonly port: number;
  /** The Host header. */
  readonly host: string;
  readonly path: string;
  readonly timeoutMs: number;
  /** A GET if absent. */
  readonly method?: HttpMethod;
  /** Their values may be secrets. `Host` and `Content-Length` are not among them. */
  readonly headers?: Readonly<Record<string, Content>>;
  readonly body?: Content;
  /** In clear text if absent. */
  readonly tls?: TlsAsk;
}

export type HttpMethod = 'GET' | 'POST' | 'PUT' | 'DELETE';

/** A request of a dialogue, with what it is for. */
export interface DialogueRequest extends HttpAction {
  /** Stable: the answer is found by it. Several requests may have one name. */
  readonly step: string;
  /** How long to wait before it is sent. */
  readonly pauseMs?: number;
}

/** A request that was sent, and what came of it. */
export interface Exchange {
  readonly step: string;
  readonly result: HttpResult;
  /** When the answer was there: milliseconds since the dialogue began. */
  readonly atMs: number;
}

/**
 * Requests that follow from the answers to the ones before. What is made on the way is removed on
 * the way: nothing that stays is changed.
 */
export interface DialogueAction {
  readonly kind: 'dialogue';
  /** Pure: what to ask after these answers; undefined when there is no more to ask. It must end by itself. */
  next(exchanges: readonly Exchange[]): DialogueRequest | undefined;
}

/** One TCP connection from a vantage, closed as soon as it stands, or when all is said. */
export interface ConnectAction {
  readonly kind: 'connect';
  readonly vantage: Vantage;
  readonly address: string;
  readonly port: number;
  /** To connect, and for each answer of a conversation. */
  readonly timeoutMs: number;
  /** Absent: nothing is sent. */
  readonly conversation?: Conversation;
}

/**
 * What is said over a connection, in a protocol in which each message is answered by one. What is
 * computed for it (a log-in's proof) is computed here: the vantage only passes bytes on.
 */
export interface Conversation {
  /**
   * Pure: what to send after these answers; undefined when there is no more to say.
   * @param nonce random, made for this connection alone
   */
  next(answers: readonly Buffer[], nonce: string): Buffer | undefined;
  /**
   * The length of the answer that begins with these bytes; undefined while it cannot be known.
   * @throws Error for what is no such answer
   */
  lengthOf(received: Buffer): number | undefined;
}

/** A bash script on the operator's computer, read from standard input. */
export interface LocalAction {
  readonly kind: 'local';
  readonly script: Content;
  readonly timeoutMs: number;
}

/** What measures a check: it never changes anything. */
export type Measurement =
  | ScriptAction
  | HttpAction
  | ConnectAction
  | DialogueAction
  | LocalAction
  | CloudMeasurement;
