import { quote } from '../model/index.ts';

/** A bash function `holds`: exits 0 where the VIP is. On `lo` it is only for a moment, while nginx stops. */
export function holdsVip(vip: string): string {
  return `holds() { ip -4 -o addr show | grep -v '^[0-9]*: lo ' | grep -qF ${quote(` ${vip}/`)}; }\n`;
}
