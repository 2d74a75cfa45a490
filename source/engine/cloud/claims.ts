import {
  appliedCloudCheckId,
  CLOUD_LOOK,
  failed,
  message,
  OperatorError,
  type Ports,
  type Problem,
  passed,
  problem,
  type StagePlan,
  unknown,
  type Verdict,
} from '../../model/index.ts';
import type { Judged } from '../check-graph.ts';
import { type PlannedCloud, planCloud } from './plan.ts';

/** The claims that what the stages have in the cloud is as applied. Changes nothing. */
export async function judgeCloud(
  stages: readonly StagePlan[],
  ports: Ports,
): Promise<readonly Judged[]> {
  try {
    const plan = await planCloud(stages, ports);
    return plan.map((one, index) => judgePlanned(one, plan.slice(0, index)));
  } catch (error) {
    if (!(error instanceof OperatorError)) throw error;
    return unseen(stages, error.problems[0]);
  }
}

/** @param before what one that has to wait may be waiting for */
function judgePlanned(
  { stage, cloud, planned }: PlannedCloud,
  before: readonly PlannedCloud[],
): Judged {
  const awaited = planned.kind === 'later' ? before : [];
  const causes = [
    ...awaited.map((one) => appliedCloudCheckId(one.cloud.id)),
    ...(cloud.explainedBy ?? []),
  ];
  return { stage, check: claimOf(cloud.id, causes), verdict: verdictOf(cloud.id, planned) };
}

function claimOf(resource: string, explainedBy: readonly string[]): Judged['check'] {
  const title = message('check-as-applied', { resource });
  return { id: appliedCloudCheckId(resource), node: null, title, explainedBy };
}

function verdictOf(resource: string, planned: PlannedCloud['planned']): Verdict {
  switch (planned.kind) {
    case 'settled':
      return passed(planned.reason);
    case 'change': {
      const { code, params } = planned.summary;
      return failed(problem('cloud-drift', { ...params, resource, what: code }));
    }
    default:
      return failed(planned.problem);
  }
}

/** The cloud does not say: that is the failure, and of what is there nothing is known. */
function unseen(stages: readonly StagePlan[], found: Problem): readonly Judged[] {
  const [first] = stages.filter(({ cloud = [] }) => cloud.length > 0);
  const check = { id: CLOUD_LOOK, node: null, title: message('check-cloud-look') };
  const looked: Judged = { stage: first?.id ?? '', check, verdict: failed(found) };
  const claims = stages.flatMap(({ id, cloud = [] }) =>
    cloud.map((one): Judged => {
      const verdict = unknown(message('explained', { check: CLOUD_LOOK }), CLOUD_LOOK);
      return { stage: id, check: claimOf(one.id, [CLOUD_LOOK]), verdict };
    }),
  );
  return [looked, ...claims];
}
