import { mariadbCauses } from '../../checks/database-causes.ts';
import { appliedCheckId, type Resource } from '../../model/index.ts';
import { configSet } from '../../resources/config-set.ts';
import { databaseDump } from '../../resources/database-dump.ts';
import { schema } from '../../resources/schema.ts';
import { sqlUser } from '../../resources/sql-user.ts';
import { unit } from '../../resources/unit.ts';
import { iamDatabase, type KnownNode, shortUnit, wasActive } from '../data-tier.ts';
import type { DatabasePlaces } from '../database-places.ts';
import { renderFile } from '../render.ts';
import { NOTICE } from '../services/policy-notice.ts';
import type { StageInput } from '../stage-input.ts';
import { foreignMariadb } from './foreign.ts';

const FILE = { mode: '0644', owner: 'root:root' } as const;

/** What is to be there, in the order in which it is made: a dump before anything else. */
export function mariadb(input: StageInput, places: DatabasePlaces): readonly Resource[] {
  const { via, isOurs, access } = places.mariadb;
  const node = via.node.name;
  const unitName = shortUnit(via.platform.units.mariadb);
  const explainedBy = mariadbCauses(node);
  const { database, user, tables } = iamDatabase;
  const { session, consents } = input;
  return [
    databaseDump({
      node,
      ...access,
      database,
      user,
      session: session.id,
      unit: unitName,
      explainedBy,
    }),
    ...(isOurs ? ourServer(input, via) : []),
    ...accounts(input, places),
    schema({
      node,
      ...access,
      database,
      tables,
      schema: input.iam.schema,
      session: session.id,
      adopt: consents.adopt,
      // A server that lets nobody in refuses every one of them: the first of them says so.
      explainedBy: [...explainedBy, appliedCheckId(node, `dump:${database}`)],
    }),
  ];
}

function ourServer(input: StageInput, data: KnownNode): readonly Resource[] {
  const node = data.node.name;
  const explainedBy = ['packages:database', 'config:mariadb'].map((id) => appliedCheckId(node, id));
  const name = shortUnit(data.platform.units.mariadb);
  return [
    mariadbConfig(input, data),
    unit({ node, unit: name, downCode: 'unit-not-running', explainedBy }),
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
function accounts(input: StageInput, { mariadb: { via, access } }: DatabasePlaces) {
  const node = via.node.name;
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
      ...access,
      user: iamDatabase.user,
      host,
      password: input.secrets.databasePassword,
      database: iamDatabase.database,
      adopt: input.consents.adopt,
      // A revoked grant is seen by the log-in that fails: that names it, once.
      explainedBy: [
        ...mariadbCauses(node),
        appliedCheckId(node, `dump:${iamDatabase.database}`),
        ...logins,
      ],
    }),
  );
}
