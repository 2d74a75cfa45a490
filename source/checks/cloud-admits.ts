import {
  type Check,
  type CloudFacts,
  failed,
  type Message,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import { notAsked } from './cloud-account.ts';
import { factCheck } from './preflight-host.ts';

/** Something that a node needs, and that its security group keeps out or in. */
export interface Closed {
  readonly node: NodeName;
  /** The group in which a rule would be made. */
  readonly group: string;
  readonly direction: 'in' | 'out';
  /** "ALL", "TCP 80": as the console writes it. */
  readonly what: string;
  /** The other node's address; null: everybody's. */
  readonly peer: string | null;
}

export interface CloudAdmits {
  readonly facts: CloudFacts;
  readonly closed: readonly Closed[];
  /** The cluster file says that the rules are added. */
  readonly opens: boolean;
}

/** VRRP, services and databases get from node to node. */
export function cloudPeersCheck(options: CloudAdmits): Check {
  return admits('cloud-peers', options, {
    title: message('check-cloud-peers'),
    code: ({ direction }) => (direction === 'in' ? 'cloud-peers-closed' : 'cloud-peers-shut-in'),
    passed: 'cloud-peers-admitted',
  });
}

/** Clients get to the public address. */
export function cloudClientsCheck(options: CloudAdmits): Check {
  return admits('cloud-clients', options, {
    title: message('check-cloud-clients'),
    code: () => 'cloud-clients-closed',
    passed: 'cloud-clients-admitted',
    // Once the VIP is up they say it of the cloud as it is now.
    explainedBy: ['witnesses'],
  });
}

interface Words {
  readonly title: Message;
  code(closed: Closed): string;
  readonly passed: string;
  readonly explainedBy?: readonly string[];
}

function admits(id: string, { facts, closed, opens }: CloudAdmits, words: Words): Check {
  const found = notAsked(facts, 'security-groups') ?? verdict();
  const check = factCheck(id, null, words.title, found);
  return words.explainedBy ? { ...check, explainedBy: words.explainedBy } : check;

  function verdict(): Verdict {
    const [first] = closed;
    if (!first) return passed(message(words.passed));
    if (opens) return passed(message('cloud-rules-to-come', { count: closed.length }));
    return failed(closedProblem(words.code(first), first, closed.length - 1));
  }
}

/** What is closed, with the group and the rule that would open it. */
export function closedProblem(code: string, closed: Closed, more = 0) {
  const { node, group, what, peer } = closed;
  const params = { group, what, peer: peer ?? '0.0.0.0/0', more };
  return problem(code, params, { node });
}
