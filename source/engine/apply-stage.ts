import {
  InterruptedError,
  OperatorError,
  type Ports,
  problem,
  type StagePlan,
} from '../model/index.ts';
import { carryOut } from './carry-out.ts';
import { carryOutCloud } from './cloud/carry-out.ts';
import { noteFound } from './cloud/note-found.ts';
import { outputsBefore, planCloud } from './cloud/plan.ts';
import { isChange, probeStages, verifyAllowed } from './probe.ts';

/**
 * One stage: probed again (what came before may have changed what is due), carried out, and
 * probed once more: nothing may be left to change. What it has in the cloud comes after its nodes.
 *
 * @param before the stages before it, whose outputs it may need
 * @returns how many parts were changed
 */
export async function applyStage(
  stage: StagePlan,
  ports: Ports,
  before: readonly StagePlan[] = [],
): Promise<number> {
  ports.emit({ type: 'stage', id: stage.id, state: 'running' });
  try {
    const known = stage.cloud?.length ? await planCloud([...before, stage], ports) : [];
    const own = known.filter((one) => one.stage === stage.id);
    verifyAllowed(own);
    const changed = await applyNodes(stage, ports);
    if (own.some(isChange)) {
      return changed + (await carryOutCloud(stage, outputsBefore(known, stage.id, ports), ports));
    }
    await noteFound(own, ports);
    return changed;
  } catch (error) {
    if (!(error instanceof InterruptedError))
      ports.emit({ type: 'stage', id: stage.id, state: 'failed' });
    throw error;
  }
}

async function applyNodes(stage: StagePlan, ports: Ports): Promise<number> {
  const plan = await probeStages([stage], ports);
  verifyAllowed(plan);
  if (!plan.some(isChange)) return 0;
  const changed = await carryOut(stage, plan, ports);
  await verifySettled(stage, ports);
  return changed;
}

/**
 * Nothing may be left to change. What an earlier change brought with it (a package that starts its
 * daemon) is made right by one more round; a resource that never settles is our fault, and said.
 */
async function verifySettled(stage: StagePlan, ports: Ports): Promise<void> {
  const left = (await probeStages([stage], ports)).filter((one) => one.planned.kind !== 'settled');
  const [first] = left;
  if (!first) return;
  if (first.planned.kind === 'refused') throw new OperatorError(first.planned.problem);
  throw new OperatorError(
    problem(
      'not-settled',
      { resource: left.map((one) => one.resource.id).join(', ') },
      { node: first.resource.node },
    ),
  );
}
