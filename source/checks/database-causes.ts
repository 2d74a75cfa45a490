import { appliedCheckId, type NodeName } from '../model/index.ts';

/** What makes MariaDB on the data node unusable for everybody. */
export function mariadbCauses(dataNode: NodeName): readonly string[] {
  const ids = ['packages:database', 'unit:mariadb', 'config:mariadb'];
  return [...ids.map((id) => appliedCheckId(dataNode, id)), 'database-server/mariadb'];
}

/** What makes Redis on the data node unusable for everybody. */
export function redisCauses(dataNode: NodeName): readonly string[] {
  const ids = ['packages:database', 'unit:redis*', 'unit:valkey', 'config:redis'];
  return [...ids.map((id) => appliedCheckId(dataNode, id)), 'database-server/redis'];
}
