import type { Drill } from '../model/index.ts';
import type { DrillContext } from './context.ts';
import { unitDrill } from './unit-drill.ts';

/**
 * Nobody is accepted any more. nginx then finishes what it has begun, for 5 s at most; where it is
 * stopped after that, its unit has "failed".
 */
const NGINX_IS_GONE = `case $(systemctl is-active nginx) in inactive | failed | deactivating) ;; *) exit 1 ;; esac
! (: <>/dev/tcp/127.0.0.1/80) 2>/dev/null`;

/** The lecture's second scenario: nginx stops on the holder; keepalived goes to FAULT, the VIP moves. */
export function nginxStopped(context: DrillContext): Drill {
  return unitDrill(context, {
    id: 'nginx-stopped',
    unit: 'nginx',
    notifyLines: ({ victim, taker }) => ({
      [victim]: ['notify_fault'],
      [taker]: ['notify_master'],
    }),
    inject: 'systemctl stop --no-block nginx',
    witness: NGINX_IS_GONE,
  });
}
