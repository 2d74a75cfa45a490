import { type Check, unknown, type Verdict } from '../model/index.ts';

/** A check with what was made of it. */
export interface Judged {
  readonly stage: string;
  readonly check: Pick<Check, 'id' | 'node' | 'title' | 'explainedBy'>;
  readonly verdict: Verdict;
}

/**
 * A cause is named once: a failed (or unknown) check that another failed check explains becomes
 * unknown "because" of it. Explanations are followed to their root; of checks that explain one
 * another in a circle exactly one stays the cause.
 */
export function nameCausesOnce(judged: readonly Judged[]): readonly Judged[] {
  const byId = new Map(judged.map((one) => [one.check.id, one]));
  const roots = new Map<string, string>();
  for (const one of judged) findRoot(one, byId, roots, new Set());
  return judged.map((one) => {
    const root = roots.get(one.check.id);
    if (!isBad(one) || !root || root === one.check.id) return one;
    return { ...one, verdict: unknown({ code: 'explained', params: { check: root } }, root) };
  });
}

function isBad(one: Judged): boolean {
  return one.verdict.state === 'failed' || one.verdict.state === 'unknown';
}

/** The id of the failed check at the bottom of what went wrong with `one`; itself if it is the cause. */
function findRoot(
  one: Judged,
  byId: ReadonlyMap<string, Judged>,
  roots: Map<string, string>,
  path: ReadonlySet<string>,
): string | undefined {
  const known = roots.get(one.check.id);
  if (known) return known;
  if (!isBad(one)) return undefined;
  const deeper = new Set([...path, one.check.id]);
  for (const cause of explanations(one, byId)) {
    if (deeper.has(cause.check.id)) continue;
    const root = findRoot(cause, byId, roots, deeper);
    if (root) {
      roots.set(one.check.id, root);
      return root;
    }
  }
  if (one.verdict.state !== 'failed') return undefined;
  roots.set(one.check.id, one.check.id);
  return one.check.id;
}

function explanations(one: Judged, byId: ReadonlyMap<string, Judged>): readonly Judged[] {
  return (one.check.explainedBy ?? []).flatMap((pattern) => {
    if (!pattern.endsWith('*')) return byId.get(pattern) ?? [];
    const beginning = pattern.slice(0, -1);
    return [...byId.values()].filter((other) => other.check.id.startsWith(beginning));
  });
}
