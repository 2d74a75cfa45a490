import { quote } from '../model/index.ts';

/** The timer that starts a standby's keepalived which was stopped for a change of settings. */
export const ASIDE_UNIT = 'iam-ha-standby';

/** A bash function `holds`: exits 0 where the VIP is. On `lo` it is only for a moment, while nginx stops. */
export function holdsVip(vip: string): string {
  return `holds() { ip -4 -o addr show | grep -v '^[0-9]*: lo ' | grep -qF ${quote(` ${vip}/`)}; }\n`;
}
