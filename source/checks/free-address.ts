import type { Ipv4Address } from '../model/index.ts';
import { vipAnswerScript } from './vip-answer.ts';

/**
 * A read-only script for a node: prints the first of `candidates` for which nobody answers ARP on
 * `nic`; nothing when somebody does for each.
 */
export function freeAddressScript(candidates: readonly Ipv4Address[], nic: string): string {
  return candidates
    .map(
      (candidate) => `if ! {
${vipAnswerScript(candidate, nic, [])}} | grep -Eq '^self|lladdr'; then echo ${candidate}; exit 0; fi
`,
    )
    .join('');
}
