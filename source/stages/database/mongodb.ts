import { appliedCheckId, type Resource, type Secret } from '../../model/index.ts';
import type { PackagedMongodb } from '../../platforms/index.ts';
import { configSet } from '../../resources/config-set.ts';
import { mongoAccount } from '../../resources/mongo-account.ts';
import { unit } from '../../resources/unit.ts';
import { type KnownNode, wasActive } from '../data-tier.ts';
import type { DatabasePlaces, MongodbPlace } from '../database-places.ts';
import { renderFile } from '../render.ts';
import type { StageInput } from '../stage-input.ts';

/** Makes accounts, and reads and writes nothing. */
const ADMINISTRATOR = 'iam_ha';
const CONFIG = '/etc/iam-ha-mongodb.conf';

/** What is to be there, in the order in which it is made; nothing on a server that is not ours. */
export function mongodb(
  input: StageInput,
  { mongodb: place }: DatabasePlaces,
): readonly Resource[] {
  const server = place?.via.platform.mongodb;
  const administrator = input.secrets.mongodbAdminPassword;
  if (!place?.isOurs || !server || !administrator) return [];
  const node = place.via.node.name;
  const causes = ['packages:database', 'config:mongodb'].map((id) => appliedCheckId(node, id));
  return [
    mongodbConfig(input, place, server),
    unit({ node, unit: server.unit, downCode: 'unit-not-running', explainedBy: causes }),
    account(place, server, administrator),
  ];
}

/** The package of MongoDB for the node that is to have it. */
export function mongodbPackages(places: DatabasePlaces, { node }: KnownNode): readonly string[] {
  const place = places.mongodb;
  const server = place?.via.platform.mongodb;
  return place?.isOurs && server && place.via.node.name === node.name ? server.packages : [];
}

function mongodbConfig(input: StageInput, place: MongodbPlace, server: PackagedMongodb): Resource {
  const { node, facts } = place.via;
  const { dataFolder, logFile } = server;
  const values = { dataFolder, logFile, port: place.port, address: node.address };
  const dropIn = { server: server.server, config: CONFIG };
  const plain = { mode: '0644', owner: 'root:root' } as const;
  return configSet({
    node: node.name,
    name: 'mongodb',
    files: [
      { path: CONFIG, content: renderFile(input, 'mongodb/iam-ha.conf', values), ...plain },
      {
        path: `/etc/systemd/system/${server.unit}.service.d/iam-ha.conf`,
        content: renderFile(input, 'systemd/mongodb-iam-ha.conf', dropIn),
        ...plain,
      },
    ],
    load: {
      unit: server.unit,
      command: `systemctl restart ${server.unit}`,
      effect: wasActive(facts, server.unit) ? 'outage' : 'none',
      // Where the package has not started it, the unit's own start is the first.
      ifInactive: 'skip',
    },
    ...(wasActive(facts, server.unit) ? { foreign: foreignMongodb(server.unit) } : {}),
    consents: input.consents,
    session: input.session,
    explainedBy: [appliedCheckId(node.name, 'packages:database')],
  });
}

/**
 * One that ran before us is somebody's: with our file its clients would have to log in. Bash that
 * prints `file<TAB>setting`, as for the other databases.
 */
function foreignMongodb(unitName: string): string {
  return `[ -e ${CONFIG} ] || printf '%s\\t%s\\n' /etc/${unitName}.conf 'a server that runs'\n`;
}

function account(place: MongodbPlace, server: PackagedMongodb, administrator: Secret): Resource {
  const { via, port, database, user, password } = place;
  const node = via.node.name;
  const causes = ['packages:database', 'config:mongodb', `unit:${server.unit}`];
  return mongoAccount({
    ...{ node, client: server.client, port, database, user, password },
    administrator: { user: ADMINISTRATOR, password: administrator },
    explainedBy: causes.map((id) => appliedCheckId(node, id)),
  });
}
