import { mongoLoginCheck } from '../../checks/mongo-login.ts';
import { mongoServerCheck } from '../../checks/mongo-server.ts';
import type { Check, NodeName } from '../../model/index.ts';
import { AUDIT_COLLECTION } from '../data-tier.ts';
import type { MongodbPlace } from '../database-places.ts';

/** Each node reaches MongoDB, and gets in with the pump's account. */
export function mongodbChecks(place: MongodbPlace, nodes: readonly NodeName[]): readonly Check[] {
  const { host, port, isOurs, via } = place;
  const ours = isOurs ? { dataNode: via.node.name } : {};
  const [first] = nodes;
  const about = { place, collection: AUDIT_COLLECTION, ...(first && { first }), ...ours };
  return [
    mongoServerCheck({ host, port, nodes, ...ours }),
    ...nodes.map((from) => mongoLoginCheck({ from, ...about })),
  ];
}
