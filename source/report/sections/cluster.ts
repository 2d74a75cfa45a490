import { type Block, type Inlines, paragraph, type Section } from '../document.ts';
import { topologyPicture } from '../pictures/topology.ts';
import type { ReportData } from '../report-data.ts';
import type { Words } from '../words.ts';

/** The machines, and what stands on them. */
export function clusterSection(words: Words, data: ReportData): Section {
  const { nodes, vip } = data.cluster;
  const columns = ['node', 'address', 'roles', 'databases'];
  const table: Block = {
    kind: 'table',
    caption: words.say('report-caption-nodes'),
    head: columns.map((name) => words.say(`report-column-${name}`)),
    rows: nodes.map(({ name, address, roles, data: hasData }) => [
      name,
      { code: address },
      roles.join(', '),
      hasData ? words.say('report-yes') : '',
    ]),
  };
  const { address, vrid, profile } = vip;
  return {
    id: 'cluster',
    title: words.say('report-section-pair'),
    blocks: [
      { kind: 'figure', picture: topologyPicture(data, words) },
      table,
      paragraph(words.say('report-vip', { address, vrid, profile })),
    ],
  };
}

/** What a request meets on its way, in order. */
export function pathSection(words: Words, { cluster, addresses }: ReportData): Section {
  const { nodes, domains, vip, ports, databases, tls } = cluster;
  const frontends = nodes.filter(({ roles }) => roles.includes('frontend')).map(({ name }) => name);
  const backends = nodes.filter(({ roles }) => roles.includes('backend')).map(({ name }) => name);
  const names = (all: readonly string[]) => all.join(words.say('report-list-comma'));
  const target = addresses.public ?? addresses.vip;
  const items: readonly Inlines[] = [
    words.say('report-path-dns', { api: domains.api, authz: domains.authz, address: target }),
    ...(addresses.public === undefined
      ? []
      : [words.say('report-path-cloud', { public: addresses.public, vip: vip.address })]),
    words.say('report-path-vip', { vip: vip.address, nodes: names(frontends) }),
    words.say(tls ? 'report-path-nginx-tls' : 'report-path-nginx', {
      api: domains.api,
      authz: domains.authz,
    }),
    words.say('report-path-backends', {
      apiPort: ports.api,
      authzPort: ports.authz,
      nodes: names(backends),
    }),
    words.say('report-path-databases', {
      databases: names(
        databases.map(({ name, where }) => words.say('report-database-at', { name, where })),
      ),
    }),
  ];
  return {
    id: 'path',
    title: words.say('report-section-path'),
    blocks: [{ kind: 'list', ordered: true, items }],
  };
}
