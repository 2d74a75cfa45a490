import { quote } from '../model/index.ts';

/** The timer that starts a standby's keepalived which was stopped for a change of settings. */
export const ASIDE_UNIT = 'iam-ha-standby';

/** Exits 0 where the VIP is on a NIC. On `lo` its holder has it, too, and for 2 s after it let go. */
export function hasVip(vip: string): string {
  return `ip -4 -o addr show | grep -v '^[0-9]*: lo ' | grep -qF ${quote(` ${vip}/`)}`;
}

/** A bash function `holds`, which is that. */
export function holdsVip(vip: string): string {
  return `holds() { ${hasVip(vip)}; }\n`;
}
