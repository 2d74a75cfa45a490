import { ownCheck } from '../../checks/own-check.ts';
import type { Cluster, ClusterNode } from '../../cluster/index.ts';
import { frontends, vipAddress, whereabouts } from '../../cluster/index.ts';
import {
  byHandCheckId,
  type Check,
  type NodeName,
  type OwnEnvironment,
  type Resource,
  type StagePlan,
} from '../../model/index.ts';
import { ownCommand } from '../../resources/own-command.ts';
import type { Runbook } from '../runbook.ts';
import type { RunbookStage } from '../runbook-schema.ts';
import type { StageInput } from '../stage-input.ts';
import type { CommandStep, ManualStep, OwnCheckStep, OwnStep, Place } from './schema.ts';

/** What an operator's own step makes of the cluster: a stage like the others. */
interface Step {
  readonly input: StageInput;
  readonly runbook: Runbook;
  readonly stage: RunbookStage;
}

/** The plan of a step of the operator's own. */
export function planOwnStep(
  input: StageInput,
  runbook: Runbook,
  stage: RunbookStage,
  own: OwnStep,
): StagePlan {
  const step = { input, runbook, stage };
  const none: StagePlan = {
    id: stage.id,
    resources: [],
    checks: [],
    drills: [],
    order: 'side-by-side',
    problems: [],
  };
  switch (own.kind) {
    case 'manual':
      return { ...none, ...manualPlan(step, own.manual) };
    case 'command':
      return { ...none, resources: commands(step, own.command), order: own.command.order };
    case 'check':
      return { ...none, checks: checks(step, own.check, 'check', []), gate: true };
  }
}

function manualPlan(step: Step, { text, undo, check }: ManualStep) {
  const { id, title } = step.stage;
  return {
    byHand: { step: id, title, text, undo: undo ?? null },
    // while nobody has done it, it is no wonder that it does not hold
    checks: check ? checks(step, check, 'manual.check', [byHandCheckId(id)]) : [],
  };
}

function commands({ input, runbook, stage }: Step, command: CommandStep): readonly Resource[] {
  const { run, undo, probe, effect, timeout } = command;
  const field = fieldOf(runbook, stage);
  return nodesAt(input.cluster, command.on).map((node) =>
    ownCommand({
      step: stage.id,
      node: node.name,
      title: stage.title,
      run,
      undo,
      ...(probe !== undefined && { probe }),
      environment: environment(input, node, command.secrets),
      seconds: timeout,
      effect,
      where: (part) => whereabouts(runbook, `${field}.command.${part}`),
    }),
  );
}

function checks(
  { input, runbook, stage }: Step,
  check: OwnCheckStep,
  part: string,
  explainedBy: readonly string[],
): readonly Check[] {
  const { run, expect, timeout, within, otherwise } = check;
  const where = whereabouts(runbook, `${fieldOf(runbook, stage)}.${part}.run`);
  const places = check.from === 'here' ? [null] : nodesAt(input.cluster, check.from);
  return places.map((node) =>
    ownCheck({
      step: stage.id,
      node: node?.name ?? null,
      title: stage.title,
      run,
      ...expect,
      environment: environment(input, node, check.secrets),
      seconds: timeout,
      withinSeconds: within,
      ...(otherwise && { otherwise }),
      where,
      explainedBy,
    }),
  );
}

/** Where a step stands in its file: `stages[3]`. */
export function fieldOf(runbook: Runbook, stage: Pick<RunbookStage, 'id'>): string {
  return runbook.fields.get(stage.id) ?? 'stages';
}

export function nodesAt(cluster: Cluster, place: Place): readonly ClusterNode[] {
  switch (place) {
    case 'all':
      return cluster.nodes;
    case 'data':
      return cluster.nodes.filter((node) => node.data);
    case 'frontends':
      return frontends(cluster);
    default:
      return cluster.nodes.filter((node) => isNamed(place, node.name));
  }
}

function isNamed(place: readonly NodeName[], name: NodeName): boolean {
  return place.includes(name);
}

/** The few values that a script needs of the cluster; there are no templates. */
function environment(
  { cluster, runbookSecrets = new Map() }: StageInput,
  node: ClusterNode | null,
  secrets: readonly string[],
): OwnEnvironment {
  return {
    values: {
      IAM_HA_CLUSTER: cluster.name,
      ...(node && { IAM_HA_NODE: node.name, IAM_HA_ADDRESS: node.address }),
      IAM_HA_VIP: vipAddress(cluster),
      IAM_HA_API_DOMAIN: cluster.domains.api,
      IAM_HA_AUTHZ_DOMAIN: cluster.domains.authz,
    },
    secrets: secrets.flatMap((variable) => runbookSecrets.get(variable) ?? []),
  };
}
