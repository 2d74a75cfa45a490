import { type Check, failed, message, type NodeName, passed, problem } from '../model/index.ts';
import { ASIDE_UNIT } from '../platforms/holds-vip.ts';
import { exited, notMeasured, onNode } from './on-node.ts';

export function asideCheckId(node: NodeName): string {
  return `standby-aside/${node}`;
}

/**
 * keepalived of a standby stops for a moment when its settings change. Whoever dies in that moment
 * leaves it stopped until its timer starts it: meanwhile there is no failover.
 */
export function standbyAsideCheck(node: NodeName): Check {
  const script = `if systemctl is-active --quiet ${ASIDE_UNIT}.timer ${ASIDE_UNIT}.service &&
  ! systemctl is-active --quiet keepalived; then echo aside; else echo none; fi
`;
  return {
    id: asideCheckId(node),
    node,
    title: message('check-standby-aside', { node }),
    measurements: [onNode(node, script)],
    judge: ([measured]) => {
      const said = exited(measured)?.stdout.trim();
      if (said === 'none') return passed(message('standby-not-aside'));
      if (said === 'aside') return failed(problem('standby-aside', {}, { node }));
      return notMeasured(measured);
    },
    deadlineMs: 0,
    seeForYourself: 'systemctl status keepalived',
  };
}
