import { frontendPeersOf, vipAddress } from '../cluster/index.ts';
import { maySendBack, vipPorts } from '../drills/move-vip-table.ts';
import { appliedCheckId, type Content, type Resource } from '../model/index.ts';
import type { DesiredFile } from '../resources/config-set.ts';
import { contentMark, NFT } from '../resources/nft-unit.ts';
import { straysTable } from '../resources/strays-table.ts';
import { FIREWALL_UNIT } from './firewall/table.ts';
import type { Frontend } from './frontend.ts';
import { renderFile } from './render.ts';
import type { StageInput } from './stage-input.ts';

const PLAIN = { mode: '0644', owner: 'root:root' } as const;
export const STRAYS_FILE = '/etc/iam-ha/strays.nft';
const UNIT = 'iam-ha-strays';

/**
 * Whether the holder of the VIP sends packets of connections that it does not know to its peers. Not
 * in a cloud, whose fabric may drop what comes from an address that is not the machine's own.
 */
function sendsStrays({ cluster }: StageInput, { node }: Frontend): boolean {
  return maySendBack(cluster) && frontendPeersOf(cluster, node).length > 0;
}

/** Needed for {@link strays}. */
export function straysPackages(input: StageInput, frontend: Frontend): readonly string[] {
  return sendsStrays(input, frontend) ? ['nftables'] : [];
}

interface Rules {
  readonly content: Content;
  readonly mark: string;
}

function rules(input: StageInput, { node, nic }: Frontend): Rules {
  const { cluster } = input;
  const vip = vipAddress(cluster);
  const ports = vipPorts(cluster).join(', ');
  const send = frontendPeersOf(cluster, node)
    .map(({ address }) => `dup to ${address} device "${nic}"`)
    .join(' ');
  const values = { vip, ports, send };
  const asset = input.asset('keepalived/strays.nft');
  const mark = contentMark([asset, values]);
  return { content: renderFile(input, 'keepalived/strays.nft', { ...values, mark }), mark };
}

/** The table's file and the unit that loads it at boot; none where strays are not sent. */
export function straysFiles(input: StageInput, frontend: Frontend): readonly DesiredFile[] {
  if (!sendsStrays(input, frontend)) return [];
  const { content } = rules(input, frontend);
  const values = { nft: NFT, file: STRAYS_FILE };
  return [
    { path: STRAYS_FILE, content, ...PLAIN },
    {
      path: `/etc/systemd/system/${UNIT}.service`,
      content: renderFile(input, `systemd/${UNIT}.service`, values),
      ...PLAIN,
    },
  ];
}

/** The unit, and the table itself. Whoever flushes everything takes the firewall's table first. */
export function strays(
  input: StageInput,
  frontend: Frontend,
  explainedBy: readonly string[],
): readonly Resource[] {
  if (!sendsStrays(input, frontend)) return [];
  const node = frontend.node.name;
  const { content, mark } = rules(input, frontend);
  const causes = [...explainedBy, appliedCheckId(node, `unit:${FIREWALL_UNIT}`)];
  return [straysTable({ node, unit: UNIT, rules: content, mark, explainedBy: causes })];
}
