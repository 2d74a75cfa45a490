import { appliedCheckId, type NodeName } from '../model/index.ts';

/** What keeps the pump of a node from MongoDB, whatever it writes there. */
export function mongodbCauses(dataNode: NodeName, node: NodeName): readonly string[] {
  const ids = ['packages:database', 'unit:mongodb', 'config:mongodb', 'mongodb-account'];
  return [
    ...ids.map((id) => appliedCheckId(dataNode, id)),
    'mongodb-server',
    `mongodb-login/${node}`,
  ];
}
