import { z } from 'zod';
import type { Ipv4Address } from '../model/index.ts';
import {
  adminPassword,
  alert,
  cloud,
  iamSource,
  mariadb,
  mongodb,
  redis,
} from './schema-choices.ts';
import {
  address,
  boolean,
  checkedText,
  choice,
  chosenBy,
  domain,
  host,
  integer,
  interfaceName,
  mapping,
  nodeName,
  path,
  port,
  secretRef,
  vantage,
} from './schema-parts.ts';

const ssh = {
  user: checkedText('invalid-user', (text) =>
    /^[A-Za-z_][A-Za-z0-9_.-]{0,31}$/.test(text),
  ).optional(),
  port: port.optional(),
  identityFile: path.optional(),
  knownHosts: path.optional(),
  password: secretRef.optional(),
  sudoPassword: secretRef.optional(),
};

const node = mapping({
  name: nodeName,
  address,
  data: boolean.default(false),
  roles: z.array(choice(['frontend', 'backend']), { error: 'expected-list' }).optional(),
  interface: interfaceName.optional(),
  ssh: mapping({ host: host.optional(), ...ssh }).optional(),
});

const iam = mapping({
  source: iamSource.optional(),
  maxBodySize: checkedText('invalid-body-size', (text) =>
    /^[1-9]\d{0,5}[kmg]$/i.test(text),
  ).optional(),
  adminPassword: adminPassword.optional(),
  pumpMend: boolean.optional(),
  openRegistration: boolean.optional(),
});

/** Safe as a folder's name: a session is named after it. */
const clusterName = checkedText('invalid-cluster-name', (text) =>
  /^[A-Za-z0-9][A-Za-z0-9._-]{0,62}$/.test(text),
);

/** The shape of a cluster file. What several fields must say together is in `rules.ts`. */
export const clusterSchema = mapping({
  version: z.literal(1, { error: 'unsupported-version' }),
  name: clusterName,
  ssh: mapping(ssh).optional(),
  nodes: z.array(node, { error: 'expected-list' }),
  domains: mapping({ api: domain, authz: domain }),
  iam: iam.optional(),
  databases: mapping({
    mariadb: mariadb.optional(),
    redis: redis.optional(),
    mongodb: mongodb.optional(),
  }).optional(),
  vip: mapping({
    address: chosenBy<Ipv4Address | 'auto'>((value) =>
      value === 'auto' ? z.literal('auto') : address,
    ),
    vrid: integer('invalid-vrid', 1, 255).default(51),
    profile: choice(['lecture', 'balanced', 'fast']).default('balanced'),
    home: nodeName.optional(),
  }),
  firewall: choice(['nodes-only', 'none']).optional(),
  tls: mapping({ certificate: path, key: path }).optional(),
  cloud: cloud.optional(),
  vantages: mapping({ inside: vantage.optional(), outside: vantage.optional() }).optional(),
  alerts: z.array(alert, { error: 'expected-list' }).optional(),
});

export type Declared = z.output<typeof clusterSchema>;
