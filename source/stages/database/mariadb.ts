import { mariadbCauses } from '../../checks/database-causes.ts';
import { appliedCheckId, type Resource } from '../../model/index.ts';
import { configSet } from '../../resources/config-set.ts';
import { schema } from '../../resources/schema.ts';
import { sqlUser } from '../../resources/sql-user.ts';
import { unit } from '../../resources/unit.ts';
import { iamDatabase, type KnownNode, shortUnit, wasActive } from '../data-tier.ts';
import { renderFile } from '../render.ts';
import type { StageInput } from '../stage-input.ts';
import { foreignMariadb } from './foreign.ts';
import { NOTICE } from './policy-notice.ts';

const FILE = { mode: '0644', owner: 'root:root' } as const;

/** What is to be on the data node, in the order in which it is made. */
export function mariadb(input: StageInput, data: KnownNode): readonly Resource[] {
  const node = data.node.name;
  const name = shortUnit(data.platform.units.mariadb);
  const causes = [
    appliedCheckId(node, 'packages:database'),
    appliedCheckId(node, 'config:mariadb'),
  ];
  return [
    mariadbConfig(input, data),
    unit({ node, unit: name, downCode: 'unit-not-running', explainedBy: causes }),
    ...accounts(input, data),
    schema({
      node,
      client: data.platform.clients.mariadb,
      database: iamDatabase.database,
      tables: iamDatabase.tables,
      schema: input.iam.schema,
      explainedBy: mariadbCauses(node),
    }),
  ];
}

function mariadbConfig(input: StageInput, data: KnownNode): Resource {
  const { node, platform, facts } = data;
  const name = shortUnit(platform.units.mariadb);
  const path = `${platform.paths.mariadbDropIns}/99-iam-ha.cnf`;
  // Before 10.11 one address or all: then only a firewall keeps others out.
  const bindAddress = platform.mariadbBindList ? `127.0.0.1,${node.address}` : '0.0.0.0';
  const dropIn = `/etc/systemd/system/${name}.service.d/iam-ha.conf`;
  return configSet({
    node: node.name,
    name: 'mariadb',
    files: [
      { path, content: renderFile(input, 'mariadb/99-iam-ha.cnf', { bindAddress }), ...FILE },
      {
        path: dropIn,
        content: renderFile(input, 'systemd/mariadb-iam-ha.conf', { notice: NOTICE }),
        ...FILE,
      },
    ],
    load: {
      unit: name,
      command: `systemctl restart ${name}`,
      effect: wasActive(facts, name) ? 'outage' : 'none',
      // Where the package has not started it, the unit's own start is the first.
      ifInactive: 'skip',
    },
    foreign: foreignMariadb(path),
    consents: input.consents,
    session: input.session,
    explainedBy: [appliedCheckId(node.name, 'packages:database')],
  });
}

/**
 * One account for each address from which the services log in, and 127.0.0.1, which IAM's triggers
 * name as their definer: it must be there before the schema.
 */
function accounts(input: StageInput, data: KnownNode): readonly Resource[] {
  const node = data.node.name;
  const places = [
    { host: '127.0.0.1', logins: [] },
    ...input.cluster.nodes.map(({ name, address }) => ({
      host: address,
      logins: [`database-login/${name}`],
    })),
  ];
  return places.map(({ host, logins }) =>
    sqlUser({
      node,
      client: data.platform.clients.mariadb,
      user: iamDatabase.user,
      host,
      password: input.secrets.databasePassword,
      database: iamDatabase.database,
      adopt: input.consents.adopt,
      // A revoked grant is seen by the log-in that fails: that names it, once.
      explainedBy: [...mariadbCauses(node), ...logins],
    }),
  );
}
