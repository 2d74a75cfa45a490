import { type Context, regionOf } from './context.ts';
import { keys, type Lookup, select } from './filters.ts';
import type { Call, Reply, WorldInstance } from './types.ts';

const primary = ({ nics }: WorldInstance) => nics.find((nic) => nic.primary) ?? nics[0];

export function describeInstances(context: Context, { region, body }: Call): Reply {
  const { instances, subnets } = regionOf(context, region);
  const vpcOf = new Map(subnets.map(({ id, vpc }) => [id, vpc]));
  const vpc = (one: WorldInstance) => vpcOf.get(primary(one).subnet) ?? '';
  const lookup: Lookup<WorldInstance> = {
    ids: 'InstanceIds',
    idOf: ({ id }) => id,
    maxValues: 5,
    key: keys({
      'instance-id': ({ id }) => [id],
      'instance-name': ({ name }) => [name],
      'instance-state': ({ state }) => [state],
      'private-ip-address': (one) => [primary(one).ip],
      'public-ip-address': ({ publicIps = [] }) => publicIps,
      'vpc-id': (one) => [vpc(one)],
      'subnet-id': (one) => [primary(one).subnet],
      zone: ({ zone }) => [zone],
      'security-group-id': ({ securityGroups }) => securityGroups,
    }),
  };
  const { total, page } = select(instances, body, lookup);
  return { TotalCount: total, InstanceSet: page.map((one) => shown(one, vpc(one))) };
}

function shown(instance: WorldInstance, vpc: string): Reply {
  const { ip, subnet } = primary(instance);
  return {
    InstanceId: instance.id,
    InstanceName: instance.name,
    InstanceState: instance.state,
    // of the first card alone
    PrivateIpAddresses: [ip],
    PublicIpAddresses: instance.publicIps ?? null,
    VirtualPrivateCloud: { VpcId: vpc, SubnetId: subnet, AsVpcGateway: false },
    SecurityGroupIds: instance.securityGroups,
    Placement: { Zone: instance.zone, HostId: instance.host, ProjectId: 0 },
    DisasterRecoverGroupIds: instance.placementGroups ?? [],
    CamRoleName: null,
    Tags: [],
    Uuid: instance.id,
  };
}
