import type { Daemon } from '../../checks/service-daemons.ts';
import type { Content } from '../../model/index.ts';
import type { DesiredFile } from '../../resources/config-set.ts';
import { shortUnit } from '../data-tier.ts';
import type { DatabasePlace, DatabasePlaces } from '../database-places.ts';
import { type AssetValue, renderFile } from '../render.ts';
import type { StageInput } from '../stage-input.ts';
import { mongoSink } from './mongo-sink.ts';
import { NOTICE } from './policy-notice.ts';
import { yamlString } from './yaml-string.ts';

const CERTIFICATES = '/etc/iam/cert';

/** All files of one daemon: what it reads at its start. The same on every node. */
export function daemonFiles(
  input: StageInput,
  data: DatabasePlaces,
  daemon: Daemon,
): readonly DesiredFile[] {
  const values = configValues(input, data)[daemon];
  return [
    secretFile(`/etc/iam/${daemon}.yaml`, renderFile(input, `iam/${daemon}.yaml`, values)),
    ...certificates(input, daemon),
    publicFile(`/etc/systemd/system/${daemon}.service`, unitFile(input, data, daemon)),
  ];
}

function configValues(
  input: StageInput,
  { mariadb, redis: redisPlace, mongodb }: DatabasePlaces,
): Readonly<Record<Daemon, Readonly<Record<string, AssetValue>>>> {
  const { secrets } = input;
  const redis = {
    redisHost: yamlString(redisPlace.host),
    redisPort: redisPlace.port,
    redisPassword: yamlString(secrets.redisPassword),
  };
  return {
    'iam-apiserver': {
      ...redis,
      mysqlHost: yamlString(`${mariadb.host}:${mariadb.port}`),
      databasePassword: yamlString(secrets.databasePassword),
      jwtKey: yamlString(secrets.jwtKey),
    },
    'iam-authz-server': redis,
    'iam-pump': { ...redis, mongo: mongodb ? mongoSink(input, mongodb) : '' },
  };
}

/** The pump speaks no TLS. The CA is what the authorisation server checks the API server against. */
function certificates({ secrets }: StageInput, daemon: Daemon): readonly DesiredFile[] {
  if (daemon === 'iam-pump') return [];
  const { certificate, key } = secrets.certificates[daemon];
  const ca = publicFile(`${CERTIFICATES}/ca.pem`, [secrets.caCertificate]);
  return [
    ...(daemon === 'iam-authz-server' ? [ca] : []),
    publicFile(`${CERTIFICATES}/${daemon}.pem`, [certificate]),
    secretFile(`${CERTIFICATES}/${daemon}-key.pem`, [key]),
  ];
}

interface UnitTraits {
  readonly description: string;
  readonly after: (data: DatabasePlaces) => string;
  /** More lines of its [Service]. */
  readonly more: string;
  readonly stopSeconds: number;
}

const TRAITS: Readonly<Record<Daemon, UnitTraits>> = {
  'iam-apiserver': {
    description: 'IAM API server',
    after: ({ mariadb, redis }) =>
      [...unitOf(mariadb, 'mariadb'), ...unitOf(redis, 'redis')].join(' '),
    // Its node's authorization server asks it for the policies, and not again when it was away.
    more: `ExecStartPost=+-/bin/sh -c 'systemctl --no-block restart ${NOTICE}'`,
    stopSeconds: 20,
  },
  'iam-authz-server': {
    description: 'IAM authorization server',
    after: () => 'iam-apiserver.service',
    // Without it nothing says why it waits for the API server: it neither listens nor logs.
    more: 'Environment=GRPC_GO_LOG_SEVERITY_LEVEL=warning',
    stopSeconds: 20,
  },
  'iam-pump': {
    description: 'IAM audit record pump',
    after: ({ redis, mongodb }) => [...unitOf(redis, 'redis'), ...mongodbUnit(mongodb)].join(' '),
    more: '',
    // It ignores the polite signal while its sink is away.
    stopSeconds: 5,
  },
};

/** The database's unit, with the suffix that systemd wants; none where it is no node's of ours. */
function unitOf({ isOurs, via }: DatabasePlace, which: 'mariadb' | 'redis'): readonly string[] {
  return isOurs ? [`${shortUnit(via.platform.units[which])}.service`] : [];
}

function mongodbUnit(place: DatabasePlace | undefined): readonly string[] {
  const name = place?.isOurs ? place.via.platform.mongodb?.unit : undefined;
  return name === undefined ? [] : [`${name}.service`];
}

function unitFile(input: StageInput, data: DatabasePlaces, daemon: Daemon): Content {
  const { description, after, more, stopSeconds } = TRAITS[daemon];
  const { standIn, installed } = input.iam;
  // The stand-in is a script, and what others have built may need a loader: that must be allowed to run.
  const executables = standIn || installed ? '' : `NoExecPaths=/\nExecPaths=/opt/iam/bin/${daemon}`;
  return renderFile(input, 'systemd/iam-daemon.service', {
    daemon,
    description,
    after: after(data),
    more,
    stopSeconds,
    executables,
  });
}

function publicFile(path: string, content: Content): DesiredFile {
  return { path, content, mode: '0644', owner: 'root:root' };
}

function secretFile(path: string, content: Content): DesiredFile {
  return { path, content, mode: '0640', owner: 'root:iam' };
}
