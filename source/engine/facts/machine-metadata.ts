import { isRegion, type NodeFacts, quote } from '../../model/index.ts';

/** What metadata.tencentyun.com resolves to, on every machine of that cloud. */
const PLACE = '169.254.0.23/80';

/** HTTP/1.0: whoever has answered hangs up. Anything but a 200 is an empty line. */
const script = (place: string) => `say() {
  local line status
  exec 9<>/dev/tcp/${place} || exit
  printf 'GET /latest/meta-data/%s HTTP/1.0\\r\\nHost: metadata.tencentyun.com\\r\\n\\r\\n' "$1" >&9
  read -r _ status _ <&9
  while read -r line <&9 && [[ $line != $'\\r' ]]; do :; done
  line=
  read -r line <&9
  [[ $status == 200 ]] || line=
  printf '%s\\n' "$line"
}
say instance-id
say placement/region`;

/**
 * What the machine's cloud says of it: a line each of id and region.
 *
 * Elsewhere the address leads to the default gateway, which may swallow what is sent there. So it is
 * asked only where the cluster file names a cloud, where there is no file yet and one is to be offered,
 * or where the machine's maker says it; all in all for a second; and beside the other questions: `ask`
 * stands before them, `tell` behind.
 *
 * @param always whoever made the machine
 * @param place address and port; another one for tests
 */
export function machineSnippets(
  always: boolean,
  place = PLACE,
): { readonly ask: string; readonly tell: string } {
  const wanted = always ? 'true' : '[[ $(show /sys/class/dmi/id/sys_vendor) == *[Tt]encent* ]]';
  return {
    ask: `exec 7< <(${wanted} && exec timeout 1 bash -c ${quote(script(place))})`,
    tell: 'section machine; while read -r line <&7; do printf \'%s\\n\' "$line"; done; exec 7<&-',
  };
}

/** Whoever answers there may be no cloud: what has not the form of an id and a region is nothing. */
export function machineOf(text: string): NodeFacts['cloud'] {
  const [instance = '', region = ''] = text.split('\n').map((line) => line.trim());
  if (!/^ins-[a-z0-9]{4,32}$/.test(instance)) return undefined;
  return isRegion(region) ? { instance, region } : undefined;
}
