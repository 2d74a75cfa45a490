import type { Exchange } from './action.ts';
import type { CloudMeasured } from './cloud.ts';
import type { Problem } from './message.ts';

/** What a script on a node printed. `stdout` is text; binary content is base64 inside it. */
export interface ScriptOutput {
  readonly kind: 'exited';
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A remote call's end is a value: a caller must decide what to do about each. */
export type RunResult =
  | ScriptOutput
  | {
      readonly kind: 'timed-out';
      readonly afterMs: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  | {
      readonly kind: 'disconnected';
      readonly problem: Problem;
      readonly stdout: string;
      readonly stderr: string;
    };

/** The certificate that a server showed, as it was seen when it answered. */
export interface CertificateSeen {
  /** SHA-256 of it, as `AB:CD:…`. */
  readonly fingerprint: string;
  /** In a line. */
  readonly subject: string;
  /** Its last day: `2027-01-31`. */
  readonly expires: string;
  readonly isExpired: boolean;
}

export type HttpResult =
  | {
      readonly kind: 'answered';
      readonly status: number;
      readonly body: string;
      readonly elapsedMs: number;
      /** Of an encrypted answer. */
      readonly certificate?: CertificateSeen;
    }
  | {
      readonly kind: 'no-answer';
      readonly reason: string;
      readonly elapsedMs: number;
      /** The vantage itself could not ask: that says nothing about who was to answer. */
      readonly unmeasured?: true;
      /** Why it could not, where a person can mend it. */
      readonly problem?: Problem;
    };

/**
 * What became of a connection: it stood (`open`), somebody said no (`refused`), or nobody said
 * anything in time (`silent`). `unmeasured`: the vantage itself could not try.
 */
export interface ConnectResult {
  readonly kind: 'connect';
  readonly outcome: 'open' | 'refused' | 'silent' | 'unmeasured';
  /** For `unmeasured`: a short stable word. */
  readonly reason: string;
  /** What was answered in a conversation, if one was to be held and the connection stood. */
  readonly said?: Said;
}

/** A conversation over a connection, to its end or to where it was broken off. */
export interface Said {
  readonly nonce: string;
  readonly answers: readonly Buffer[];
  /** Why there is no more: a short stable word; absent when all was said. */
  readonly broken?: string;
}

/** Answers may hold secrets: a verdict repeats none of them. */
export interface DialogueResult {
  readonly kind: 'dialogue';
  readonly exchanges: readonly Exchange[];
}

export type Measured = RunResult | HttpResult | ConnectResult | DialogueResult | CloudMeasured;
