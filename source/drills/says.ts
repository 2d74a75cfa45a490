/** Bash that tells the engine a word: the drill's plan has the sentence for it. See `engine/drill-steps.ts`. */
export function saysWord(word: string): string {
  return `echo 'iam-ha-says ${word}'`;
}
