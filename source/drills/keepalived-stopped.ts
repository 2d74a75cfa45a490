import type { Drill } from '../model/index.ts';
import type { DrillContext } from './context.ts';
import { unitDrill } from './unit-drill.ts';

/** The lecture's first scenario: keepalived stops on the holder; the VIP moves, one new line on each. */
export function keepalivedStopped(context: DrillContext): Drill {
  return unitDrill(context, {
    id: 'keepalived-stopped',
    unit: 'keepalived',
    notifyLines: ({ victim, taker }) => ({ [victim]: ['notify_stop'], [taker]: ['notify_master'] }),
    // the stop itself returns only a second later on a MASTER
    inject: 'systemctl stop --no-block keepalived',
    witness: '[ "$(systemctl is-active keepalived)" = inactive ]',
  });
}
