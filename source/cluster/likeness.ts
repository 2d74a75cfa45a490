/** Levenshtein's distance: how many letters must be put in, taken out or changed. */
function distance(from: string, to: string): number {
  let row = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (const [line, letter] of [...from].entries()) {
    const next = [line + 1];
    for (const [column, other] of [...to].entries()) {
      const change = (row[column] ?? 0) + (letter.toLowerCase() === other.toLowerCase() ? 0 : 1);
      next.push(Math.min(change, (row[column + 1] ?? 0) + 1, (next[column] ?? 0) + 1));
    }
    row = next;
  }
  return row.at(-1) ?? from.length;
}

/** `candidates`, the likeliest to have been meant by `word` first. */
export function byLikeness(word: string, candidates: readonly string[]): readonly string[] {
  const short = word.slice(0, 64);
  return candidates
    .map((candidate) => ({ candidate, far: distance(short, candidate) }))
    .sort((one, other) => one.far - other.far)
    .map(({ candidate }) => candidate);
}

/** Whether `word` may be a slip of the pen for `candidate`. */
export function isSlipFor(word: string, candidate: string): boolean {
  return distance(word.slice(0, 64), candidate) <= Math.max(2, Math.floor(candidate.length / 3));
}
