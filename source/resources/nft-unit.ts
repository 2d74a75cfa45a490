import { createHash } from 'node:crypto';
import {
  type Change,
  type ChangePart,
  type Content,
  message,
  type NodeName,
  type Planned,
  problem,
  type Resource,
} from '../model/index.ts';
import { unit } from './unit.ts';

/** Where `nft` is, on Debian's family and on Red Hat's. */
export const NFT = '/usr/sbin/nft';

/** For the comment of a rule: tells one content of a table from another. */
export function contentMark(content: unknown): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex').slice(0, 12);
}

export interface NftUnitOptions {
  readonly node: NodeName;
  /** The unit that loads the table at boot. */
  readonly unit: string;
  /** Bash that prints what `isRight` reads. */
  readonly look: Content;
  /** Whether the table is in force, or its absence is somebody else's business. */
  isRight(stdout: string): boolean;
  /** Loads it, in one transaction. */
  readonly load: Content;
  /** Codes: of the part of the plan that loads it, and of what is wrong where it is missing. */
  readonly codes: { readonly load: string; readonly missing: string };
  readonly explainedBy?: readonly string[];
}

/**
 * The unit that loads a table of ours, running and enabled, and the table itself: a `flush ruleset`
 * of somebody else takes it away, and the unit would not know.
 */
export function nftUnit(options: NftUnitOptions): Resource {
  const { node, look } = options;
  const explainedBy = options.explainedBy ? { explainedBy: options.explainedBy } : {};
  const inner = unit({ node, unit: options.unit, downCode: 'unit-not-running', ...explainedBy });
  return {
    ...inner,
    probe: [...inner.probe, ...look],
    plan: (output): Planned => {
      const planned = inner.plan(output);
      if (planned.kind === 'refused' || options.isRight(output.stdout)) return planned;
      // Starting it loads it.
      const starts =
        planned.kind === 'change' && planned.change.parts[0].summary.code !== 'unit-enable';
      return starts ? planned : { kind: 'change', change: loadAgain(options, planned) };
    },
  };
}

function loadAgain({ node, unit: name, load, codes }: NftUnitOptions, planned: Planned): Change {
  const part: ChangePart = {
    resource: `unit:${name}`,
    summary: message(codes.load),
    effect: 'none',
  };
  const rest = planned.kind === 'change' ? planned.change : undefined;
  return {
    parts: [part, ...(rest?.parts ?? [])],
    actions: [
      { kind: 'script', node, script: ['set -euo pipefail\n', ...load], timeoutMs: 30_000 },
      ...(rest?.actions ?? []),
    ],
    // The unit's stop takes the table away, whoever loaded it.
    undo: rest?.undo ?? [],
    drift: problem(codes.missing, {}, { node }),
  };
}
