import type { Content, Effect, NodeName } from '../model/index.ts';
import type { Consents } from './consents.ts';

export interface DesiredFile {
  readonly path: string;
  readonly content: Content;
  /** Four octal digits: "0644". */
  readonly mode: string;
  /** "root:root". */
  readonly owner: string;
}

/** A marked block in somebody else's file. */
export interface DesiredBlock {
  readonly path: string;
  readonly lines: readonly string[];
}

export interface DesiredDirectory {
  readonly path: string;
  readonly mode: string;
  readonly owner: string;
}

/** A staged copy of `root` lies over the real one in a private mount namespace while `command` runs. */
export interface SetTest {
  readonly root: string;
  readonly command: string;
  /** Any output refuses the set, too (keepalived's test exits 0 on some mistakes). */
  readonly silent?: boolean;
}

export interface SetLoad {
  readonly unit: string;
  /** Run when the unit is active: "systemctl reload nginx". */
  readonly command: string;
  /** What clients feel of it. */
  readonly effect: Effect;
  /** What happens when the unit is not active; "start" if absent. */
  readonly ifInactive?: 'start' | 'skip';
}

export interface ConfigSetOptions {
  readonly node: NodeName;
  /** "nginx/reverse-proxy"; the resource is "config:nginx/reverse-proxy". */
  readonly name: string;
  readonly files: readonly DesiredFile[];
  readonly blocks?: readonly DesiredBlock[];
  /** Made if absent, and then undone; one that is there stays as it is. */
  readonly directories?: readonly DesiredDirectory[];
  readonly tests?: readonly SetTest[];
  readonly load?: SetLoad;
  /**
   * Files that an earlier form of the set had and this one has not are removed (another node's
   * upstream file when that node has left). Only in sets whose daemon reads whole folders.
   */
  readonly removesObsolete?: true;
  /** Other things that the daemon reads only when loaded: a binary's hash. */
  readonly loadedWith?: readonly string[];
  /**
   * Read-only; prints a line `file<TAB>what` for each thing of somebody else's that overlaps.
   * Asked only until the set is ours.
   */
  readonly foreign?: string;
  /** The problem's code where what `foreign` finds cannot be taken over: then no consent helps. */
  readonly foreignRefusal?: string;
  /** Paths where the package's own sample may stand: replaced with a backup, no question asked. */
  readonly packageSamples?: readonly string[];
  readonly consents: Consents;
  readonly session: { readonly name: string; readonly id: string };
  readonly explainedBy?: readonly string[];
}
