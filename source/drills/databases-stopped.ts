import { ports } from '../cluster/index.ts';
import {
  type Content,
  content,
  type Drill,
  type DrillCalls,
  type DrillStep,
  message,
  type NodeName,
} from '../model/index.ts';
import { type DrillContext, step } from './context.ts';
import { steadyDrill } from './steady.ts';

export interface DatabasesContext extends DrillContext {
  /** The node that has both databases. */
  readonly data: NodeName;
  /** The node without them that makes the calls. */
  readonly survivor: NodeName;
  /** MariaDB's unit, and Redis'. */
  readonly units: { readonly mariadb: string; readonly redis: string };
  /** Rows and messages that the calls need. */
  readonly prepare: readonly DrillStep[];
  readonly calls: DrillCalls;
  /** On the data node, when its databases run again: takes away what `prepare` made. */
  readonly cleanUp: Content;
  /** Exit 0 when every node's IAM is whole again. */
  readonly whole: readonly DrillStep[];
}

const OBSERVE_MS = 4000;
/** Rows are made before the fault, and the calls during it: the host waits for that, too. */
const CALLS_SECONDS = 20;

/**
 * MariaDB and Redis stop on the node that has them: the part of the pair that is not redundant.
 * The VIP stays and goes on saying that all is well; the calls show what that is worth.
 */
export function databasesStopped(context: DatabasesContext): Drill {
  const { data, survivor, units } = context;
  const both = `${units.mariadb} ${units.redis}`;
  return steadyDrill(context, 'databases-stopped', (holder) => ({
    victim: data,
    description: message('drill-databases-stopped-description', { data, survivor, holder }),
    observeMs: OBSERVE_MS,
    extraSeconds: CALLS_SECONDS,
    undo: [{ node: data, script: content`systemctl start ${both}\n${context.cleanUp}` }],
    prepare: context.prepare,
    inject: [step(data, `systemctl stop --no-block ${both}`)],
    witness: [step(data, witness(units))],
    calls: context.calls,
    restored: [
      step(
        data,
        `systemctl --quiet is-active ${units.mariadb} && systemctl --quiet is-active ${units.redis}`,
      ),
      ...context.whole,
    ],
  }));
}

/** Both are gone, and nobody else listens where they did. */
function witness({ mariadb, redis }: DatabasesContext['units']): string {
  return `for unit in ${mariadb} ${redis}; do
  case $(systemctl is-active "$unit") in inactive | failed) ;; *) exit 1 ;; esac
done
for port in ${ports.mariadb} ${ports.redis}; do
  (: <>"/dev/tcp/127.0.0.1/$port") 2>/dev/null && exit 1
done
exit 0`;
}
