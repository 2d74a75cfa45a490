import type { Action } from './action.ts';
import type { Message, Problem } from './message.ts';
import type { ScriptOutput } from './observation.ts';
import type { Content } from './secret.ts';
import type { NodeName } from './values.ts';

export type Effect = 'none' | 'reload' | 'rolling-restart' | 'outage';

/** One line of the plan. A change to a set of files has one part a file, and one for the reload. */
export interface ChangePart {
  /** "file:/etc/…", "unit:nginx", "package:nginx". */
  readonly resource: string;
  readonly summary: Message;
  /** Unified diff, secrets masked. */
  readonly diff?: string;
  readonly effect: Effect;
}

/** A file as it was before we touched it. `content` is base64. Kept in the session's backups. */
export interface Original {
  readonly path: string;
  readonly content: string;
}

/**
 * How to take a change back, as data: it is journalled before the change is made.
 * No step may hold a secret.
 */
export type UndoStep =
  /** Put the file back; one that is no longer what we wrote (`written`, sha256) stays and is listed as left. */
  | {
      readonly kind: 'restore-file';
      readonly path: string;
      readonly written: string;
      readonly before:
        | { readonly kind: 'absent' }
        | {
            readonly kind: 'file';
            readonly sha256: string;
            readonly mode: string;
            readonly owner: string;
          }
        | { readonly kind: 'link'; readonly target: string };
    }
  /** Remove a directory that we made, if nothing of anybody else's is in it. */
  | { readonly kind: 'remove-directory'; readonly path: string }
  | {
      readonly kind: 'restore-unit';
      readonly unit: string;
      readonly active: boolean;
      readonly enabled: boolean;
    }
  /** Anything else, as a script; `resource` names it in `left` if it fails. */
  | { readonly kind: 'script'; readonly resource: string; readonly script: string }
  /** Stays by design: data, packages. Listed in `kept`. `remove` runs with --packages. */
  | {
      readonly kind: 'keep';
      readonly resource: string;
      readonly removePackages?: readonly string[];
    };

export interface Change {
  readonly parts: readonly [ChangePart, ...ChangePart[]];
  /** Performed in this order. */
  readonly actions: readonly Action[];
  /** Performed in this order, when the journal is walked backwards. */
  readonly undo: readonly UndoStep[];
  readonly originals?: readonly Original[];
  /**
   * In a stage that goes node by node: a lower turn is done on all nodes before a higher one; 0 if
   * absent. The probe may decide it: who has the VIP is not known before.
   */
  readonly turn?: number;
  /** What `check` says when it finds this change due: "managed-file-changed", "nginx-not-running". */
  readonly drift?: Problem;
}

export type Planned =
  | { readonly kind: 'settled'; readonly reason: Message }
  | { readonly kind: 'change'; readonly change: Change }
  /** Somebody else's, and in the way: nothing is touched. */
  | { readonly kind: 'refused'; readonly problem: Problem };

/** One thing the wizard may change on a node. Pure: the engine runs the probe and the actions. */
export interface Resource {
  /** Unique on its node: "unit:nginx", "config:nginx/reverse-proxy". */
  readonly id: string;
  readonly node: NodeName;
  /** A read-only script. A missing tool must not make it fail: it reads as absent. */
  readonly probe: Content;
  /** What the probe printed -> what is to be done about it. Reading and planning in one pure function. */
  plan(output: ScriptOutput): Planned;
  /** Nothing in use is disturbed: done on all nodes at once even in a stage that goes node by node. */
  readonly disturbsNothing?: true;
  /** Ids of checks whose failure explains this one's drift; see {@link Check.explainedBy}. */
  readonly explainedBy?: readonly string[];
}

/** The id of the check that claims `resource` is as applied. */
export function appliedCheckId(node: NodeName, resourceId: string): string {
  return `applied/${node}/${resourceId}`;
}
