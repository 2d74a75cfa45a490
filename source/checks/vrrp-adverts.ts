import { settingsInAdvert, type VrrpSettings } from '../cluster/index.ts';
import {
  appliedCheckId,
  type Check,
  content,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
  warned,
} from '../model/index.ts';
import { holdsVip } from '../platforms/holds-vip.ts';
import { listenFunction } from '../platforms/vrrp-listen.ts';
import { exited, linesByKey, notMeasured, onNode } from './on-node.ts';

export interface AdvertsOptions {
  readonly node: NodeName;
  readonly vip: string;
  readonly address: string;
  readonly peers: readonly string[];
  readonly settings: VrrpSettings;
}

/** Beyond an interval: one advert may be lost. */
const PATIENCE_MS = 1500;

/**
 * What a standby hears is what all of them are to send: what the holder's keepalived has loaded, which
 * its file does not tell. The node itself compares the password.
 */
export function vrrpAdvertsCheck(options: AdvertsOptions): Check {
  const { node, vip, address, peers, settings } = options;
  const seconds = (settings.advertMs + PATIENCE_MS) / 1000;
  const script = content`${holdsVip(vip)}${listenFunction({ me: address, peers, seconds })}
if holds; then echo sends; exit 0; fi
heard=$(listen)
[[ $heard && $heard != no-tool ]] || { echo "\${heard:-silence}"; exit 0; }
wanted=$(cat <<'IAMHA_WANTED'
${settingsInAdvert(settings)}
IAMHA_WANTED
)
read -r version vrid interval _ <<<"$heard"
if [[ $heard == "$wanted" ]]; then echo "right $version $vrid $interval"
else echo "other $version $vrid $interval"; fi
`;
  return {
    id: `vrrp-adverts/${node}`,
    node,
    title: message('check-vrrp-settings', { node }),
    measurements: [onNode(node, script)],
    judge: ([measured]) => judge(node, measured),
    explainedBy: [
      'vip-holder',
      'vrrp',
      appliedCheckId(node, 'vrrp-settings:keepalived'),
      appliedCheckId(node, 'unit:keepalived'),
    ],
    deadlineMs: 5000,
    seeForYourself: 'tcpdump -vvni any ip proto 112',
  };
}

function judge(node: NodeName, measured: Measured | undefined): Verdict {
  const output = exited(measured);
  if (output?.exitCode !== 0) return notMeasured(measured);
  const lines = linesByKey(output.stdout);
  if (lines.has('no-tool')) return warned(problem('vrrp-not-measured', {}, { node }));
  if (lines.has('silence')) return failed(problem('adverts-silent', {}, { node }));
  if (lines.has('sends')) return passed(message('adverts-sent', { node }));
  const [version = '', vrid = '', interval = ''] = (
    lines.get('right')?.[0] ??
    lines.get('other')?.[0] ??
    ''
  ).split(' ');
  const params = { version, vrid, seconds: Number(interval) / 100 };
  if (lines.has('right')) return passed(message('adverts-right', params));
  if (lines.has('other')) return failed(problem('adverts-differ', params, { node }));
  return notMeasured(measured);
}
