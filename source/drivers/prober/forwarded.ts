import { type Forward, openThrough } from './forward.ts';
import type { IndexedTarget, Open } from './schedule.mjs';
import { probeOnSchedule } from './schedule.mjs';
import type { Plan, Prober, Report } from './thread.ts';

/** Probes through other machines' sshd, from this thread: that is where the SSH connections live. */
export function startForwarded(plan: Plan, forward: Forward, report: Report): Prober {
  let probing: ReturnType<typeof probeOnSchedule> | undefined;
  const open: Open = (target, withinMs, opened) => {
    void openThrough(forward, whereTo(target), withinMs).then(({ reason, stream }) =>
      opened(reason, stream),
    );
  };
  return {
    start(startMs) {
      probing = probeOnSchedule({ ...plan, startMs }, open, (end) => report([end]));
    },
    stop: async () => probing?.stop(),
    died: new Promise(() => {}),
  };
}

function whereTo({ vantage, address, port }: IndexedTarget) {
  if (vantage.kind === 'here') throw new Error('here is not a forwarded vantage');
  return { from: vantage, address, port };
}
