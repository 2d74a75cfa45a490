import { type Cluster, frontends, ports, vipAddress } from '../../cluster/index.ts';
import {
  type ByHand,
  IDLE_YUAN_PER_HOUR,
  numberToAddress,
  revealContent,
  subnetRange,
} from '../../model/index.ts';
import { plannable } from '../frontend.ts';
import { type AssetValue, renderAsset } from '../render.ts';
import type { Language, StageInput } from '../stage-input.ts';

/** Title, what to click, what to click back: the three parts of an asset. */
type Parts = readonly [string, string, string];
type Input = Pick<StageInput, 'cluster' | 'facts' | 'asset'>;
type Values = Readonly<Record<string, AssetValue>>;

/** Where the nodes' region is not known, it is still the nodes'. */
const UNKNOWN_REGION = { en: "the nodes' own", zh: '节点所在地域' } as const;

/** The HAVIP, made in the console. */
export function haVipByHand(input: Input): ByHand {
  const { cluster } = input;
  const nodes = frontends(cluster);
  return byHand('virtual-ip', input, 'ha-vip', {
    vip: vipAddress(cluster),
    name: cluster.name,
    subnet: subnetOf(input),
    clientPorts: cluster.tls ? `${ports.http},${ports.https}` : ports.http,
    nodes: nodes.map(({ name, address }) => `${name} ${address}`).join(', '),
    addresses: nodes.map(({ address }) => address).join(', '),
  });
}

/** The public address, bought and bound in the console, or an existing one bound there. */
export function publicAddressByHand(input: Input): ByHand {
  const { cluster } = input;
  const eip = eipOf(cluster);
  const common = { vip: vipAddress(cluster), idle: IDLE_YUAN_PER_HOUR };
  return eip?.kind === 'existing'
    ? byHand('public-access', input, 'eip-existing', { ...common, address: eip.address })
    : byHand('public-access', input, 'eip-new', { ...common, bandwidth: eip?.bandwidthMbps ?? 1 });
}

function eipOf({ cloud }: Cluster) {
  return cloud.provider === 'none' ? undefined : cloud.eip;
}

function byHand(step: string, input: Input, asset: string, values: Values): ByHand {
  const [en, zh] = (['en', 'zh'] as const).map((language) => parts(input, asset, values, language));
  const words = (index: 0 | 1 | 2) => ({ en: en?.[index] ?? '', zh: zh?.[index] ?? '' });
  return { step, title: words(0), text: words(1), undo: words(2) };
}

function parts(input: Input, asset: string, values: Values, language: Language): Parts {
  const region = regionOf(input) ?? UNKNOWN_REGION[language];
  const text = input.asset(`console/${asset}.${language}.txt`);
  const filled = revealContent(renderAsset(text, { ...values, region }, language));
  const [title = '', todo = '', undo = ''] = filled.split(/^---\n/m).map((part) => part.trim());
  return [title, todo, undo];
}

/** As a machine of the cloud says it of itself. */
function regionOf({ facts }: Input): string | undefined {
  return [...facts.values()].find(({ cloud }) => cloud !== undefined)?.cloud?.region;
}

function subnetOf(input: Input): string {
  const [first] = plannable(input);
  if (!first?.facts.nic) return '-';
  const { prefixLength } = first.facts.nic;
  const [network] = subnetRange(first.node.address, prefixLength);
  return `${numberToAddress(network)}/${prefixLength}`;
}
