import { readFileSync } from 'node:fs';
import { parseCluster } from '../../../source/cluster/index.ts';
import type { NodeFacts, NodeName, UnitFacts } from '../../../source/model/index.ts';
import { Secret } from '../../../source/model/index.ts';
import type { StageInput } from '../../../source/stages/stage-input.ts';

const CLUSTER = `version: 1
name: iam-test
nodes:
  - { name: iam-1, address: 10.0.4.20, data: true }
  - { name: iam-2, address: 10.0.4.21 }
domains: { api: iam.api.example.com, authz: iam.authz.example.com }
iam: { source: { directory: ./dist } }
databases: { mariadb: install, redis: install, mongodb: none }
vip: { address: 10.0.4.99, vrid: 51, profile: balanced }
firewall: none
cloud: { provider: none }
`;

/** Every kind of character that once broke a configuration file, an option file or a shell. */
export const AWKWARD = `pa'ss"w\\$x;# :@%é`;

export interface Circumstances {
  readonly cluster?: string;
  /** os-release's ID and VERSION_ID. */
  readonly os?: readonly [string, string];
  readonly units?: readonly UnitFacts[];
  readonly change?: (input: StageInput) => StageInput;
}

export const running = (name: string): UnitFacts => ({
  name,
  load: 'loaded',
  active: 'active',
  enabled: 'enabled',
});

/** What a stage gets: two nodes as the wizard sees them before the first apply. */
export function dataTierInput(given: Circumstances = {}): StageInput {
  const parsed = parseCluster(given.cluster ?? CLUSTER, '/cluster.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const [id, versionId] = given.os ?? ['debian', '12'];
  const facts = parsed.cluster.nodes.map(({ name }) => {
    const os = { id, idLike: [], versionId, codename: '', prettyName: '' };
    return [name, { node: name, os, units: given.units ?? [] } as unknown as NodeFacts] as const;
  });
  const pair = { certificate: 'CERTIFICATE\n', key: new Secret('key', 'PRIVATE KEY\n') };
  const input: StageInput = {
    cluster: parsed.cluster,
    facts: new Map<NodeName, NodeFacts>(facts),
    secrets: {
      databasePassword: new Secret('database password', AWKWARD),
      redisPassword: new Secret('redis password', `r${AWKWARD}`),
      jwtKey: new Secret('jwt key', 'k'.repeat(32)),
      vrrpPassword: new Secret('vrrp password', 'vrrpPass'),
      adminPassword: new Secret('admin password', 'Generated-2026x'),
      caCertificate: 'CA\n',
      certificates: { 'iam-apiserver': pair, 'iam-authz-server': pair },
    },
    iam: {
      standIn: true,
      mended: false,
      binaries: ['iam-apiserver', 'iam-authz-server', 'iam-pump'].map((name) => ({
        name,
        path: `/dist/${name}`,
        sha256: 'a'.repeat(64),
        bytes: 1,
        architecture: null,
      })),
      schema: 'CREATE TABLE t (i INT);\n',
    },
    consents: { adopt: false, overwrite: [] },
    language: 'en',
    session: { name: 'iam-test', id: 'session-1' },
    asset: (path) => readFileSync(new URL(`../../../assets/${path}`, import.meta.url), 'utf8'),
  };
  return given.change ? given.change(input) : input;
}
