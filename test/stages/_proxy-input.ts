import { readFileSync } from 'node:fs';
import { parseCluster } from '../../source/cluster/index.ts';
import {
  type InterfaceName,
  type Ipv4Address,
  type NodeFacts,
  type NodeName,
  Secret,
} from '../../source/model/index.ts';
import type { StageInput } from '../../source/stages/stage-input.ts';

export const YAML = `version: 1
name: iam-test
nodes:
  - { name: iam-1, address: 10.0.4.20, data: true }
  - { name: iam-2, address: 10.0.4.21 }
domains: { api: iam.api.example.com, authz: iam.authz.example.com }
iam:
  source: { directory: ./dist }
  adminPassword: keep
databases: { mariadb: install, redis: install, mongodb: none }
vip: { address: 10.0.4.99, vrid: 51, profile: balanced }
firewall: none
cloud: { provider: none }
`;

export interface Variation {
  readonly yaml?: (text: string) => string;
  readonly facts?: (facts: NodeFacts) => NodeFacts;
  readonly input?: (input: StageInput) => StageInput;
}

export function nodeFacts(node: string, address: string): NodeFacts {
  const last = address.split('.').at(-1) ?? '0';
  return {
    node: node as NodeName,
    hostname: node,
    os: {
      id: 'debian',
      idLike: [],
      versionId: '12',
      codename: 'bookworm',
      prettyName: 'Debian GNU/Linux 12 (bookworm)',
    },
    kernel: '6.1.0',
    architecture: 'x86_64',
    virtualization: 'kvm',
    vendor: null,
    interfaces: [
      {
        name: 'eth0' as InterfaceName,
        mac: `52:54:00:00:00:${last}`,
        up: true,
        addresses: [{ address: address as Ipv4Address, prefixLength: 24 }],
      },
    ],
    nic: { name: 'eth0' as InterfaceName, mac: `52:54:00:00:00:${last}`, prefixLength: 24 },
    routes: [],
    listeners: [{ protocol: 'tcp', address: '0.0.0.0', port: 22, process: 'sshd' }],
    units: [],
    packages: {},
    firewall: { firewalld: false, ufw: false },
    selinux: null,
    apparmor: false,
    clock: { offsetMs: 3, errorMs: 2 },
    disks: [{ path: '/', freeMiB: 20_000, freeInodes: 1_000_000 }],
    memoryMiB: 2000,
    tools: ['perl'],
    marker: null,
  };
}

/** A stage's input: two Debian nodes, as the wizard sees them before the first apply. */
export function stageInput(variation: Variation = {}): StageInput {
  const text = (variation.yaml ?? ((same) => same))(YAML);
  const parsed = parseCluster(text, '/cluster.yaml');
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  const { cluster } = parsed;
  const change = variation.facts ?? ((same) => same);
  const facts = cluster.nodes.map(
    ({ name, address }) => [name, change(nodeFacts(name, address))] as const,
  );
  const secret = (name: string, value: string) => new Secret(name, value);
  const pair = { certificate: 'CERTIFICATE', key: secret('key', 'PRIVATE') };
  const input: StageInput = {
    cluster,
    facts: new Map(facts),
    secrets: {
      databasePassword: secret('database password', 'db-password-1'),
      redisPassword: secret('redis password', 'redis-password-1'),
      jwtKey: secret('jwt key', 'j'.repeat(32)),
      vrrpPassword: secret('vrrp password', 'vrrpPass'),
      adminPassword: secret('admin password', 'Generated-2026x'),
      caCertificate: 'CA',
      certificates: { 'iam-apiserver': pair, 'iam-authz-server': pair },
    },
    iam: { standIn: true, mended: false, binaries: [], schema: '' },
    consents: { adopt: false, overwrite: [] },
    language: 'en',
    session: { name: 'iam-test', id: 'session-1' },
    asset: (path) => readFileSync(new URL(`../../assets/${path}`, import.meta.url), 'utf8'),
  };
  return (variation.input ?? ((same) => same))(input);
}
