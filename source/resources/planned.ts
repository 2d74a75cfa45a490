import {
  type Content,
  message,
  type NodeName,
  type Params,
  type Planned,
  problem,
  revealContent,
} from '../model/index.ts';
import { sha256 } from './state.ts';

/** A probe that printed something else than we asked for: nothing is changed on a guess. */
export function unreadable(node: NodeName, resource: string, detail: string): Planned {
  return {
    kind: 'refused',
    problem: problem('probe-unreadable', { resource }, { node, detail }),
  };
}

/** Nothing to do, and why. */
export function settled(code: string, params: Params = {}): Planned {
  return { kind: 'settled', reason: message(code, params) };
}

/** The hash of content, secrets included. */
export function contentHash(content: Content): string {
  return sha256(revealContent(content));
}
