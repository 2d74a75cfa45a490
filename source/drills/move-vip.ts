import { type Cluster, vipAddress } from '../cluster/index.ts';
import type { DrillStep, NodeName } from '../model/index.ts';
import { armStep, disarmStep, IS_BACKUP, step } from './context.ts';

export interface MoveRoles {
  readonly from: NodeName;
  readonly to: NodeName;
  /** Front ends that must not take it in between. */
  readonly bystanders: readonly NodeName[];
}

export interface MovePlan {
  readonly steps: readonly DrillStep[];
  /** Of a move that failed: nothing waits for the armed start then. */
  readonly putBack: readonly DrillStep[];
}

const DRILL_ID = 'move-vip';
const WITHIN_SECONDS = 10;
/** Longer than everything that waits here. */
const ARMED_SECONDS = 45;

/**
 * The VIP to `to`: keepalived stops on everybody else, `to` takes over after its skew, and the
 * others start again as backups. Each start is armed on its host first, in case we die.
 */
export function planMove(cluster: Cluster, { from, to, bystanders }: MoveRoles): MovePlan {
  const others = [...bystanders, from];
  const holds = `ip -4 -o addr show | grep -qF ' ${vipAddress(cluster)}/'`;
  const disarm = others.map((node) => disarmStep(node, DRILL_ID));
  return {
    steps: [
      // a node whose keepalived is down or in FAULT cannot take it: nothing is stopped then
      step(to, `systemctl --quiet is-active keepalived || exit 1\n${within(IS_BACKUP)}`),
      ...others.map((node) => armStep(node, DRILL_ID, 'systemctl start keepalived', ARMED_SECONDS)),
      ...others.map((node) => step(node, 'systemctl stop --no-block keepalived')),
      step(to, within(holds)),
      ...others.map((node) => step(node, `${START}\n${within(IS_BACKUP)}`)),
      ...disarm,
    ],
    putBack: [...others.map((node) => step(node, START)), ...disarm],
  };
}

/** A stop that is under way comes to its end first: it would take the start back. */
const START = `while [ "$(systemctl is-active keepalived)" = deactivating ]; do sleep 0.05; done
systemctl start keepalived`;

/** Exits 0 as soon as `test` does. */
function within(test: string): string {
  return `for try in {1..${WITHIN_SECONDS * 50}}; do ${test} && exit 0; sleep 0.02; done; exit 1`;
}
