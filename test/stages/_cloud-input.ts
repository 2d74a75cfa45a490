import type {
  CloudFacts,
  CloudInstance,
  CloudSeen,
  HaVipSeen,
  NodeName,
  SecurityRule,
} from '../../source/model/index.ts';
import type { StageInput } from '../../source/stages/stage-input.ts';
import { stageInput, type Variation } from './_proxy-input.ts';

export const SESSION = { id: 'abcdef012345', cluster: 'iam-test' };
export const EIP = '203.0.113.7';

export function rule(change: Partial<SecurityRule> = {}): SecurityRule {
  return {
    direction: 'in',
    protocol: 'all',
    ports: 'all',
    peer: '0.0.0.0/0',
    peerGroup: null,
    verdict: 'accept',
    description: '',
    ...change,
  };
}

export function instance(node: string, change: Partial<CloudInstance> = {}): CloudInstance {
  return {
    node: node as NodeName,
    id: `ins-${node}`,
    name: node,
    state: 'RUNNING',
    network: 'vpc-1',
    subnet: 'subnet-1',
    zone: 'ap-guangzhou-3',
    host: `host-${node}`,
    placementGroups: [],
    securityGroups: ['sg-1'],
    mac: null,
    ...change,
  };
}

const OPEN = [rule(), rule({ direction: 'out' })];

export function cloudFacts(change: Partial<CloudFacts> = {}): CloudFacts {
  return {
    provider: 'tencent',
    region: 'ap-guangzhou',
    account: { id: '1000', caller: 'operator', kind: 'standard' },
    instances: [instance('iam-1'), instance('iam-2')],
    subnet: { id: 'subnet-1', network: 'vpc-1', cidr: '10.0.4.0/24', networkAcl: null },
    vipUser: null,
    haVips: { used: 1, limit: 10 },
    publicAddresses: { used: 2, limit: 20 },
    boughtToday: { used: 0, limit: 40 },
    securityGroups: [{ id: 'sg-1', name: 'default', rules: OPEN }],
    pricePerGigabyte: 0.8,
    balance: 12.5,
    notAsked: [],
    ...change,
  };
}

/** Facts whose only security group has these rules. */
export function withRules(...rules: readonly SecurityRule[]): CloudFacts {
  return cloudFacts({ securityGroups: [{ id: 'sg-1', name: 'default', rules }] });
}

export interface CloudVariation extends Variation {
  readonly facts?: never;
  readonly cloud?: CloudFacts;
  /** Of the cluster file: `securityGroups: open`, `eip: { existing: … }`. */
  readonly more?: string;
  readonly publicAddress?: string;
}

/** Two nodes in a cloud, before anything is made there. */
export function cloudInput(variation: CloudVariation = {}): StageInput {
  const { cloud = cloudFacts(), more = '', publicAddress, yaml, input } = variation;
  const provider = `{ provider: tencent${more === '' ? '' : `, ${more}`} }`;
  const base = stageInput({
    yaml: (text) => (yaml ?? ((same) => same))(text.replace('{ provider: none }', provider)),
  });
  const whole: StageInput = {
    ...base,
    cloud: {
      facts: cloud,
      session: SESSION,
      generation: () => 0,
      adopted: () => undefined,
      publicAddress: () => publicAddress,
    },
  };
  return (input ?? ((same) => same))(whole);
}

export function haVipSeen(change: Partial<HaVipSeen> = {}): HaVipSeen {
  return {
    id: 'havip-1',
    name: 'iamha-iam-test-abcdef012345',
    address: '10.0.4.99',
    network: 'vpc-1',
    subnet: 'subnet-1',
    session: SESSION.id,
    holder: 'ins-iam-1',
    publicAddress: null,
    mayHold: ['ins-iam-1', 'ins-iam-2'],
    movedAt: '2026-11-26T02:00:00.000Z',
    ...change,
  };
}

export function seen(change: Partial<CloudSeen> = {}) {
  const all = { haVips: [], publicAddresses: [], securityGroups: [], ...change };
  return { kind: 'cloud-seen', seen: all } as const;
}
