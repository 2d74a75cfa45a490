import { type Params, type Problem, problem } from '../model/index.ts';
import { dataNode, frontends, whereabouts } from './derived.ts';
import { iamReleases } from './iam-releases.ts';
import type { Cluster, ClusterNode } from './types.ts';

/** What several fields must say together; each rule names the field to be changed. */
type Rule = (cluster: Cluster) => readonly Problem[];

const MOST_NODES = 16;

function at(cluster: Cluster, code: string, field: string, params: Params = {}): Problem {
  return problem(code, params, whereabouts(cluster, field));
}

const nodeCount: Rule = (cluster) => {
  const found = cluster.nodes.length;
  if (found < 2) return [at(cluster, 'too-few-nodes', 'nodes', { found })];
  if (found > MOST_NODES) {
    return [at(cluster, 'too-many-nodes', 'nodes', { found, most: MOST_NODES })];
  }
  return [];
};

const roles: Rule = (cluster) => {
  const odd = cluster.nodes.filter((node) => !node.roles.includes('backend'));
  if (odd.length > 0) {
    return odd.map((node) => at(cluster, 'role-not-supported', `${node.position.field}.roles`));
  }
  const found = frontends(cluster).length;
  const enough = found >= 2 || cluster.nodes.length < 2;
  return enough ? [] : [at(cluster, 'too-few-frontends', 'nodes', { found })];
};

/** Nodes for which `key` gives what an earlier node has, with that node. */
function repeated(cluster: Cluster, key: (node: ClusterNode) => string) {
  return cluster.nodes.flatMap((node, index) => {
    const first = cluster.nodes.slice(0, index).find((other) => key(other) === key(node));
    return first ? [{ node, first }] : [];
  });
}

const names: Rule = (cluster) =>
  repeated(cluster, (node) => node.name).map(({ node, first }) =>
    at(cluster, 'same-name-twice', `${node.position.field}.name`, {
      found: node.name,
      first: first.position.line,
    }),
  );

const addresses: Rule = (cluster) =>
  repeated(cluster, (node) => node.address).map(({ node, first }) =>
    at(cluster, 'same-address-twice', `${node.position.field}.address`, {
      found: node.address,
      other: first.name,
    }),
  );

/** The same way in leads to the same machine. */
const hosts: Rule = (cluster) =>
  repeated(cluster, (node) => `${node.ssh.host} ${node.ssh.port ?? ''}`)
    .filter(({ node, first }) => node.address !== first.address)
    .map(({ node, first }) =>
      at(cluster, 'same-ssh-host-twice', `${node.position.field}.ssh.host`, {
        found: node.ssh.host,
        other: first.name,
      }),
    );

const data: Rule = (cluster) => {
  const { mariadb, redis, mongodb } = cluster.databases;
  const [, ...more] = cluster.nodes.filter((node) => node.data);
  const names = cluster.nodes.filter((node) => node.data).map((node) => node.name);
  const several = more.map((node) =>
    at(cluster, 'several-data-nodes', `${node.position.field}.data`, { found: names.join(', ') }),
  );
  const installs = [mariadb, redis, mongodb].some(({ kind }) => kind === 'install');
  const missing = installs && cluster.nodes.length > 0 && !dataNode(cluster);
  return missing ? [at(cluster, 'no-data-node', 'nodes')] : several.slice(0, 1);
};

const domains: Rule = (cluster) => {
  const { api, authz } = cluster.domains;
  return api === authz ? [at(cluster, 'same-domain-twice', 'domains.authz', { found: api })] : [];
};

const iamVersion: Rule = (cluster) => {
  const { source } = cluster.iam;
  if (source.kind !== 'go') return [];
  const versions = iamReleases.map(({ version }) => version);
  if (versions.includes(source.version)) return [];
  const params = { found: source.version, known: versions.join(', ') };
  return [at(cluster, 'unknown-iam-version', 'iam.source.go', params)];
};

const virtualIp: Rule = (cluster) => {
  const { address } = cluster.vip;
  const node = cluster.nodes.find((one) => one.address === address || one.ssh.host === address);
  if (!node) return [];
  return [at(cluster, 'vip-is-a-node', 'vip.address', { found: address, other: node.name })];
};

function unknownNode(cluster: Cluster, field: string, found: string): Problem {
  const nodes = cluster.nodes.map((node) => node.name).join(', ');
  return at(cluster, 'unknown-node', field, { found, nodes });
}

const home: Rule = (cluster) => {
  const { home: name } = cluster.vip;
  if (name === undefined) return [];
  const node = cluster.nodes.find((one) => one.name === name);
  if (!node) return [unknownNode(cluster, 'vip.home', name)];
  const isFrontend = node.roles.includes('frontend');
  return isFrontend ? [] : [at(cluster, 'home-without-keepalived', 'vip.home', { found: name })];
};

const vantages: Rule = (cluster) =>
  (['inside', 'outside'] as const).flatMap((side) => {
    const vantage = cluster.vantages[side];
    if (vantage?.kind !== 'via') return [];
    const known = cluster.nodes.some((node) => node.name === vantage.node);
    return known ? [] : [unknownNode(cluster, `vantages.${side}`, vantage.node)];
  });

const RULES: readonly Rule[] = [
  nodeCount,
  roles,
  names,
  addresses,
  hosts,
  data,
  domains,
  iamVersion,
  virtualIp,
  home,
  vantages,
];

/** Everything that is wrong although each field by itself is right. */
export function ruleProblems(cluster: Cluster): readonly Problem[] {
  return RULES.flatMap((rule) => rule(cluster));
}
