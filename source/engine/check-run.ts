import {
  appliedCheckId,
  type JournalBody,
  type Ports,
  type Problem,
  problem,
  type StagePlan,
  unsaid,
  type Verdict,
} from '../model/index.ts';
import { judgeByHand } from './by-hand.ts';
import { type Judged, nameCausesOnce } from './check-graph.ts';
import { judgeCloud } from './cloud/claims.ts';
import { checksOf, measureOnce, sayMeasuring } from './measure.ts';
import { type PlannedResource, probeStages } from './probe.ts';

/** Names causes once, says every verdict and journals it. */
export async function reportChecks(
  judged: readonly Judged[],
  ports: Ports,
): Promise<readonly Judged[]> {
  const named = nameCausesOnce(judged);
  await ports.journal.append(named.map(checkedRecord));
  for (const { stage, check, verdict } of named) {
    ports.emit({
      type: 'check',
      stage,
      id: check.id,
      node: verdict.problem?.node ?? check.node,
      verdict: verdict.state,
      code: verdict.reason.code,
      ...(verdict.reason.params ? { params: verdict.reason.params } : {}),
      title: check.title,
      ...(verdict.because ? { because: verdict.because } : {}),
      ...(verdict.problem ? { problem: verdict.problem } : {}),
    });
  }
  return named;
}

function checkedRecord({ stage, check, verdict }: Judged): JournalBody {
  return {
    type: 'checked',
    stage,
    id: check.id,
    node: check.node,
    verdict: verdict.state,
    reason: verdict.reason,
    ...(verdict.because ? { because: verdict.because } : {}),
    ...(verdict.problem ? { problem: unsaid(verdict.problem) } : {}),
  };
}

/**
 * All live checks, measured once, and the claim that every managed resource is as applied.
 * Changes nothing. Two round trips a node.
 */
export async function check(
  stages: readonly StagePlan[],
  ports: Ports,
): Promise<readonly Judged[]> {
  const problems = stages.flatMap((stage) =>
    stage.problems.map((one) => ({ stage: stage.id, one })),
  );
  const [plan, cloud] = await Promise.all([probeStages(stages, ports), judgeCloud(stages, ports)]);
  const checks = checksOf(stages);
  sayMeasuring(checks, ports);
  const live = await measureOnce(checks, ports);
  const facts = problems.map(({ stage, one }) => judgedProblem(stage, one));
  const byHand = judgeByHand(stages, ports.journal.records());
  return reportChecks([...facts, ...plan.map(judgeApplied), ...cloud, ...byHand, ...live], ports);
}

function judgedProblem(stage: string, one: Problem): Judged {
  const node = (one.node ?? null) as Judged['check']['node'];
  return {
    stage,
    check: { id: `facts/${one.code}/${one.node ?? 'pair'}`, node, title: { code: 'check-facts' } },
    verdict: { state: 'failed', reason: { code: one.code }, problem: one },
  };
}

function judgeApplied({ stage, resource, planned }: PlannedResource): Judged {
  const check = {
    id: appliedCheckId(resource.node, resource.id),
    node: resource.node,
    title: { code: 'check-as-applied', params: { resource: resource.id } },
    explainedBy: resource.explainedBy ?? [],
  };
  return { stage, check, verdict: appliedVerdict({ resource, planned }) };
}

function appliedVerdict({
  resource,
  planned,
}: Pick<PlannedResource, 'resource' | 'planned'>): Verdict {
  if (planned.kind === 'settled') return { state: 'passed', reason: planned.reason };
  const found =
    planned.kind === 'refused'
      ? planned.problem
      : (planned.change.drift ?? problem('drift', { resource: resource.id }));
  const named = { ...found, node: found.node ?? resource.node };
  return {
    state: 'failed',
    reason: { code: named.code, params: named.params ?? {} },
    problem: named,
  };
}
