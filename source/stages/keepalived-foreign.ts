import { quote } from '../model/index.ts';

/**
 * Prints `FILE<TAB>WHAT` for what is in keepalived's way before it is ours: the VIP on one of this
 * node's interfaces, or a keepalived that runs with another file than ours.
 * A `keepalived.conf` of somebody else's is found by its path.
 */
export function foreignVrrp(vip: string, file: string): string {
  return `[ -e ${quote(file)} ] && exit 0
ip -4 -o addr show | while read -r _ device _ address _; do
  case $address in ${quote(vip)}/*) printf '%s\\taddress %s\\n' "$device" "$address" ;; esac
done
systemctl is-active --quiet keepalived 2>/dev/null && printf 'keepalived.service\\truns with a file of its own\\n'
exit 0
`;
}
