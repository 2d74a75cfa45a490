import {
  appliedCheckId,
  type Check,
  type ConnectAction,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import { reached } from './mongo-talk.ts';
import { notMeasured } from './on-node.ts';

export interface MongoServer {
  readonly host: string;
  readonly port: number;
  /** The node that has it; absent where it is no node's of ours. */
  readonly dataNode?: NodeName;
  readonly nodes: readonly NodeName[];
}

/** Through a node that is busy it takes seconds; a firewall's silence never ends. */
const PATIENCE_MS = 8000;

/**
 * Every node can reach MongoDB: one claim about the server, however many nodes miss it, so that its
 * being away is one failed check.
 */
export function mongoServerCheck(options: MongoServer): Check {
  const { host, port, dataNode, nodes } = options;
  const causes = ['packages:database', 'unit:mongodb', 'config:mongodb'];
  return {
    id: 'mongodb-server',
    node: null,
    title: message('check-mongodb-server', { address: `${host}:${port}` }),
    measurements: nodes.map((node): ConnectAction => {
      const vantage = { kind: 'via', node } as const;
      return { kind: 'connect', vantage, address: host, port, timeoutMs: PATIENCE_MS };
    }),
    judge: (measured) => judge(options, measured),
    explainedBy: dataNode ? causes.map((id) => appliedCheckId(dataNode, id)) : [],
    deadlineMs: 10_000,
    seeForYourself: `timeout 3 bash -c '</dev/tcp/${host}/${port}'; echo $?`,
  };
}

function judge(options: MongoServer, measured: readonly Measured[]): Verdict {
  const { host, port, nodes } = options;
  const address = `${host}:${port}`;
  const said = measured.map((one) => (one.kind === 'connect' ? reached(one) : 'unmeasured'));
  const find = (outcome: string) => said.indexOf(outcome as (typeof said)[number]);
  for (const outcome of ['refused', 'silent'] as const) {
    const node = nodes[find(outcome)];
    const code = outcome === 'refused' ? 'mongodb-not-listening' : 'mongodb-blocked';
    if (node) return failed(problem(code, { address, port, from: node }, { node }));
  }
  const first = measured[find('unmeasured')];
  if (first) return first.kind === 'connect' ? notAsked(first.reason) : notMeasured(first);
  return passed(message('mongodb-reached', { address, count: nodes.length }));
}

/** The vantage itself could not ask. */
export function notAsked(why: string): Verdict {
  return { state: 'unknown', reason: { code: 'not-measured', params: { why } } };
}
