import { type Cluster, parseCluster } from '../../source/cluster/index.ts';

/** A file with everything that the format knows. */
export const FULL = `version: 1
name: iam-prod
ssh: { user: root, identityFile: ~/.ssh/id, password: env:PW }
nodes:
  - { name: iam-1, address: 10.0.4.20, data: true, ssh: { host: 106.52.0.1, port: 2222 } }
  - { name: iam-2, address: 10.0.4.21 }
  - { name: iam-3, address: 10.0.4.22, roles: [backend] }
domains: { api: iam.api.marmotedu.com, authz: iam.authz.marmotedu.com }
iam:
  source: { go: v1.6.2 }
  maxBodySize: 5m
  adminPassword: generate
  pumpMend: true
  openRegistration: true
databases:
  mariadb: install
  redis: { host: 10.0.0.1, port: 6380, password: env:REDIS_PW }
  mongodb: none
vip: { address: 10.0.4.99, vrid: 51, profile: balanced, home: iam-2 }
firewall: nodes-only
tls: { certificate: ./fullchain.pem, key: /etc/key.pem }
cloud: { provider: tencent, region: ap-guangzhou, eip: { bandwidth: 5 } }
vantages: { inside: via:iam-2, outside: ssh:198.51.100.10 }
alerts:
  - { kind: wecom, url: env:WECOM_URL }
  - { kind: email, smtp: mail.example.com:25, from: a@example.com, to: b@example.com }
`;

/** As short as it can be. */
export const SHORT = `version: 1
name: demo
nodes:
  - { name: iam-1, address: 10.0.4.20, data: true }
  - name: iam-2
    address: 10.0.4.21
domains: { api: iam.api.marmotedu.com, authz: iam.authz.marmotedu.com }
iam:
  source: { directory: ./dist }
vip: { address: 10.0.4.99 }
`;

/** @throws Error with the problems when `text` is not a good file */
export function clusterOf(text: string, file = '/work/cluster.yaml'): Cluster {
  const parsed = parseCluster(text, file, { home: '/home/op' });
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.problems));
  return parsed.cluster;
}

/** `text` with one place changed; it must be there. */
export function changed(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`not in the example: ${from}`);
  return text.replace(from, () => to);
}
