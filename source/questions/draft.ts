import { DEFAULT_IAM_VERSION } from '../cluster/index.ts';
import { cloudDraft } from './cloud-part.ts';
import type { Journey } from './types.ts';
import { nodeNames, seenNodes, settled } from './values.ts';
import { waysOf } from './ways.ts';

/** What stands for a secret, by the setting that names it. */
export const VARIABLES = {
  mariadb: 'IAM_DB_ADMIN_PASSWORD',
  redis: 'IAM_REDIS_PASSWORD',
  adminPassword: 'IAM_ADMIN_PASSWORD',
  alerts: 'IAM_ALERT_URL',
} as const;

/** A machine that was not looked at yet: an address of the documentation's. */
const placeholder = (index: number) => `192.0.2.${index + 1}`;

function nodes(journey: Journey) {
  const seen = seenNodes(journey);
  const chosen = settled(journey, 'data');
  const login = settled(journey, 'login');
  const names = nodeNames(journey);
  // a choice among machines that are no more is asked about again; until then it is the first
  const isKnown = chosen === 'elsewhere' || names.some((name) => name === chosen);
  const data = isKnown ? chosen : names[0];
  return waysOf(settled(journey, 'nodes')).map(({ host, user, port }, index) => {
    const address = seen[index]?.address ?? placeholder(index);
    const ssh = {
      ...(host !== address && { host }),
      ...(port !== undefined && { port }),
      ...(user !== undefined && user !== login && { user }),
    };
    return {
      name: names[index],
      address,
      ...(data === names[index] && { data: true }),
      ...(Object.keys(ssh).length > 0 && { ssh }),
    };
  });
}

/** `HOST[:PORT]` of a database. */
function server(answer: string): { readonly host: string; readonly port?: number } {
  const [, host = answer, port] = /^([^:]*):(\d{1,6})$/.exec(answer) ?? [];
  return { host, ...(port !== undefined && { port: Number(port) }) };
}

function databases(journey: Journey) {
  if (settled(journey, 'data') !== 'elsewhere')
    return { mariadb: 'install', redis: 'install', mongodb: 'none' };
  const admin = settled(journey, 'mariadbAdmin');
  return {
    mariadb: {
      ...server(settled(journey, 'mariadb') || 'db.invalid'),
      adminUser: admin,
      adminPassword: `env:${VARIABLES.mariadb}`,
    },
    redis: {
      ...server(settled(journey, 'redis') || 'redis.invalid'),
      password: `env:${VARIABLES.redis}`,
    },
    mongodb: 'none',
  };
}

function source(journey: Journey) {
  const path = fullPath(journey, settled(journey, 'sourcePath')) || 'iam';
  switch (settled(journey, 'source')) {
    case 'go':
      return { go: DEFAULT_IAM_VERSION };
    case 'archive':
      return { archive: path, sha256: settled(journey, 'sha256') || '0'.repeat(64) };
    default:
      return { directory: path };
  }
}

function iam(journey: Journey) {
  const password = settled(journey, 'adminPassword');
  return {
    source: source(journey),
    // absent: generated where the schema is ours, kept where it was there
    ...(password === 'env' && { adminPassword: `env:${VARIABLES.adminPassword}` }),
    ...(password === 'keep' && { adminPassword: 'keep' }),
  };
}

/** `~/` in the operator's words; a path in the file means the same whoever reads it. */
function fullPath({ seen }: Journey, path: string): string {
  const { home } = seen.here ?? {};
  return home && path.startsWith('~/') ? `${home}${path.slice(1)}` : path;
}

/** The cluster file's values, as far as they are known; the rest so that it is valid. */
export function draftOf(journey: Journey) {
  const key = settled(journey, 'key');
  const alert = settled(journey, 'alerts');
  return {
    version: 1,
    name: settled(journey, 'name'),
    ssh: {
      user: settled(journey, 'login'),
      ...(key !== '' && { identityFile: fullPath(journey, key) }),
    },
    nodes: nodes(journey),
    domains: { api: settled(journey, 'api'), authz: settled(journey, 'authz') },
    iam: iam(journey),
    databases: databases(journey),
    vip: {
      address: settled(journey, 'vip') || 'auto',
      vrid: 51,
      profile: settled(journey, 'profile'),
    },
    firewall: settled(journey, 'firewall') === 'leave' ? 'none' : 'nodes-only',
    cloud: cloudDraft(journey),
    ...(alert !== 'none' && { alerts: [{ kind: alert, url: `env:${VARIABLES.alerts}` }] }),
  };
}

/** Names of the environment variables that the file refers to: to be set before a plan. */
export function variablesOf(journey: Journey): readonly string[] {
  const text = JSON.stringify(draftOf(journey));
  return [...text.matchAll(/"env:([A-Z_]+)"/g)].map((match) => match[1] ?? '');
}
