import { isIpv4Address } from '../model/index.ts';

/** Our lines in somebody else's file, between two marks. */
export interface BlockPlan {
  /** The lines we mean to have; those that others' lines already say are left out. */
  readonly lines: readonly string[];
  /** The whole file with our block in it. */
  readonly text: string;
  /** The lines of the block that stands there now; null if there is none. */
  readonly present: readonly string[] | null;
  /** Host names that other lines give another address: theirs stands. */
  readonly elsewhere: readonly string[];
}

export function blockMarks(set: string): readonly [string, string] {
  return [`# BEGIN iam-ha-wizard ${set}`, `# END iam-ha-wizard ${set}`];
}

/**
 * `text` with our block as it should be. The rest of the file is kept byte for byte (`text` may be
 * any single-byte decoding). A block that is already as desired is never touched, whatever
 * others have written since.
 */
export function planBlock(
  path: string,
  text: string,
  set: string,
  desired: readonly string[],
): BlockPlan {
  const { before, present, after } = splitAtBlock(text, set);
  const others = path === '/etc/hosts' ? hostNames(before + after) : new Map<string, string>();
  if (present && present.join('\n') === desired.join('\n')) {
    return { lines: desired, text, present, elsewhere: [] };
  }
  const kept = desired.map((line) => withoutNames(line, others)).filter((line) => line !== '');
  const elsewhere = desired.flatMap((line) => namesPointingElsewhere(line, others));
  return { lines: kept, text: joinAround(before, after, set, kept), present, elsewhere };
}

function joinAround(before: string, after: string, set: string, lines: readonly string[]): string {
  if (lines.length === 0) return before + after;
  const gap = before === '' || before.endsWith('\n') ? '' : '\n';
  return `${before}${gap}${blockText(set, lines)}${after}`;
}

export function blockText(set: string, lines: readonly string[]): string {
  const [begin, end] = blockMarks(set);
  return `${[begin, ...lines, end].join('\n')}\n`;
}

function splitAtBlock(text: string, set: string) {
  const [begin, end] = blockMarks(set);
  const lines = text.split(/(?<=\n)/);
  const bare = lines.map((line) => line.trimEnd());
  const from = bare.indexOf(begin);
  const to = from < 0 ? -1 : bare.indexOf(end, from);
  if (to < 0) return { before: text, present: null, after: '' };
  return {
    before: lines.slice(0, from).join(''),
    present: bare.slice(from + 1, to),
    after: lines.slice(to + 1).join(''),
  };
}

/** Every name of the file, with its first IPv4 address. */
function hostNames(text: string): Map<string, string> {
  const names = new Map<string, string>();
  for (const line of text.split('\n')) {
    const [address = '', ...rest] = line.replace(/#.*/, '').trim().split(/\s+/);
    if (!isIpv4Address(address)) continue;
    for (const name of rest) if (!names.has(name)) names.set(name, address);
  }
  return names;
}

function withoutNames(line: string, others: ReadonlyMap<string, string>): string {
  const [address, ...names] = line.split(/\s+/);
  const left = names.filter((name) => !others.has(name));
  if (left.length === names.length) return line;
  return left.length === 0 ? '' : `${address} ${left.join(' ')}`;
}

function namesPointingElsewhere(line: string, others: ReadonlyMap<string, string>) {
  const [address, ...names] = line.split(/\s+/);
  return names.filter((name) => others.has(name) && others.get(name) !== address);
}
