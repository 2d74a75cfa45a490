import { type Cluster, frontends } from '../../cluster/index.ts';
import { announceUndo, type Intent, undo } from '../../engine/undo.ts';
import { message, type NodeName, OperatorError, type Ports, problem } from '../../model/index.ts';
import type { Counted } from '../faces/plan-digest.ts';
import type { Leaving } from './company.ts';

/** What the commands have of a run. */
interface LeavingRun {
  readonly cluster: Cluster;
  readonly ports: Ports;
  readonly leaving: Leaving;
}

export function anyLeaves({ first, last, gone }: Leaving): boolean {
  return first.length + last.length + gone.length > 0;
}

/** The parts of it, for a plan's digest and its count. Where the VIP is it moves. */
export function leavingParts({ first, last, holder }: Leaving): readonly Counted[] {
  return [...first, ...last].flatMap(({ stage, node, parts }) =>
    parts.map(({ resource }) => {
      const moves = node === holder && resource === 'unit:keepalived';
      return { stage, node, effect: moves ? ('outage' as const) : ('none' as const) };
    }),
  );
}

/** Shown with the plan: what is put back where, and who is given up. */
export function sayLeaving({ cluster, ports, leaving }: LeavingRun): void {
  const say = (node: string, code: string, params = {}) =>
    ports.emit({
      type: 'progress',
      stage: '',
      node: node as NodeName,
      text: message(code, { node, ...params }),
      keep: true,
    });
  const { first, last, holder, gone } = leaving;
  announceUndo([...first, ...last], ports, holder);
  for (const node of nodesOf([...first, ...last])) {
    const place = cluster.nodes.find((one) => one.name === node);
    if (!place) say(node, 'leaves-cluster');
    else if (!place.roles.includes('frontend')) say(node, 'leaves-front');
  }
  if (holder) say(holder, 'leaves-with-vip', { others: othersOf(cluster, holder) });
  for (const { name, address } of gone) say(name, 'left-is-silent', { address });
}

function nodesOf(intents: readonly Intent[]): readonly string[] {
  return [...new Set(intents.map(({ node }) => node))];
}

function othersOf(cluster: Cluster, node: string): string {
  const names = frontends(cluster).map(({ name }) => name as string);
  return names.filter((name) => name !== node).join(', ');
}

/**
 * Before anything else is changed: keepalived of those that leave stops, while the others still
 * answer it. If the VIP is there it moves now, and nginx of its next holder is drained like all.
 */
export async function leaveVrrp(run: LeavingRun): Promise<number> {
  return (await takeBack(run, run.leaving.first)).changed;
}

/** nginx's workers from before the last reload may still ask the one that leaves. */
const OLD_WORKERS_ENDED = `for try in {1..150}; do
  grep -qsaF 'nginx: worker process is shutting down' /proc/[0-9]*/cmdline || exit 0
  sleep 0.1
done
exit 0
`;

/** When the others are as they should be without it: everything of ours goes. */
export async function leaveRest(run: LeavingRun): Promise<number> {
  const { cluster, ports, leaving } = run;
  if (leaving.last.length > 0) {
    const wait = ({ name }: { readonly name: NodeName }) =>
      ports.nodes.run(name, [OLD_WORKERS_ENDED], { timeoutMs: 30_000 });
    await Promise.all(frontends(cluster).map(wait));
  }
  const { changed, left } = await takeBack(run, leaving.last);
  const gone = nodesOf([...leaving.first, ...leaving.last]).filter(
    (node) => !cluster.nodes.some(({ name }) => name === node),
  );
  for (const node of gone) await sayGoodbye(ports, node, left);
  return changed;
}

/** Nobody answers there: what was changed there is done with. */
export async function giveUp(ports: Ports, { gone }: Leaving): Promise<void> {
  const records = gone.map(
    ({ name }) => ({ type: 'node-given-up', node: name, left: [] }) as const,
  );
  await ports.journal.append(records);
}

/** What somebody has edited stays there: it is named once, and then the node is no more of ours. */
async function sayGoodbye(ports: Ports, node: string, all: readonly string[]): Promise<void> {
  const left = all
    .filter((one) => one.startsWith(`${node}:`))
    .map((one) => one.slice(node.length + 1));
  await ports.journal.append([{ type: 'node-given-up', node, left }]);
  const text =
    left.length > 0
      ? message('has-left-with', { node, left: left.join(', ') })
      : message('has-left', { node });
  ports.emit({ type: 'progress', stage: '', node: node as NodeName, text, keep: true });
}

async function takeBack({ ports }: LeavingRun, intents: readonly Intent[]) {
  const wanted = new Set(intents.map(({ change }) => change));
  const { left } = await undo({
    ports,
    stages: [],
    removePackages: false,
    only: ({ change }) => wanted.has(change),
  });
  return { left, changed: intents.reduce((sum, { parts }) => sum + parts.length, 0) };
}

/** @throws OperatorError: a run of some stages only leaves what goes with a node */
export function verifyWholeRun(leaving: Leaving, stages: readonly string[]): void {
  if (stages.length === 0 || !anyLeaves(leaving)) return;
  const nodes = nodesOf([...leaving.first, ...leaving.last]);
  const left = [...nodes, ...leaving.gone.map(({ name }) => name)].join(', ');
  throw new OperatorError(problem('leaving-needs-all-stages', { left }));
}
