import { type NodeName, quote, type Resource } from '../model/index.ts';
import { nftUnit } from './nft-unit.ts';

/** The table that keeps others out. */
export const TABLE = 'inet iam_ha';

/** How long a node that has left is still let in: the rest of the run takes it out of use. */
const LEAVING = '10m';

export interface NftTableOptions {
  readonly node: NodeName;
  /** The unit that loads the table, and the file that it reads. */
  readonly unit: string;
  readonly file: string;
  /** In the comment of the last rule: tells one content of the file from another. */
  readonly mark: string;
  /** How many rules the table has, and which addresses it lets in. */
  readonly rules: number;
  readonly addresses: readonly string[];
  readonly explainedBy?: readonly string[];
}

/**
 * Bash that puts the file in force in one transaction; addresses that it does not name any more are
 * let in for some minutes still, so that a node which leaves loses nothing while it is taken out.
 */
export function loadTable(file: string): string {
  const path = quote(file);
  return `{
  cat ${path}
  nft list set ${TABLE} nodes 2>/dev/null | grep -oE '[0-9]+(\\.[0-9]+){3}' | sort -u | while read -r address; do
    grep -qwF -- "$address" ${path} || echo "add element ${TABLE} nodes { $address timeout ${LEAVING} }"
  done || true
} | nft -f -
`;
}

/** The table that keeps others out, see {@link nftUnit}. */
export function nftTable(options: NftTableOptions): Resource {
  const { node, file } = options;
  return nftUnit({
    node,
    unit: options.unit,
    look: [
      `grep -oE 'iam-ha [0-9a-f]+' ${quote(file)} 2>/dev/null | sed 's/^/file /'
nft list table ${TABLE} 2>/dev/null | sed 's/^[[:space:]]*/table /'
true
`,
    ],
    isRight: (stdout) => tableRight(options, stdout),
    load: [loadTable(file)],
    codes: { load: 'firewall-table-load', missing: 'firewall-table-missing' },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  });
}

/** A file that is not as it should be is another resource's business, which loads it, too. */
function tableRight({ mark, rules, addresses }: NftTableOptions, stdout: string): boolean {
  if (!stdout.split('\n').includes(`file iam-ha ${mark}`)) return true;
  const lines = stdout.split('\n').filter((line) => line.startsWith('table '));
  const text = lines.join('\n');
  const present: readonly string[] = text.match(/\d+(\.\d+){3}/g) ?? [];
  return (
    lines.filter((line) => /\b(accept|drop)( comment .*)?$/.test(line)).length === rules &&
    text.includes(`"iam-ha ${mark}"`) &&
    addresses.every((address) => present.includes(address))
  );
}
