import type { OutageScenario } from '../cluster/index.ts';
import {
  type Drill,
  type DrillPlan,
  type DrillVerdict,
  type Evidence,
  message,
  type Situation,
} from '../model/index.ts';
import { type Cast, cast, type DrillContext } from './context.ts';
import { judgeDrill } from './judge.ts';

type Judge = (plan: DrillPlan, evidence: Evidence, stepMs: number) => DrillVerdict;

/** A drill in which something happens to whoever has the VIP: impossible where nobody has it, or several. */
export function castDrill(
  context: DrillContext,
  id: OutageScenario,
  planned: (roles: Cast, situation: Situation) => DrillPlan,
  judge: Judge = judgeDrill,
): Drill {
  return {
    id,
    title: message(`drill-${id}`),
    plan(situation) {
      const roles = cast(context, situation, id);
      if ('code' in roles) return { kind: 'impossible', problem: roles };
      return { kind: 'plan', plan: planned(roles, situation) };
    },
    judge: (plan, evidence) => judge(plan, evidence, 1000 / context.ratePerSecond),
  };
}
