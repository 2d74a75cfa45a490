import {
  type Cluster,
  type OutageScenario,
  type PhaseBands,
  predictOutage,
  predictPhases,
  vrrpOrder,
  vrrpTimers,
} from '../cluster/index.ts';
import {
  type Content,
  content,
  type DrillStep,
  message,
  type NodeName,
  type Problem,
  problem,
  type Situation,
} from '../model/index.ts';
import { hasVip } from '../platforms/holds-vip.ts';

/** What the drills of a pair need to know. */
export interface DrillContext {
  readonly cluster: Cluster;
  readonly ratePerSecond: number;
}

/** What a drill needs beside the time that it observes, on a slow computer far away from the nodes. */
const BESIDE_SECONDS = 25;
const STEP_TIMEOUT_MS = 30_000;

export function step(node: NodeName, script: string): DrillStep {
  return { node, script: [script], timeoutMs: STEP_TIMEOUT_MS };
}

/** After this the host restores itself, whether we live or not. */
export function armedSeconds(observeMs: number): number {
  return BESIDE_SECONDS + Math.ceil(observeMs / 1000);
}

/** A transient timer that runs `undo` on the node; systemd is exact to 100 ms here, not to a minute. */
export function armStep(node: NodeName, drillId: string, undo: string, seconds: number): DrillStep {
  const unit = `iam-ha-drill-${drillId}`;
  return step(
    node,
    `systemctl stop ${unit}.timer ${unit}.service 2>/dev/null
systemctl reset-failed ${unit}.timer ${unit}.service 2>/dev/null
systemd-run --quiet --unit=${unit} --on-active=${seconds} --timer-property=AccuracySec=100ms /bin/sh -c '${undo}'`,
  );
}

export function disarmStep(node: NodeName, drillId: string): DrillStep {
  const timer = `iam-ha-drill-${drillId}.timer`;
  // One that has gone off (a drill may take longer than it) is gone, and needs no end.
  return step(
    node,
    `systemctl stop ${timer} 2>/dev/null || [ "$(systemctl show ${timer} -p LoadState --value)" = not-found ]`,
  );
}

/**
 * As {@link armStep}, for an undo of more than a line: the node keeps it in a file, readable by root
 * only, that goes with the next boot.
 */
export function armScriptStep(
  node: NodeName,
  drillId: string,
  undo: Content,
  seconds: number,
): DrillStep {
  const file = `${ARMED}/${drillId}`;
  const timer = armStep(node, drillId, `/bin/bash ${file}`, seconds);
  const keep = content`umask 077
mkdir -p ${ARMED} && cat >${file} <<'IAMHA_UNDO' || exit
{
${undo}rm -rf ${ARMED}
exit
}
IAMHA_UNDO
`;
  return { ...timer, script: [...keep, ...timer.script] };
}

/** What a drill keeps on a node for as long as it lasts. */
export const ARMED = '/run/iam-ha-drill';

/** The notify log's size, then the names of the events appended since byte `$FROM`. */
export const NOTIFY_LOG = `log=/var/log/keepalived.log
size=$(stat -c %s "$log" 2>/dev/null || echo 0)
echo "$size"
[ "$FROM" = end ] || tail -c +$((FROM + 1)) "$log" | sed -n 's/^\\[[^]]*\\] //p'
`;

/** Who has the VIP, who takes it over, and who looks on. */
export interface Cast {
  readonly victim: NodeName;
  readonly taker: NodeName;
  readonly outageMs: readonly [number, number];
  /** What the timers allow each phase of the failover; absent: none is due. */
  readonly phases?: PhaseBands;
  /** At least this long after the fault nothing more is due. */
  readonly observeMs: number;
}

/** Casts the drill: the holder fails, and the highest priority among the others takes over. */
export function cast(
  { cluster, ratePerSecond }: DrillContext,
  situation: Situation,
  scenario: OutageScenario,
): Cast | Problem {
  const order = vrrpOrder(cluster).map((node) => node.name);
  const holder = situation.holder === null ? -1 : order.indexOf(situation.holder);
  if (holder < 0) return problem('drill-no-holder');
  const taker = holder === 0 ? 1 : 0;
  const { profile } = cluster.vip;
  const circumstances = { frontends: order.length, holder, taker, ratePerSecond };
  const outageMs = predictOutage(scenario, profile, circumstances);
  const phases = predictPhases(scenario, profile, circumstances);
  const { script } = vrrpTimers(profile, taker, order.length);
  // a script that has to run again before the state changes back is the slowest thing to wait for
  const observeMs = Math.max(
    3000,
    outageMs[1] + 1500,
    (script.rise + 1) * script.intervalSec * 1000,
  );
  return {
    victim: order[holder]!,
    taker: order[taker]!,
    outageMs,
    observeMs,
    ...(phases && { phases }),
  };
}

export function description(id: string, { victim, taker, outageMs }: Cast) {
  return message(`drill-${id}-description`, { victim, taker, min: outageMs[0], max: outageMs[1] });
}

/** keepalived's last word. The log may have been rotated since (its last file is not compressed yet). */
const LAST_WORD = `$(cat /var/log/keepalived.log.1 /var/log/keepalived.log 2>/dev/null | grep -o 'notify_[a-z]*$' | tail -n 1)`;

/** Exits 0 where keepalived's last word was that it is a backup, or the master. */
export const IS_BACKUP = `[ "${LAST_WORD}" = notify_backup ]`;
export const IS_MASTER = `[ "${LAST_WORD}" = notify_master ]`;

/** Exits 0 where keepalived has the VIP and says so, or does neither. */
export function isAtRest(vip: string): string {
  return `if ${hasVip(vip)}; then ${IS_MASTER}; else ${IS_BACKUP}; fi`;
}

/** Sets `pids` to every process of a unit; fails where there is none. */
export function processesOf(unit: string): string {
  return `group=$(systemctl show -p ControlGroup --value ${unit}) && [ "$group" ] || exit 1
pids=$(find "/sys/fs/cgroup$group" "/sys/fs/cgroup/systemd$group" -name cgroup.procs -exec cat {} + 2>/dev/null)
[ "$pids" ] || exit 1`;
}
