import { publicHealthCheck } from '../checks/public-health.ts';
import { PUBLIC_IDLE } from '../checks/public-idle.ts';
import { publicPasswordCheck } from '../checks/public-password.ts';
import { services } from '../cluster/index.ts';
import {
  type Check,
  type CloudResource,
  IDLE_YUAN_PER_HOUR,
  type Resource,
  type StagePlan,
} from '../model/index.ts';
import { eipBinding } from '../resources/eip-binding.ts';
import { elasticIp } from '../resources/elastic-ip.ts';
import { publicAddressByHand } from './cloud/console-steps.ts';
import { passwordGuard } from './cloud/password-guard.ts';
import { cloudPlace, placeProblems } from './cloud/place.ts';
import { idleCheck, outsideVantage, publicAddress, WITNESSED } from './cloud/witnessed.ts';
import { knownNodes } from './data-tier.ts';
import { databasePlaces } from './database-places.ts';
import type { StageInput } from './stage-input.ts';
import { clearTextOutside, publicTlsChecks } from './tls-checks.ts';
import { haVipId } from './virtual-ip.ts';

const STAGE = 'public-access';

/**
 * The public address, bought and bound only when the VIP has a holder: so it is never paid for idle.
 * Nothing where there is no cloud: how clients reach the VIP is then the operator's own network.
 */
export function publicAccess(input: StageInput): StagePlan {
  const { cluster, cloud } = input;
  const plan: StagePlan = {
    id: STAGE,
    resources: [],
    checks: [],
    drills: [],
    order: 'side-by-side',
    problems: [],
  };
  switch (cluster.cloud.provider) {
    case 'none':
      return plan;
    case 'console':
      return {
        ...plan,
        byHand: publicAddressByHand(input),
        checks: [...byHandChecks(input), clearTextOutside(input, isKnown(input))],
      };
    case 'tencent':
      return {
        ...plan,
        resources: guard(input),
        cloud: cloudResources(input),
        checks: [...healthChecks(input), ...idleCheck(input), clearTextOutside(input, true)],
        problems: cloud ? placeProblems(cluster, cloud.facts) : [],
      };
  }
}

function cloudResources(input: StageInput): readonly CloudResource[] {
  const { cluster, cloud } = input;
  const place = cloudPlace(input);
  if (!cloud || !place || cluster.cloud.provider !== 'tencent') return [];
  const { session, facts } = cloud;
  const { eip } = cluster.cloud;
  const vip = haVipId(input);
  const address = elasticIp({
    ...place,
    session,
    haVip: vip,
    generation: cloud.generation('eip'),
    pricePerGigabyte: facts.pricePerGigabyte,
    idlePricePerHour: IDLE_YUAN_PER_HOUR,
    ...(eip?.kind === 'existing' && { existing: eip.address }),
    // an account of the old kind names none: there it is the instance's
    ...(facts.account.kind !== 'legacy' && {
      bandwidth: eip?.kind === 'new' ? eip.bandwidthMbps : 1,
    }),
  });
  const binding = eipBinding({ ...place, haVip: vip, elasticIp: address.id });
  const explainedBy = [...WITNESSED, PUBLIC_IDLE];
  return [
    { ...address, explainedBy },
    { ...binding, explainedBy },
  ];
}

/** Who is asked for the administrator's password: any node, it is the same behind all of them. */
function asked(input: StageInput) {
  const data = databasePlaces(input);
  const [first] = knownNodes(input).filter(({ node }) => node.roles.includes('backend'));
  if (!data || !first) return undefined;
  const { name: node } = first.node;
  return { node, dataNode: data.mariadb.via.node.name, secrets: input.secrets };
}

function guard(input: StageInput): readonly Resource[] {
  const place = asked(input);
  if (!place) return [];
  const choice = input.cluster.iam.adminPassword;
  const isTheirs = () => choice === undefined && !(input.schemaImported?.() ?? false);
  return [passwordGuard({ ...place, kept: () => choice?.kind === 'keep' || isTheirs() })];
}

function healthChecks(input: StageInput): readonly Check[] {
  const { cluster } = input;
  const options = { outside: outsideVantage(input), publicAddress: publicAddress(input) };
  const plain = services.map((service) => publicHealthCheck(cluster, service, options));
  return [...plain, ...publicTlsChecks(input)];
}

/** Without the address in the cluster file nobody knows which one to ask: then it is not measured. */
function byHandChecks(input: StageInput): readonly Check[] {
  const place = asked(input);
  const health = isKnown(input) ? healthChecks(input) : [];
  return [...(place ? [publicPasswordCheck(place)] : []), ...health];
}

function isKnown(input: StageInput): boolean {
  return publicAddress(input)() !== undefined;
}
