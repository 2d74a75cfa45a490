import { appliedCheckId, type NodeName } from '../model/index.ts';

/** What makes MariaDB on the data node unusable for everybody. */
export function mariadbCauses(dataNode: NodeName): readonly string[] {
  return ['packages:database', 'unit:mariadb', 'config:mariadb'].map((id) =>
    appliedCheckId(dataNode, id),
  );
}

/** What makes Redis on the data node unusable for everybody. */
export function redisCauses(dataNode: NodeName): readonly string[] {
  return ['packages:database', 'unit:redis*', 'config:redis'].map((id) =>
    appliedCheckId(dataNode, id),
  );
}
