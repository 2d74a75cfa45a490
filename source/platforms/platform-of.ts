import type { NodeFacts } from '../model/index.ts';
import { debian } from './debian.ts';
import type { Platform } from './platform.ts';
import { rhel8, rhel9, rhel10 } from './rhel.ts';

type Table = Omit<Platform, 'name' | 'proven'>;

/** A distribution, by os-release's ID and the major version that its table begins with. */
interface Row {
  readonly id: string;
  readonly from: number;
  readonly below?: number;
  readonly table: Table;
  readonly proven?: readonly number[];
}

/** Before MariaDB 10.11, which Debian 12 and Ubuntu 24.04 have; before Redis 6.2 in Ubuntu 20.04. */
const olderDebian: Table = { ...debian, mariadbBindList: false };
/** The last with a MongoDB, 3.6. */
const focal: Table = {
  ...olderDebian,
  redisOptionalBind: false,
  mongodb: {
    packages: ['mongodb-server', 'mongodb-clients'],
    unit: 'mongodb',
    server: '/usr/bin/mongod',
    client: 'mongo',
    dataFolder: '/var/lib/mongodb',
    logFile: '/var/log/mongodb/mongodb.log',
  },
};

const ROWS: readonly Row[] = [
  { id: 'debian', from: 12, below: 14, table: debian, proven: [12, 13] },
  { id: 'debian', from: 11, below: 12, table: olderDebian },
  { id: 'ubuntu', from: 24, table: debian },
  { id: 'ubuntu', from: 22, below: 24, table: olderDebian },
  { id: 'ubuntu', from: 20, below: 22, table: focal },
  ...['rhel', 'rocky', 'almalinux', 'centos', 'ol'].flatMap((id): readonly Row[] => [
    { id, from: 8, below: 9, table: rhel8 },
    { id, from: 9, below: 10, table: rhel9 },
    { id, from: 10, below: 11, table: rhel10 },
  ]),
  { id: 'tencentos', from: 3, below: 4, table: rhel8 },
  { id: 'tencentos', from: 4, below: 5, table: rhel9 },
  { id: 'opencloudos', from: 8, below: 9, table: rhel8 },
  { id: 'opencloudos', from: 9, below: 10, table: rhel9 },
];

function rowFor(id: string, major: number): Row | undefined {
  return ROWS.find(
    (row) => row.id === id && major >= row.from && major < (row.below ?? Number.POSITIVE_INFINITY),
  );
}

/**
 * The table for a node's distribution, or null when we do not know it: a guess would write files
 * where nothing reads them. A rebuild of RHEL carries RHEL's version, so ID_LIKE is enough there;
 * a relative of Debian has versions of its own, which say nothing about Debian's.
 */
export function platformOf(facts: Pick<NodeFacts, 'os'>): Platform | null {
  const { id, idLike, versionId } = facts.os;
  const major = Number.parseInt(versionId, 10);
  const known = ROWS.some((row) => row.id === id);
  const row = rowFor(!known && idLike.includes('rhel') ? 'rhel' : id, major);
  if (!row) return null;
  return { ...row.table, name: `${id} ${versionId}`, proven: row.proven?.includes(major) ?? false };
}

/** Every distribution with a table, for messages: "debian 12". */
export function knownDistributions(): readonly string[] {
  return ROWS.map((row) => `${row.id} ${row.from}`);
}

/** Every unit of ours on any platform, so that one round of facts can ask for all. */
export function everyUnit(): readonly string[] {
  return [
    ...new Set(
      ROWS.flatMap(({ table }) => [
        ...Object.values(table.units),
        ...(table.mongodb ? [table.mongodb.unit] : []),
      ]),
    ),
  ];
}

/** Every package of ours on any platform. */
export function everyPackage(): readonly string[] {
  return [...new Set(ROWS.flatMap((row) => Object.values(row.table.packages)))];
}
