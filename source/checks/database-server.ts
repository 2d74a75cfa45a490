import {
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  quote,
  type Verdict,
} from '../model/index.ts';
import { exited, notMeasured, onNode } from './on-node.ts';

/** A database's server that is no node's of ours. */
export interface DatabaseServer {
  readonly name: 'mariadb' | 'redis';
  readonly host: string;
  readonly port: number;
  readonly nodes: readonly NodeName[];
}

const SECONDS = 3;

/**
 * Every node can reach a database's server: one claim about the server, however many nodes miss it,
 * so that its being away is one failed check.
 */
export function databaseServerCheck(options: DatabaseServer): Check {
  const { name, host, port, nodes } = options;
  const open = `timeout -k 1 ${SECONDS} bash -c 'exec 3<>"/dev/tcp/$1/$2"' open ${quote(host)} ${port}`;
  const script = `if ${open} 2>/dev/null; then echo open; else echo closed; fi\n`;
  return {
    id: `database-server/${name}`,
    node: null,
    title: message('check-database-server', { address: `${host}:${port}` }),
    measurements: nodes.map((node) => onNode(node, script)),
    judge: (measured) => judge(options, measured),
    deadlineMs: 10_000,
    seeForYourself: open,
  };
}

function judge({ host, port, nodes }: DatabaseServer, measured: readonly Measured[]): Verdict {
  const address = `${host}:${port}`;
  const said = measured.map((one) => exited(one)?.stdout.trim());
  const away = said.indexOf('closed');
  const node = nodes[away];
  if (node) return failed(problem('database-server-away', { address }, { node }));
  const silent = said.findIndex((one) => one !== 'open');
  if (silent >= 0) return notMeasured(measured[silent]);
  return passed(message('database-server-open', { address, count: nodes.length }));
}
