import {
  type Content,
  message,
  type NodeName,
  type Planned,
  problem,
  type Resource,
} from '../model/index.ts';
import { settled, unreadable } from './planned.ts';

/** The table that `assets/keepalived/strays.nft` makes. */
export const STRAYS_TABLE = 'ip iam_ha_strays';

export interface StraysTableOptions {
  readonly node: NodeName;
  /** What `nft -f` reads. */
  readonly rules: Content;
  /** In the comment of a rule: tells one content from another. */
  readonly mark: string;
  readonly explainedBy?: readonly string[];
}

/**
 * The table in force: a `flush ruleset` of somebody else takes it away. At boot keepalived's unit
 * loads it. A kernel that cannot have it goes without, which is no failure: what it saves are the
 * requests in hand when the VIP moves.
 */
export function straysTable(options: StraysTableOptions): Resource {
  const { node, rules, mark } = options;
  const id = `nft:${STRAYS_TABLE}`;
  const load = (words: string): Content => [
    `nft ${words}-f - <<'IAMHA_RULES'\n`,
    ...rules,
    'IAMHA_RULES\n',
  ];
  return {
    id,
    node,
    probe: [
      `if [[ ! $(type -P nft) ]]; then echo cannot
elif nft list table ${STRAYS_TABLE} 2>/dev/null | grep -qF '"iam-ha ${mark}"'; then echo loaded
elif `,
      ...load('-c '),
      'then echo missing; else echo cannot; fi 2>/dev/null\n',
    ],
    plan: ({ stdout, stderr }): Planned => {
      switch (stdout.trim()) {
        case 'loaded':
          return settled('strays-loaded');
        case 'cannot':
          return settled('strays-cannot');
        case 'missing':
          return loadIt(id, node, load(''));
        default:
          return unreadable(node, id, stderr);
      }
    },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

function loadIt(id: string, node: NodeName, script: Content): Planned {
  return {
    kind: 'change',
    change: {
      parts: [{ resource: id, summary: message('strays-load'), effect: 'none' }],
      actions: [{ kind: 'script', node, script, timeoutMs: 30_000 }],
      undo: [
        {
          kind: 'script',
          resource: id,
          script: `! nft list table ${STRAYS_TABLE} >/dev/null 2>&1 || nft delete table ${STRAYS_TABLE}\n`,
        },
      ],
      drift: problem('strays-missing', {}, { node }),
    },
  };
}
