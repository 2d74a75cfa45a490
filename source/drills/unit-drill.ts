import { type OutageScenario, vipAddress } from '../cluster/index.ts';
import type { Drill, DrillHeal, DrillPlan, DrillStep } from '../model/index.ts';
import { castDrill } from './cast-drill.ts';
import {
  armedSeconds,
  armStep,
  type Cast,
  type DrillContext,
  description,
  disarmStep,
  IS_BACKUP,
  isAtRest,
  NOTIFY_LOG,
  step,
} from './context.ts';

/** What one drill on a systemd unit has of its own. */
export interface UnitDrill {
  readonly id: Exclude<OutageScenario, 'node-unplugged' | 'vrrp-blocked'>;
  readonly unit: 'keepalived' | 'nginx';
  /** New notify lines between fault and restore; nodes that are not named have none. */
  notifyLines(roles: Cast): Readonly<Record<string, readonly string[]>>;
  legalLines?(roles: Cast): Readonly<Record<string, readonly (readonly string[])[]>>;
  prepare?(roles: Cast): readonly DrillStep[];
  /** On the victim. */
  readonly inject: string;
  /** On the victim: exits 0 when it really happened. */
  readonly witness: string;
  /** On the victim: makes all whole again; a line without a single quote. Default: the unit is started. */
  readonly undo?: string;
  /** On the victim: exits 0 when the unit works. Default: it is active. */
  readonly works?: string;
  /** Where it is to be watched for longer than others. */
  observeMs?(roles: Cast): number;
  heal?(roles: Cast): DrillHeal;
}

/** A drill in which the VIP's holder loses a unit, and the next front end takes over. */
export function unitDrill(context: DrillContext, drill: UnitDrill): Drill {
  return castDrill(context, drill.id, (roles) => planned(context, drill, roles));
}

function planned({ cluster }: DrillContext, drill: UnitDrill, roles: Cast): DrillPlan {
  const { victim, taker, outageMs, phases } = roles;
  const { id, unit, undo = `systemctl start ${unit}` } = drill;
  const observeMs = Math.max(roles.observeMs, drill.observeMs?.(roles) ?? 0);
  const works = drill.works ?? `systemctl --quiet is-active ${unit}`;
  const legalLines = drill.legalLines?.(roles);
  const heal = drill.heal?.(roles);
  return {
    victim,
    description: description(id, roles),
    expectation: {
      outageMs,
      ...(phases && { phases }),
      holderAfter: taker,
      notifyLines: drill.notifyLines(roles),
      ...(legalLines && { legalLines }),
    },
    arm: [armStep(victim, id, undo, armedSeconds(observeMs))],
    armedSeconds: armedSeconds(observeMs),
    prepare: drill.prepare?.(roles) ?? [],
    inject: [step(victim, drill.inject)],
    witness: [step(victim, drill.witness)],
    observeMs,
    ...(heal && { heal }),
    restore: [step(victim, undo)],
    restored: [step(victim, `${works} && ${IS_BACKUP}`)],
    unbroken: [step(victim, `${works} && { ${isAtRest(vipAddress(cluster))}; }`)],
    disarm: [disarmStep(victim, id)],
    notifyLog: NOTIFY_LOG,
  };
}
