import { type ClusterNode, dataNode } from '../cluster/index.ts';
import type { NodeFacts } from '../model/index.ts';
import { type Platform, platformOf } from '../platforms/index.ts';
import type { StageInput } from './stage-input.ts';

/** A node with what its facts say. */
export interface KnownNode {
  readonly node: ClusterNode;
  readonly facts: NodeFacts;
  readonly platform: Platform;
}

/**
 * Every node that a stage can plan for. One without facts or of an unknown distribution is left
 * out: preflight has a problem for it, and then nothing of the run is changed.
 */
export function knownNodes(input: Pick<StageInput, 'cluster' | 'facts'>): readonly KnownNode[] {
  return input.cluster.nodes.flatMap((node) => {
    const facts = input.facts.get(node.name);
    const platform = facts && platformOf(facts);
    return platform ? [{ node, facts, platform }] : [];
  });
}

/** The node that has the databases, if a stage can plan for it. */
export function knownDataNode(input: Pick<StageInput, 'cluster' | 'facts'>): KnownNode | undefined {
  const data = dataNode(input.cluster);
  return knownNodes(input).find(({ node }) => node.name === data?.name);
}

/** A unit's name as people say it and ids have it: "mariadb". */
export function shortUnit(name: string): string {
  return name.replace(/\.service$/, '');
}

/** Whether a unit ran when the facts were gathered. */
export function wasActive(facts: NodeFacts, unit: string): boolean {
  return facts.units.some((one) => shortUnit(one.name) === unit && one.active === 'active');
}

/** Where the audit records are in a MongoDB of ours, and the pump's account there. */
export const auditDatabase = { database: 'iam_audit', user: 'iam' } as const;

/** The collection of the audit records, as in IAM's own template of the pump's configuration. */
export const AUDIT_COLLECTION = 'iam_analytics';

/** IAM's database, the account of its services, and its tables. */
export const iamDatabase = {
  database: 'iam',
  user: 'iam',
  tables: ['policy', 'policy_audit', 'secret', 'user'],
} as const;
