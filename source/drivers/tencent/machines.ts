import type { Instance } from 'tencentcloud-sdk-nodejs/tencentcloud/services/cvm/v20170312/cvm_models.js';
import type { NetworkInterface } from 'tencentcloud-sdk-nodejs/tencentcloud/services/vpc/v20170312/vpc_models.js';
import type { CloudInstance, CloudSurvey } from '../../model/index.ts';
import type { Cloud } from './cloud.ts';
import { mapped } from './find.ts';
import type { CloudFailure, CloudResult } from './result.ts';

/** How many values a filter takes, and how much a page holds. */
const VALUES = 5;
const PAGE = 100;

type SurveyNode = CloudSurvey['nodes'][number];
type Many<Item> = CloudResult<readonly Item[]>;

/**
 * The nodes' machines: by their own word where they gave one, else by address. Either way the address
 * has to be one of the machine's own: one that is called as the node says and has another address is
 * not the node. Without a word there may be several, as networks may have the same addresses.
 */
export async function findMachines(
  cloud: Cloud,
  nodes: readonly SurveyNode[],
): Promise<Many<CloudInstance>> {
  const first = await joined([
    instancesBy(cloud, 'instance-id', namesOf(nodes)),
    instancesBy(cloud, 'private-ip-address', addressesOf(nodes)),
  ]);
  if (first.kind !== 'ok') return first;
  const cards = await cardsBy(cloud, 'attachment.instance-id', idsOf(first.value));
  const found = fitting(nodes, first.value, cards.kind === 'ok' ? cards.value : []);
  const lacking = nodes.filter(({ node }) => !found.some((one) => one.node === node));
  if (lacking.length === 0) return { ...first, value: found };
  // Whether a second card has the address, only the cards tell.
  if (cards.kind !== 'ok') return cards;
  return mapped(await byCard(cloud, lacking), (more) => [...found, ...more]);
}

/** Those whose second card has the address: machines are found by the first one's alone. */
async function byCard(cloud: Cloud, nodes: readonly SurveyNode[]): Promise<Many<CloudInstance>> {
  const cards = await cardsBy(cloud, 'address-ip', addressesOf(nodes));
  if (cards.kind !== 'ok') return cards;
  const ids = cards.value.flatMap(({ Attachment }) => Attachment?.InstanceId ?? []);
  const machines = await instancesBy(cloud, 'instance-id', [...new Set(ids)]);
  return mapped(machines, (found) => fitting(nodes, found, cards.value));
}

const namesOf = (nodes: readonly SurveyNode[]) => nodes.flatMap(({ instance }) => instance ?? []);

/** Of those that did not say who they are. */
const addressesOf = (nodes: readonly SurveyNode[]) =>
  nodes.flatMap(({ instance, address }) => (instance === null ? address : []));

const idsOf = (instances: readonly Instance[]) =>
  instances.flatMap(({ InstanceId }) => InstanceId ?? []);

function fitting(
  nodes: readonly SurveyNode[],
  instances: readonly Instance[],
  cards: readonly NetworkInterface[],
): readonly CloudInstance[] {
  return nodes.flatMap((node) =>
    instances
      .filter(({ InstanceId }) => node.instance === null || InstanceId === node.instance)
      .flatMap((one) => instanceOf(node, one, cards) ?? []),
  );
}

/** Undefined: the machine has no card with the node's address. */
function instanceOf(
  { node, address }: SurveyNode,
  one: Instance,
  cards: readonly NetworkInterface[],
): CloudInstance | undefined {
  const card = cards.find(
    ({ Attachment, PrivateIpAddressSet }) =>
      Attachment?.InstanceId === one.InstanceId &&
      PrivateIpAddressSet?.some(({ PrivateIpAddress }) => PrivateIpAddress === address),
  );
  if (!card && !one.PrivateIpAddresses?.includes(address)) return undefined;
  return {
    node,
    id: one.InstanceId ?? '',
    name: one.InstanceName ?? '',
    state: one.InstanceState ?? '',
    network: card?.VpcId ?? one.VirtualPrivateCloud?.VpcId ?? '',
    subnet: card?.SubnetId ?? one.VirtualPrivateCloud?.SubnetId ?? '',
    zone: one.Placement?.Zone ?? '',
    host: one.Placement?.HostId || null,
    placementGroups: one.DisasterRecoverGroupIds ?? [],
    securityGroups: card?.GroupSet ?? one.SecurityGroupIds ?? [],
    mac: card?.MacAddress?.toLowerCase() || null,
  };
}

/** In as many calls as the filter's limit asks for. */
async function inChunks<Item>(
  values: readonly string[],
  ask: (values: string[]) => Promise<Many<Item>>,
): Promise<Many<Item>> {
  const chunks = Array.from({ length: Math.ceil(values.length / VALUES) }, (_, index) =>
    values.slice(index * VALUES, (index + 1) * VALUES),
  );
  return joined(chunks.map((chunk) => ask([...chunk])));
}

async function joined<Item>(asked: readonly Promise<Many<Item>>[]): Promise<Many<Item>> {
  const results = await Promise.all(asked);
  const failed = results.find(({ kind }) => kind !== 'ok');
  if (failed) return failed as CloudFailure;
  const value = results.flatMap((one) => (one.kind === 'ok' ? one.value : []));
  return { kind: 'ok', action: 'DescribeInstances', traceId: '', requestId: '', value };
}

/** By filter: a machine that is not there is an empty answer, and no error as it is with `InstanceIds`. */
function instancesBy(cloud: Cloud, Name: string, all: readonly string[]): Promise<Many<Instance>> {
  return inChunks(all, async (Values) => {
    const request = { Filters: [{ Name, Values }], Limit: PAGE };
    const found = await cloud.call('DescribeInstances', request);
    return mapped(found, ({ InstanceSet }) => InstanceSet ?? []);
  });
}

function cardsBy(
  cloud: Cloud,
  Name: string,
  all: readonly string[],
): Promise<Many<NetworkInterface>> {
  return inChunks(all, async (Values) => {
    const request = { Filters: [{ Name, Values }], Limit: PAGE };
    const found = await cloud.call('DescribeNetworkInterfaces', request);
    return mapped(found, ({ NetworkInterfaceSet }) => NetworkInterfaceSet ?? []);
  });
}
