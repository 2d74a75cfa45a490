import { type Drill, type DrillStep, message } from '../model/index.ts';
import {
  armedSeconds,
  armStep,
  type Cast,
  cast,
  type DrillContext,
  description,
  disarmStep,
  IS_BACKUP,
  NOTIFY_LOG,
  step,
} from './context.ts';
import { judgeDrill } from './judge.ts';

/** What one drill on a systemd unit has of its own; starting the unit again makes all whole. */
export interface UnitDrill {
  readonly id: 'keepalived-stopped' | 'nginx-stopped' | 'nginx-recovers';
  readonly unit: 'keepalived' | 'nginx';
  /** New notify lines between fault and restore; nodes that are not named have none. */
  notifyLines(roles: Cast): Readonly<Record<string, readonly string[]>>;
  prepare?(roles: Cast): readonly DrillStep[];
  /** On the victim. */
  readonly inject: string;
  /** On the victim: exits 0 when it really happened. */
  readonly witness: string;
}

/** A drill in which the VIP's holder loses a unit, and the next front end takes over. */
export function unitDrill(context: DrillContext, drill: UnitDrill): Drill {
  const { id, unit } = drill;
  const start = `systemctl start ${unit}`;
  return {
    id,
    title: message(`drill-${id}`),
    plan(situation) {
      const roles = cast(context, situation, id);
      if ('code' in roles) return { kind: 'impossible', problem: roles };
      const { victim, taker, outageMs, phases, observeMs } = roles;
      return {
        kind: 'plan',
        plan: {
          victim,
          description: description(id, roles),
          expectation: {
            outageMs,
            ...(phases && { phases }),
            holderAfter: taker,
            notifyLines: drill.notifyLines(roles),
          },
          arm: [armStep(victim, id, start, armedSeconds(observeMs))],
          armedSeconds: armedSeconds(observeMs),
          prepare: drill.prepare?.(roles) ?? [],
          inject: [step(victim, drill.inject)],
          witness: [step(victim, drill.witness)],
          observeMs,
          restore: [step(victim, start)],
          restored: [step(victim, `systemctl --quiet is-active ${unit} && ${IS_BACKUP}`)],
          disarm: [disarmStep(victim, id)],
          notifyLog: NOTIFY_LOG,
        },
      };
    },
    judge: (plan, evidence) => judgeDrill(plan, evidence, 1000 / context.ratePerSecond),
  };
}
