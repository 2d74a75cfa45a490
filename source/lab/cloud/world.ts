import type { World, WorldInstance } from './types.ts';

export const LAB_REGION = 'ap-guangzhou';

export interface LabNetwork {
  /** `10.0.4.0/24` */
  readonly subnet: string;
  readonly nodes: readonly {
    readonly name: string;
    readonly address: string;
    readonly mac: string;
  }[];
}

const ZONE = `${LAB_REGION}-4`;

/** The lab's machines as instances of a cloud: one VPC, one subnet, a physical host each. */
export function labWorld({ subnet, nodes }: LabNetwork): World {
  const instances = nodes.map(({ name, address, mac }, index): WorldInstance => {
    const number = String(index + 1).padStart(8, '0');
    return {
      id: `ins-${number}`,
      name,
      zone: ZONE,
      host: `host-${number}`,
      state: 'RUNNING',
      securityGroups: ['sg-lab00001'],
      nics: [{ eni: `eni-${number}`, mac, ip: address, subnet: 'subnet-lab00001', primary: true }],
    };
  });
  const everything = { Protocol: 'ALL', Port: 'all', CidrBlock: '0.0.0.0/0', Action: 'ACCEPT' };
  return {
    account: { uin: '100000000001', networkAccountType: 'STANDARD' },
    regions: [
      {
        region: LAB_REGION,
        vpcs: [{ id: 'vpc-lab00001', name: 'lab', cidr: subnet }],
        subnets: [
          { id: 'subnet-lab00001', vpc: 'vpc-lab00001', name: 'lab', cidr: subnet, zone: ZONE },
        ],
        instances,
        securityGroups: [
          { id: 'sg-lab00001', name: 'lab', ingress: [everything], egress: [everything] },
        ],
      },
    ],
    quota: { havipPerVpc: 10, eip: 20, eipDaily: 40 },
    prices: { idlePerHour: 0.2, perGb: 0.8 },
  };
}
