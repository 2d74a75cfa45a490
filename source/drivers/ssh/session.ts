import type { Client as SshClient } from 'ssh2';
import type { Problem, Secret } from '../../model/index.ts';
import type { Channels } from './channels.ts';
import { sshProblem } from './problems.ts';
import type { SshTarget } from './types.ts';

/** How scripts become root on the node. */
export type Privilege =
  | { readonly kind: 'root' }
  | { readonly kind: 'sudo' }
  /** sudo wants a password: the first line of stdin, every time. */
  | { readonly kind: 'sudo-password'; readonly password: Secret };

/** A connection with its first questions answered: what runs and uploads work on. */
export interface Session {
  readonly target: SshTarget;
  readonly client: SshClient;
  readonly channels: Channels;
  readonly privilege: Privilege;
  /** Counts commands sent and answered. */
  readonly counter: { roundTrips: number };
}

export function disconnectedProblem(target: SshTarget, detail?: string): Problem {
  return sshProblem(target, 'ssh-disconnected', {}, detail);
}
