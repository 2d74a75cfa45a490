import type { Cluster } from '../cluster/index.ts';
import { IDLE_YUAN_PER_HOUR, type Message, message, yuan } from '../model/index.ts';
import { machineInCloud, machineInTencent, regionOfNodes } from './in-cloud.ts';
import type { Answers, Choice, Journey, QuestionId } from './types.ts';
import { seenNodes, settled } from './values.ts';

const choice = (value: string, code: string, params = {}): Choice => ({
  value,
  title: message(`init-choice-${code}`, params),
  about: message(`init-about-${code}`, params),
});

/** What the questions about the cloud let be chosen. */
export const CLOUD_CHOICES = {
  cloud: () => ['tencent', 'console', 'none'].map((one) => choice(one, `cloud-${one}`)),
  eip: (journey: Journey) => [
    choice('new', settled(journey, 'cloud') === 'console' ? 'eip-by-hand' : 'eip-new', {
      yuan: yuan(IDLE_YUAN_PER_HOUR),
      bandwidth: settled(journey, 'bandwidth'),
    }),
    choice('existing', 'eip-existing'),
  ],
  securityGroups: () => ['leave', 'open'].map((one) => choice(one, `groups-${one}`)),
} as const;

/** Where nothing says that the machines are in a cloud, the line in the review is enough. */
export function isCloudAsked(journey: Journey): boolean {
  const isIn = machineInCloud(seenNodes(journey)) !== undefined;
  return isIn || journey.answers.cloud !== undefined || settled(journey, 'cloud') !== 'none';
}

/** The region, of which no machine has told. */
export function isRegionAsked(journey: Journey): boolean {
  const isTold = regionOfNodes(seenNodes(journey)) !== undefined;
  return !isTold || journey.answers.region !== undefined;
}

/** What there is to say of the cloud that was chosen. */
export function cloudQuestions(journey: Journey): readonly QuestionId[] {
  const cloud = settled(journey, 'cloud');
  if (cloud === 'none') return [];
  const isTencent = cloud === 'tencent';
  return [
    ...(isTencent && settled(journey, 'region') !== '' ? (['region'] as const) : []),
    'eip',
    settled(journey, 'eip') === 'existing' ? 'eipAddress' : 'bandwidth',
    ...(isTencent ? (['securityGroups'] as const) : []),
  ];
}

/** Of the documentation's addresses: until one is named the rest of the file is to be valid. */
const ANY_ADDRESS = '203.0.113.1';

const numberIfOne = (text: string) => (/^\d+$/.test(text) ? Number(text) : text);

function eip(journey: Journey) {
  return settled(journey, 'eip') === 'existing'
    ? { existing: settled(journey, 'eipAddress') || ANY_ADDRESS }
    : { bandwidth: numberIfOne(settled(journey, 'bandwidth')) };
}

/** The file's `cloud`. */
export function cloudDraft(journey: Journey) {
  const provider = settled(journey, 'cloud');
  if (provider === 'none') return { provider };
  if (provider === 'console') return { provider, eip: eip(journey) };
  const region = settled(journey, 'region');
  return {
    provider,
    ...(region !== '' && { region }),
    eip: eip(journey),
    securityGroups: settled(journey, 'securityGroups'),
  };
}

/** What a file that is there answers. */
export function cloudAnswers({ cloud }: Cluster): Answers {
  if (cloud.provider === 'none') return { cloud: 'none' };
  const isTencent = cloud.provider === 'tencent';
  return {
    cloud: cloud.provider,
    ...(cloud.eip?.kind === 'existing'
      ? { eip: 'existing', eipAddress: cloud.eip.address }
      : // without one it is the least that can be bought
        { eip: 'new', bandwidth: String(cloud.eip?.bandwidthMbps ?? 1) }),
    ...(isTencent && cloud.region !== undefined && { region: cloud.region }),
    ...(isTencent && { securityGroups: cloud.securityGroups }),
  };
}

/** What is worth knowing of the cloud before the file is written. */
export function cloudNotes(journey: Journey): readonly Message[] {
  const nodes = seenNodes(journey);
  const cloud = settled(journey, 'cloud');
  const { keys } = journey.seen;
  if (cloud === 'tencent' && keys?.kind === 'missing')
    return [message('init-note-keys', { places: keys.places.join(', ') })];
  const machine = machineInCloud(nodes);
  if (cloud !== 'none' || !machine) return [];
  return machineInTencent(nodes)
    ? [message('init-note-cloud', { node: machine.name })]
    : [message('init-note-cloud-other', { vendor: machine.vendor ?? '' })];
}
