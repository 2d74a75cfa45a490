import { WITNESSES, witnessesCheck } from '../../checks/cloud-witnesses.ts';
import { publicIdleCheck } from '../../checks/public-idle.ts';
import { vipAddress } from '../../cluster/index.ts';
import { type Check, IDLE_YUAN_PER_HOUR, type Vantage } from '../../model/index.ts';
import { knownMacs, plannable } from '../frontend.ts';
import type { StageInput } from '../stage-input.ts';
import { closedFlows, groupsOf } from './admits.ts';
import { clientFlows } from './flows.ts';
import { cloudPlace, instanceOf } from './place.ts';

/** What the witnesses name is not named a second time as something that is not as applied. */
export const WITNESSED: readonly string[] = [WITNESSES];

/** From where a client outside is measured: here, if the cluster file names nobody. */
export function outsideVantage({ cluster }: Pick<StageInput, 'cluster'>): Vantage {
  return cluster.vantages.outside ?? { kind: 'here' };
}

/** The public address, asked when it is wanted: of one that is bought nothing is known before. */
export function publicAddress({
  cluster,
  cloud,
}: Pick<StageInput, 'cluster' | 'cloud'>): () => string | undefined {
  const asked = cluster.cloud.provider === 'none' ? undefined : cluster.cloud.eip;
  const own = asked?.kind === 'existing' ? asked.address : undefined;
  return cloud?.publicAddress ?? (() => own);
}

/** Hosts, cloud and clients side by side; nothing where there is no cloud to ask. */
export function witnesses(input: StageInput): readonly Check[] {
  const { cluster, cloud } = input;
  const place = cloudPlace(input);
  if (!cloud || !place) return [];
  const { facts } = cloud;
  return [
    witnessesCheck(cluster, {
      network: place.network,
      hosts: plannable(input).flatMap(({ node, nic }) => {
        const instance = instanceOf(facts, node);
        return instance ? [{ node, nic, instance }] : [];
      }),
      known: knownMacs(input),
      groups: groupsOf(facts),
      closed: (groups) => closedFlows(facts, groups, clientFlows(cluster)),
      outside: outsideVantage(input),
      publicAddress: publicAddress(input),
    }),
  ];
}

/** Nothing is paid for that nobody uses. */
export function idleCheck(input: StageInput): readonly Check[] {
  const place = cloudPlace(input);
  if (!place) return [];
  return [
    publicIdleCheck({
      network: place.network,
      vip: vipAddress(input.cluster),
      publicAddress: publicAddress(input),
      yuanPerHour: IDLE_YUAN_PER_HOUR,
    }),
  ];
}
