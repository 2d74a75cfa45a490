import type { Duplex } from 'node:stream';
import type { Content, Message, NodeName, RunResult, Secret } from '../../model/index.ts';

/** How to reach a node: what the cluster file says. What is absent, `~/.ssh/config` says. */
export interface SshTarget {
  readonly node: NodeName;
  /** Inside the subnet; dialled when `host` is absent. */
  readonly address: string;
  readonly user?: string;
  /** A name, an address or an alias of `~/.ssh/config`. */
  readonly host?: string;
  readonly port?: number;
  readonly identityFile?: string;
  readonly knownHosts?: string;
  readonly password?: Secret;
  readonly sudoPassword?: Secret;
  /** Where these values were written, for errors: `nodes[0].address`, file, 1-based line. */
  readonly field?: string;
  readonly file?: string;
  readonly line?: number;
  /** The same for each of the settings that the file has, this node's own or everybody's. */
  readonly places?: Readonly<Partial<Record<SshSetting, SshPlace>>>;
}

export type SshSetting =
  | 'user'
  | 'host'
  | 'port'
  | 'identityFile'
  | 'knownHosts'
  | 'password'
  | 'sudoPassword';

export interface SshPlace {
  readonly field: string;
  readonly line: number;
}

export interface HostKeyPrompt {
  readonly node: NodeName;
  readonly host: string;
  readonly port: number;
  readonly algorithm: string;
  /** `SHA256:…`, as `ssh-keygen -lf` prints it. */
  readonly fingerprint: string;
}

export interface SshOptions {
  /** The session's own known_hosts; new keys are added to it. It need not exist. */
  readonly sessionKnownHosts: string;
  readonly acceptNewHostKeys: boolean;
  /** Absent: unattended, an unknown key is refused. */
  readonly askHostKey?: (key: HostKeyPrompt) => Promise<boolean>;
  /** Absent: unattended. Answers undefined when the operator gives none. */
  readonly askSecret?: (what: Message) => Promise<Secret | undefined>;
  /** Aborts connecting. A connection that stands is ended by `close()`. */
  readonly signal: AbortSignal;
  /** For each of: reaching the host, and the handshake without the time people take to answer. */
  readonly connectTimeoutMs?: number;
  /** Instead of `~/.ssh/config`. */
  readonly configFile?: string;
  /** Instead of the process's own. */
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

export interface RunOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal;
  /**
   * What an abort does to the script on the node: kills it and what it started (the default), or
   * leaves it running by itself. Either way the result is `disconnected`, with a problem
   * `run-cancelled` or `run-left-running`.
   */
  readonly whenAborted?: 'kill' | 'leave';
  /** What the script prints on stdout and stderr, as it comes: untrusted text. */
  readonly onOutput?: (text: string) => void;
  /** The script's stdin stays open for as long as somebody listens: one that must not outlive us reads it. */
  readonly tethered?: true;
}

/** A gzip file on the operator's computer. */
export interface PackedFile {
  readonly path: string;
  readonly bytes: number;
}

export interface UploadOptions {
  readonly mode: string;
  readonly owner: string;
  readonly sha256: string;
  readonly timeoutMs: number;
  /** What has arrived stays beside the target, and the next upload goes on from there. */
  readonly signal?: AbortSignal;
  /** The same file, compressed with gzip: sent in its place to a node that can unpack it. */
  readonly packed?: PackedFile;
  /** Bytes, as they travel. */
  readonly onProgress?: (done: number, total: number) => void;
}

export interface NodeConnection {
  /**
   * Runs a bash script as root: sent on stdin, parsed whole before its first command. One round
   * trip. If the connection is lost the script runs on to its end; past its deadline it is killed.
   */
  run(script: Content, options: RunOptions): Promise<RunResult>;
  /**
   * Copies a file: beside `to`, checked by sha256, renamed. Goes on where an interrupted one left,
   * after a comparison of what has arrived.
   */
  upload(from: string, to: string, options: UploadOptions): Promise<RunResult>;
  /**
   * A TCP connection opened by the node's sshd. Rejects with OperatorError where sshd forbids it,
   * else with an Error whose `code` is as net.connect's: ECONNREFUSED, EHOSTUNREACH, ETIMEDOUT.
   */
  forward(host: string, port: number, signal?: AbortSignal): Promise<Duplex>;
  /** Commands sent and answered; connecting and `sudo -n` do not count. */
  readonly roundTrips: number;
  readonly hostKeyFingerprint: string;
  /** Scripts that are running run on. */
  close(): Promise<void>;
}
