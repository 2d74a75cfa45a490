import type { Cluster, ClusterNode } from '../../cluster/index.ts';
import { appliedCheckId, type NodeFacts, type Resource, unitFacts } from '../../model/index.ts';
import { configSet, type DesiredFile } from '../../resources/config-set.ts';
import { loadTable, nftTable } from '../../resources/nft-table.ts';
import { contentMark, NFT } from '../../resources/nft-unit.ts';
import { renderFile } from '../render.ts';
import type { StageInput } from '../stage-input.ts';
import { guardedPorts } from './ports.ts';

const FOLDER = '/etc/iam-ha';
export const FIREWALL_FILE = `${FOLDER}/firewall.nft`;
export const FIREWALL_UNIT = 'iam-ha-firewall';
const PLAIN = { mode: '0644', owner: 'root:root' } as const;

/**
 * Whether a table of our own guards the node: no firewall manager does, or none did when we made it.
 * One that is there must know every node, whatever else was switched on since.
 */
export function hasOwnTable(cluster: Cluster, facts: NodeFacts): boolean {
  if (cluster.firewall === 'none') return false;
  const isManaged = facts.firewall.firewalld || facts.firewall.ufw;
  return !isManaged || unitFacts(facts, FIREWALL_UNIT).load === 'loaded';
}

/** Needed for {@link ownTable}. */
export function firewallPackages(cluster: Cluster, facts: NodeFacts): readonly string[] {
  return hasOwnTable(cluster, facts) ? ['nftables'] : [];
}

interface Rules {
  readonly nodes: string;
  /** Empty where nothing of the kind is to be kept out. */
  readonly vrrp: string;
  readonly connections: string;
  readonly mark: string;
}

function rulesFor(cluster: Cluster, node: ClusterNode): Rules {
  const nodes = cluster.nodes.map(({ address }) => address).join(', ');
  const ports = [
    ...guardedPorts(cluster, node, 'database'),
    ...guardedPorts(cluster, node, 'services'),
  ].sort((a, b) => a - b);
  const vrrp = node.roles.includes('frontend') ? 'ip protocol 112 counter drop' : '';
  const mark = contentMark([nodes, ports, vrrp]);
  const connections = `tcp dport { ${ports.join(', ')} } tcp flags & (syn | ack) == syn counter drop comment "iam-ha ${mark}"`;
  return { nodes, vrrp, connections, mark };
}

/** Our table of nftables on a node: the file, the unit that loads it at boot, and the table itself. */
export function ownTable(input: StageInput, node: ClusterNode): readonly Resource[] {
  const rules = rulesFor(input.cluster, node);
  const { name } = node;
  const causes = [appliedCheckId(name, 'packages:database')];
  return [
    configSet({
      node: name,
      name: 'firewall',
      files: tableFiles(input, rules),
      tests: [{ root: FOLDER, command: `nft -c -f ${FIREWALL_FILE}` }],
      // The unit's own start is the first load.
      load: {
        unit: FIREWALL_UNIT,
        command: loadTable(FIREWALL_FILE),
        effect: 'none',
        ifInactive: 'skip',
      },
      consents: input.consents,
      session: input.session,
      explainedBy: causes,
    }),
    nftTable({
      node: name,
      unit: FIREWALL_UNIT,
      file: FIREWALL_FILE,
      mark: rules.mark,
      rules: rules.vrrp ? 4 : 3,
      addresses: input.cluster.nodes.map(({ address }) => address),
      explainedBy: [...causes, appliedCheckId(name, 'config:firewall')],
    }),
  ];
}

function tableFiles(input: StageInput, rules: Rules): readonly DesiredFile[] {
  const { nodes, vrrp, connections } = rules;
  const content = renderFile(input, 'firewall/firewall.nft', { nodes, vrrp, connections });
  const unit = renderFile(input, 'systemd/iam-ha-firewall.service', {
    nft: NFT,
    file: FIREWALL_FILE,
  });
  return [
    { path: FIREWALL_FILE, content, ...PLAIN },
    { path: `/etc/systemd/system/${FIREWALL_UNIT}.service`, content: unit, ...PLAIN },
  ];
}
