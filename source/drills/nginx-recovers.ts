import { vipAddress } from '../cluster/index.ts';
import type { Drill } from '../model/index.ts';
import { hasVip } from '../platforms/holds-vip.ts';
import { type DrillContext, step } from './context.ts';
import { unitDrill } from './unit-drill.ts';

const MOVED_WITHIN_SECONDS = 15;

/** The lecture's third scenario: nginx comes back; without pre-emption the VIP stays where it is. */
export function nginxRecovers(context: DrillContext): Drill {
  const vip = vipAddress(context.cluster);
  const moved = `for i in $(seq ${MOVED_WITHIN_SECONDS * 10}); do ${hasVip(vip)} && exit 0; sleep 0.1; done; exit 1`;
  return unitDrill(context, {
    id: 'nginx-recovers',
    unit: 'nginx',
    notifyLines: ({ victim }) => ({ [victim]: ['notify_backup'] }),
    prepare: ({ victim, taker }) => [step(victim, 'systemctl stop nginx'), step(taker, moved)],
    inject: 'systemctl start nginx',
    witness: 'systemctl --quiet is-active nginx && exec 3<>/dev/tcp/127.0.0.1/80',
  });
}
