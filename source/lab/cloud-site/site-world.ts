import type { Policy, World, WorldRegion, WorldSecurityGroup } from '../cloud/types.ts';
import { labWorld } from '../cloud/world.ts';
import { type LabSpec, OPERATOR, operatorMac } from '../spec.ts';

const accept = (rule: Policy): Policy => ({ ...rule, Action: 'ACCEPT' });

/** As an operator who has read the manual leaves it: the service for everybody, all among the hosts. */
function rightGroup(id: string, subnet: string): WorldSecurityGroup {
  return {
    id,
    name: 'lab',
    ingress: [
      accept({ Protocol: 'TCP', Port: '80', CidrBlock: '0.0.0.0/0' }),
      accept({ Protocol: 'TCP', Port: '22', CidrBlock: '0.0.0.0/0' }),
      accept({ Protocol: 'ALL', Port: 'all', CidrBlock: subnet }),
    ],
    egress: [accept({ Protocol: 'ALL', Port: 'all', CidrBlock: '0.0.0.0/0' })],
  };
}

/**
 * The lab as the cloud has it: every machine of the subnet is an instance, also the one that the
 * operator sits at, so that the cloud gives nobody's address away.
 */
export function siteWorld(spec: LabSpec): World {
  const subnet = `${spec.subnet}/${spec.prefixLength}`;
  const machines = spec.machines.filter(({ role }) => role !== 'client');
  const operator = { name: OPERATOR, address: spec.operator, mac: operatorMac(spec.name) };
  const world = labWorld({ subnet, nodes: [...machines, operator] });
  const withRules = (region: WorldRegion): WorldRegion => ({
    ...region,
    securityGroups: region.securityGroups.map(({ id }) => rightGroup(id, subnet)),
  });
  return { ...world, regions: world.regions.map(withRules), publicFrom: '203.0.113.1' };
}
