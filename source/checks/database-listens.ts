import {
  type Check,
  failed,
  type Ipv4Address,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import { mariadbCauses, redisCauses } from './database-causes.ts';
import { exited, notMeasured, onNode } from './on-node.ts';

export interface DatabaseListens {
  readonly node: NodeName;
  readonly address: Ipv4Address;
  readonly ports: readonly number[];
}

/** The databases listen on the private address, and on no address that others could reach. */
export function databaseListensCheck(options: DatabaseListens): Check {
  const { node } = options;
  const filter = options.ports.map((port) => `sport = :${port}`).join(' or ');
  return {
    id: `database-listens/${node}`,
    node,
    title: message('check-database-listens', { node }),
    measurements: [onNode(node, `ss -Hltn '( ${filter} )' && echo end\n`)],
    judge: ([measured]) => judge(options, measured),
    explainedBy: [...mariadbCauses(node), ...redisCauses(node)],
    deadlineMs: 10_000,
    seeForYourself: `ss -ltn '( ${filter} )'`,
  };
}

function judge(options: DatabaseListens, measured: Measured | undefined): Verdict {
  const output = exited(measured);
  if (!output || !/^end$/m.test(output.stdout)) return notMeasured(measured);
  const listeners = output.stdout
    .split('\n')
    .map((line) => /^\S+\s+\d+\s+\d+\s+(\S+):(\d+)\s/.exec(line))
    .flatMap((found) => (found ? [{ address: found[1] ?? '', port: Number(found[2]) }] : []));
  const allowed = ['127.0.0.1', '[::1]', options.address];
  const exposed = listeners.find(({ address }) => !allowed.includes(address));
  const where = { node: options.node };
  if (exposed) return failed(problem('database-exposed', { ...exposed }, where));
  const silent = options.ports.find(
    (port) => !listeners.some((one) => one.address === options.address && one.port === port),
  );
  if (silent === undefined)
    return passed(message('database-listens', { address: options.address }));
  const address = `${options.address}:${silent}`;
  return failed(problem('database-not-listening', { address, data: options.node }, where));
}
