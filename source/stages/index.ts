import type { Cluster } from '../cluster/index.ts';
import type { NodeName, Resource, StagePlan } from '../model/index.ts';
import { sessionMarker } from '../resources/marker.ts';
import { acceptance } from './acceptance.ts';
import { withPeerRules } from './cloud/openings.ts';
import { database } from './database.ts';
import { stageDrills } from './drills.ts';
import { keepalived } from './keepalived.ts';
import { loadBalancer } from './load-balancer.ts';
import { planOwnStep } from './own-steps/plan.ts';
import { preflight } from './preflight.ts';
import { publicAccess } from './public-access.ts';
import { reverseProxy } from './reverse-proxy.ts';
import type { Runbook, StageNeeds } from './runbook.ts';
import { INSTALLED_FILES } from './services/installed.ts';
import { services } from './services.ts';
import type { StageInput } from './stage-input.ts';
import { virtualIp } from './virtual-ip.ts';

interface KnownStage {
  readonly plan: (input: StageInput) => StagePlan;
  /** What must have been done before it. */
  readonly needs: readonly string[];
}

/** Every stage that there is. Which are done, and in which order, is the runbook's business. */
const STAGES: Readonly<Record<string, KnownStage>> = {
  preflight: { plan: preflight, needs: [] },
  database: { plan: database, needs: ['preflight'] },
  services: { plan: services, needs: ['preflight', 'database'] },
  'reverse-proxy': { plan: reverseProxy, needs: ['preflight', 'services'] },
  'load-balancer': { plan: loadBalancer, needs: ['preflight', 'services', 'reverse-proxy'] },
  'virtual-ip': { plan: virtualIp, needs: ['preflight'] },
  keepalived: { plan: keepalived, needs: ['preflight', 'reverse-proxy', 'virtual-ip'] },
  'public-access': { plan: publicAccess, needs: ['preflight', 'services', 'keepalived'] },
  acceptance: { plan: acceptance, needs: ['preflight', 'services', 'load-balancer', 'keepalived'] },
};

/** What only a front end has: a node that becomes `roles: [backend]` gives it up. */
export const FRONTEND_STAGES: readonly string[] = ['reverse-proxy', 'load-balancer', 'keepalived'];

/** For `parseRunbook`. */
export const stageNeeds: StageNeeds = Object.fromEntries(
  Object.entries(STAGES).map(([id, { needs }]) => [id, needs]),
);

/**
 * The plans of the runbook's stages, of the selected ones if any is named, each with its drills; the
 * first thing that is written on any node is the session's marker.
 *
 * @param runbook one that `parseRunbook` has accepted
 * @param ratePerSecond of the drills' requests: what can be seen of an outage depends on it
 */
export function planStagesFor(
  input: StageInput,
  runbook: Runbook,
  selected: readonly string[],
  ratePerSecond: number,
): readonly StagePlan[] {
  const plans = runbook.stages
    .filter(({ id }) => selected.length === 0 || selected.includes(id))
    .flatMap((stage) =>
      stage.own
        ? planOwnStep(input, runbook, stage, stage.own)
        : (STAGES[stage.id]?.plan(input) ?? []),
    );
  const drills = stageDrills(input, ratePerSecond);
  const whole = withMarkers(input, withPeerRules(input, toldOnce(plans)));
  return whole.map((plan) => ({ ...plan, drills: drills[plan.id] ?? [] }));
}

/** What forbids several stages is told by the first of them. */
function toldOnce(plans: readonly StagePlan[]): readonly StagePlan[] {
  const told = new Set<string>();
  return plans.map((plan) => {
    const problems = plan.problems.filter((one) => !told.has(JSON.stringify(one)));
    for (const one of problems) told.add(JSON.stringify(one));
    return { ...plan, problems };
  });
}

function withMarkers(input: StageInput, plans: readonly StagePlan[]): readonly StagePlan[] {
  const marked = new Set<NodeName>();
  return plans.map((plan) => {
    const fresh = [...new Set(plan.resources.map((one) => one.node))].filter(
      (node) => !marked.has(node),
    );
    for (const node of fresh) marked.add(node);
    const markers: readonly Resource[] = fresh.map((node) =>
      sessionMarker({ node, session: input.session, consents: input.consents }),
    );
    return { ...plan, resources: [...markers, ...plan.resources] };
  });
}

/** Names of every distribution: which of them there are is what the facts tell. */
const UNITS = [
  'nginx',
  'keepalived',
  'mariadb',
  'redis-server',
  'redis',
  'valkey',
  'mongodb',
  'iam-apiserver',
  'iam-authz-server',
  'iam-pump',
  'iam-ha-nginx-witness',
  'iam-ha-alert',
  'iam-ha-firewall',
];
const PACKAGES = [
  'nginx',
  'keepalived',
  'mariadb-server',
  'mariadb-client',
  'mariadb',
  'redis-server',
  'redis-tools',
  'redis',
  'valkey',
  'iputils-arping',
  'curl',
];
const TOOLS = ['python3', 'curl', 'openssl', 'unshare', 'flock', 'arping', 'logrotate'];

/** What is to be found out of each node. */
export function factsWanted(cluster: Cluster) {
  return cluster.nodes.map(({ name, address }) => ({
    node: name,
    address,
    peers: cluster.nodes.filter((other) => other.name !== name).map((other) => other.address),
    units: UNITS,
    packages: PACKAGES,
    tools: TOOLS,
    ...(cluster.cloud.provider !== 'none' && { inCloud: true }),
    ...(cluster.iam.source.kind === 'installed' ? { programs: INSTALLED_FILES } : {}),
  }));
}
