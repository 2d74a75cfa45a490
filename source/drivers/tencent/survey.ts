import {
  type CloudFacts,
  type CloudInstance,
  type CloudSurvey,
  type Problem,
  problem,
} from '../../model/index.ts';
import type { Cloud } from './cloud.ts';
import { gated } from './gate.ts';
import { findMachines } from './machines.ts';
import { Optional } from './optional.ts';
import { cloudProblem } from './problems.ts';
import type { CloudFailure, CloudResult } from './result.ts';
import { type AccountFacts, accountFacts } from './survey-account.ts';
import { networkFacts } from './survey-network.ts';

/** The cloud counts 20 calls a second of a kind; more than this at once is no faster. */
const AT_ONCE = 4;

type Failed = { readonly problem: Problem };

/**
 * What a preflight wants to know, in the time of three or four calls one after the other. Machines,
 * subnet and the account's kind have to be told; what else is refused is noted down.
 */
export async function survey(ungated: Cloud, wanted: CloudSurvey): Promise<CloudFacts | Failed> {
  const cloud = gated(ungated, AT_ONCE);
  const optional = new Optional(cloud.region);
  const [place, account] = await Promise.all([
    placeFacts(cloud, wanted, optional),
    accountFacts(cloud, wanted, optional),
  ]);
  if ('problem' in place) return place;
  if (account.kind !== 'ok') return failed(cloud, account);
  const facts: AccountFacts = account.value;
  const { region } = cloud;
  return { provider: 'tencent', region, ...facts, ...place, notAsked: optional.notAsked };
}

type PlaceFacts = Pick<
  CloudFacts,
  'instances' | 'subnet' | 'vipUser' | 'inUse' | 'haVips' | 'securityGroups'
>;

async function placeFacts(
  cloud: Cloud,
  wanted: CloudSurvey,
  optional: Optional,
): Promise<PlaceFacts | Failed> {
  const machines = await findMachines(cloud, wanted.nodes);
  if (machines.kind !== 'ok') return failed(cloud, machines);
  const instances = inOneNetwork(machines.value);
  if (!instances) return twice(cloud, machines.value);
  const network = await networkFacts(cloud, instances, wanted, optional);
  return network.kind === 'ok' ? { instances, ...network.value } : failed(cloud, network);
}

function failed({ region }: Cloud, result: CloudResult<unknown>): Failed {
  return { problem: cloudProblem(result as CloudFailure, region) };
}

/**
 * Networks may have the same addresses: then the one is meant in which every node has one machine.
 * Undefined: it cannot be told.
 */
function inOneNetwork(all: readonly CloudInstance[]): readonly CloudInstance[] | undefined {
  const nodes = [...new Set(all.map(({ node }) => node))];
  if (nodes.length === all.length) return all;
  const complete = [...new Set(all.map(({ network }) => network))].filter((network) =>
    nodes.every((node) => {
      const same = all.filter((one) => one.network === network && one.node === node);
      return same.length === 1;
    }),
  );
  const [only, another] = complete;
  if (only === undefined || another !== undefined) return undefined;
  return all.filter(({ network }) => network === only);
}

function twice({ region }: Cloud, all: readonly CloudInstance[]): Failed {
  const ids = all.map(({ id, network }) => `${id} (${network})`).join(', ');
  return { problem: problem('cloud-machines-twice', { ids, region }) };
}
