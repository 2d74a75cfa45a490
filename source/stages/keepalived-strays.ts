import { createHash } from 'node:crypto';
import { frontendPeersOf, vipAddress } from '../cluster/index.ts';
import { maySendBack, vipPorts } from '../drills/move-vip-table.ts';
import type { Content, Resource } from '../model/index.ts';
import type { DesiredFile } from '../resources/config-set.ts';
import { straysTable } from '../resources/strays-table.ts';
import type { Frontend } from './frontend.ts';
import { renderFile } from './render.ts';
import type { StageInput } from './stage-input.ts';

/** What keepalived's unit loads when it starts. */
export const STRAYS_FILE = '/etc/iam-ha/strays.nft';

/**
 * Whether the holder of the VIP sends packets of connections that it does not know to its peers. Not
 * in a cloud, whose fabric may drop what comes from an address that is not the machine's own.
 */
export function sendsStrays({ cluster }: StageInput, { node }: Frontend): boolean {
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
  const text = JSON.stringify([asset, values]);
  const mark = createHash('sha256').update(text).digest('hex').slice(0, 12);
  return { content: renderFile(input, 'keepalived/strays.nft', { ...values, mark }), mark };
}

/** The file of the table; none where strays are not sent. */
export function straysFiles(input: StageInput, frontend: Frontend): readonly DesiredFile[] {
  if (!sendsStrays(input, frontend)) return [];
  const { content } = rules(input, frontend);
  return [{ path: STRAYS_FILE, content, mode: '0644', owner: 'root:root' }];
}

/** The table itself. */
export function strays(
  input: StageInput,
  frontend: Frontend,
  explainedBy: readonly string[],
): readonly Resource[] {
  if (!sendsStrays(input, frontend)) return [];
  const { content, mark } = rules(input, frontend);
  return [straysTable({ node: frontend.node.name, rules: content, mark, explainedBy })];
}
