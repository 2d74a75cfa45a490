import type { ByHand } from './by-hand.ts';
import type { Check } from './check.ts';
import type { CloudResource } from './cloud.ts';
import type { Drill } from './drill.ts';
import type { Problem } from './message.ts';
import type { Resource } from './resource.ts';

/** What a stage makes of a cluster and its facts: pure values that the engine carries out. */
export interface StagePlan {
  readonly id: string;
  /** In the order in which they are applied on each node. */
  readonly resources: readonly Resource[];
  readonly checks: readonly Check[];
  readonly drills: readonly Drill[];
  /**
   * Nodes side by side, or each node's changes after the previous node's (keepalived; a restart of
   * services that are in use). The order of nodes is the order in which `resources` name them first;
   * a change's `turn` goes before it.
   */
  readonly order: 'side-by-side' | 'one-by-one';
  /** What forbids this stage, found from facts alone: nothing of the run is changed. */
  readonly problems: readonly Problem[];
  /** Its checks are measured in its place when the stages before it changed something: what fails stops the run there. */
  readonly gate?: true;
  /** What is made in the cloud, in this order, after the nodes' own changes. */
  readonly cloud?: readonly CloudResource[];
  /** A step that a person does; such a stage has no resources. */
  readonly byHand?: ByHand;
}
