/** The 1-based line of each field, by its path (`nodes[1].address`); `` is the whole file. */
export type FieldLines = Readonly<Record<string, number>>;

/** A path as zod gives it, as people write it: `nodes[1].address`. */
export function fieldName(path: readonly PropertyKey[]): string {
  return path.reduce<string>((name, part) => {
    if (typeof part === 'number') return `${name}[${part}]`;
    return name ? `${name}.${String(part)}` : String(part);
  }, '');
}

/** The line of `field`, or of the nearest field around it that is in the file. */
export function lineOf(lines: FieldLines, field: string): number {
  if (Object.hasOwn(lines, field)) return lines[field] ?? 1;
  const cut = Math.max(field.lastIndexOf('.'), field.lastIndexOf('['));
  return cut < 0 ? (lines[''] ?? 1) : lineOf(lines, field.slice(0, cut));
}
