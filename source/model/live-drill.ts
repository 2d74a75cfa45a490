import type { OutageBand, Phases } from './drill.ts';
import type { DrillLive, DrillStepName, LiveSample, LiveTarget, VrrpState } from './drill-live.ts';
import type { Message } from './message.ts';

/** A node as it was followed, in the order in which it spoke. */
export interface LiveNode {
  readonly name: string;
  readonly addresses: readonly { readonly atMs: number; readonly held: boolean }[];
  readonly states: readonly { readonly atMs: number; readonly state: VrrpState }[];
  /** New lines of its notify log, as they stand there. */
  readonly lines: readonly string[];
}

/** A drill in hand, or the last one: what its picture is drawn from. Times as in `DrillLive`. */
export interface LiveDrill {
  readonly id: string;
  readonly run: number;
  readonly victim: string;
  readonly holder: string | null;
  readonly texts: readonly Message[];
  readonly predictedMs: OutageBand;
  readonly rate: number;
  readonly observeMs: number;
  readonly nodes: readonly LiveNode[];
  readonly targets: readonly LiveTarget[];
  readonly samples: readonly LiveSample[];
  readonly phases: Phases;
  readonly armed?: { readonly node: string; readonly untilMs: number };
  /** When each step began. */
  readonly steps: Readonly<Partial<Record<DrillStepName, number>>>;
  readonly faultMs?: number;
  readonly injected?: boolean;
  readonly restored?: boolean;
}

type Planned = Extract<DrillLive, { kind: 'planned' }>;

function begin(id: string, run: number, { kind: _, nodes, ...planned }: Planned): LiveDrill {
  return {
    id,
    run,
    ...planned,
    nodes: nodes.map((name) => ({ name, addresses: [], states: [], lines: [] })),
    targets: [],
    samples: [],
    phases: {},
    steps: {},
  };
}

function onNode(
  drill: LiveDrill,
  name: string,
  change: (node: LiveNode) => Partial<LiveNode>,
): LiveDrill {
  const nodes = drill.nodes.map((node) =>
    node.name === name ? { ...node, ...change(node) } : node,
  );
  return { ...drill, nodes };
}

function byTime<Item extends { readonly atMs: number }>(
  items: readonly Item[],
  item: Item,
): readonly Item[] {
  // a journal is read later than the kernel: what it tells may have been before
  return [...items, item].sort((a, b) => a.atMs - b.atMs);
}

/** The drill as it was and what is told of it -> the drill. The same words give the same drill. */
export function reduceLive(
  before: LiveDrill | undefined,
  id: string,
  run: number,
  live: DrillLive,
): LiveDrill | undefined {
  if (live.kind === 'planned') return begin(id, run, live);
  if (!before) return undefined;
  switch (live.kind) {
    case 'armed':
      return { ...before, armed: { node: live.node, untilMs: live.untilMs } };
    case 'step':
      return { ...before, steps: { ...before.steps, [live.step]: live.atMs } };
    case 'targets':
      return { ...before, targets: live.targets };
    case 'holder':
      return { ...before, holder: live.holder };
    case 'fault':
      return { ...before, faultMs: live.atMs };
    case 'witnessed':
      return { ...before, injected: live.injected };
    case 'address':
      return onNode(before, live.node, (node) => ({
        addresses: byTime(node.addresses, { atMs: live.atMs, held: live.held }),
      }));
    case 'state':
      return onNode(before, live.node, (node) => ({
        states: byTime(node.states, { atMs: live.atMs, state: live.state }),
      }));
    case 'log':
      return onNode(before, live.node, (node) => ({ lines: [...node.lines, live.line] }));
    case 'samples':
      return { ...before, samples: before.samples.concat(live.samples) };
    case 'phases':
      return { ...before, phases: live.phases };
    case 'restored':
      return { ...before, restored: live.restored };
  }
}
