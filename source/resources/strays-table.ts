import type { Content, NodeName, Resource } from '../model/index.ts';
import { nftUnit } from './nft-unit.ts';

/** The table that `assets/keepalived/strays.nft` makes. */
const STRAYS_TABLE = 'ip iam_ha_strays';

export interface StraysTableOptions {
  readonly node: NodeName;
  /** The unit that loads the table. */
  readonly unit: string;
  /** What `nft -f` reads. */
  readonly rules: Content;
  /** In the comment of a rule: tells one content from another. */
  readonly mark: string;
  readonly explainedBy?: readonly string[];
}

/**
 * The table that sends strays on, see {@link nftUnit}. A kernel that cannot have it goes without,
 * which is no failure: what it saves are the requests in hand when the VIP moves.
 */
export function straysTable({ rules, mark, ...options }: StraysTableOptions): Resource {
  const load = (words: string): Content => [
    `nft ${words}-f - <<'IAMHA_RULES'\n`,
    ...rules,
    'IAMHA_RULES\n',
  ];
  return nftUnit({
    ...options,
    look: [
      `if [[ ! $(type -P nft) ]]; then echo strays cannot
elif nft list table ${STRAYS_TABLE} 2>/dev/null | grep -qF '"iam-ha ${mark}"'; then echo strays loaded
elif `,
      ...load('-c '),
      'then echo strays missing; else echo strays cannot; fi 2>/dev/null\n',
    ],
    isRight: (stdout) => !stdout.split('\n').includes('strays missing'),
    load: load(''),
    codes: { load: 'strays-load', missing: 'strays-missing' },
  });
}
