import { servicePort } from '../cluster/index.ts';
import {
  type Drill,
  type DrillTarget,
  message,
  type NodeName,
  type OutageBand,
} from '../model/index.ts';
import {
  answers,
  type BackendContext,
  BROKEN,
  BROKEN_UNIT,
  backendNames,
  START,
} from './backends.ts';
import { ARMED, step } from './context.ts';
import { steadyDrill } from './steady.ts';

/** systemd's own timers, the daemon's start (0.2 s measured; a slow disk more), its first answer. */
const START_MS = 1500;
const EARLY_MS = 50;
/** The PID that was killed: only another one proves that systemd has started it again. */
const KILLED = `${ARMED}/killed`;

/**
 * A daemon is killed with -9: systemd starts it again after `RestartSec`, and until then nginx asks
 * the other backends. What the killed one had in hand is asked of another, too, if it can be (GET).
 */
export function daemonKilled(context: BackendContext): Drill {
  const { cluster, healthy, restartSeconds, ratePerSecond } = context;
  const domain = cluster.domains[BROKEN];
  const restartMs = restartSeconds * 1000;
  const stepMs = Math.ceil(1000 / ratePerSecond);
  const back: OutageBand = [restartMs - EARLY_MS, restartMs + START_MS + stepMs];
  return steadyDrill(context, 'daemon-killed', (holder) => {
    const names = backendNames(cluster);
    const victim = names.includes(holder) ? holder : (names[0] ?? holder);
    return {
      victim,
      description: message('drill-daemon-killed-description', {
        victim,
        domain,
        unit: BROKEN_UNIT,
        seconds: restartSeconds,
        min: back[0],
        max: back[1],
      }),
      observeMs: back[1] + 1500,
      backends: { [victim]: back },
      direct: [itself(context, victim)],
      undo: [{ node: victim, script: START }],
      inject: [step(victim, KILL)],
      witness: [step(victim, IS_ANOTHER)],
      restored: [answers(victim, healthy)],
    };
  });
}

const MAIN_PID = `$(systemctl show -p MainPID --value ${BROKEN_UNIT})`;
const KILL = `pid=${MAIN_PID}
((pid > 0)) && echo "$pid" >${KILLED} && kill -9 "$pid"`;
const IS_ANOTHER = `old=$(<${KILLED}) pid=${MAIN_PID}
[ ! -d "/proc/$old" ] && [ "$pid" != "$old" ]`;

/** The victim's daemon, asked by another node: past nginx, which would hide that it is away. */
function itself({ cluster }: BackendContext, victim: NodeName): DrillTarget {
  const node = cluster.nodes.find(({ name }) => name === victim);
  const asking = cluster.nodes.find(({ name }) => name !== victim);
  if (!node || !asking) throw new Error(`no node beside ${victim}`);
  return {
    vantage: { kind: 'via', node: asking.name },
    label: `${victim} ${BROKEN}`,
    domain: cluster.domains[BROKEN],
    backend: victim,
    address: node.address,
    port: servicePort(BROKEN),
    host: cluster.domains[BROKEN],
    path: '/healthz',
    expectBody: '{"status":"ok"}',
  };
}
