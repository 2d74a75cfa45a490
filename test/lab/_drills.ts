import { readdirSync, readFileSync } from 'node:fs';
import type { ExecutionContext } from 'ava';
import { type Line, onNode, startWizard, until, wizard } from './_lab.ts';

/** What the tests of drills on a pair share. */
export const NODES = ['iam-1', 'iam-2'] as const;
export type Node = (typeof NODES)[number];

export interface DrillLine extends Line {
  readonly id: string;
  readonly run: number;
  readonly outcome: string;
  readonly rate: number;
  readonly predictedMs: readonly [number, number];
  readonly outageMs: number;
  readonly holderBefore: Node;
  readonly holderAfter: Node;
  readonly restored: boolean;
  readonly notifyLines: Readonly<Record<string, readonly string[]>>;
  readonly problems: readonly { readonly code: string }[];
  readonly views: readonly (Readonly<Record<string, unknown>> & {
    readonly sent: number;
    readonly late: number;
    readonly failed: number;
  })[];
}

export function holders(lab: string): readonly Node[] {
  return NODES.filter((node) =>
    onNode(lab, node, 'ip -4 -o addr show dev eth0').includes(' 10.0.4.99/'),
  );
}

/** @throws Error when not exactly one node has the VIP */
export function holderOf(lab: string): Node {
  const [first, ...rest] = holders(lab);
  if (!first || rest.length > 0) throw new Error('not exactly one node has the VIP');
  return first;
}

export const peer = (node: Node): Node => (node === 'iam-1' ? 'iam-2' : 'iam-1');

/** Every process below `pid`. */
function descendants(pid: number): readonly number[] {
  const parents = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => [Number(name), parentOf(name)] as const);
  const below = (one: number): readonly number[] =>
    parents.filter(([, parent]) => parent === one).flatMap(([child]) => [child, ...below(child)]);
  return below(pid);
}

function statOf(pid: number | string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return '';
  }
}

function parentOf(pid: string): number {
  return Number(statOf(pid).split(') ')[1]?.split(' ')[1] ?? 0);
}

/** A zombie is not a process any more. */
const isAlive = (pid: number) => !/^(|.*\) Z .*)$/s.test(statOf(pid));

/** What the lecture's drills break; in their middle it does not run. */
const BROKEN: Readonly<Record<string, string>> = {
  'keepalived-stopped': 'keepalived',
  'nginx-stopped': 'nginx',
  'nginx-recovers': 'nginx',
};

export function isBroken(lab: string, victim: Node, id: string): boolean {
  return !/^active/.test(onNode(lab, victim, `systemctl is-active ${BROKEN[id]} || true`));
}

/** How a test knows that a drill is in its middle, and what is to come of it. */
export interface Middle {
  readonly id: string;
  /** Something is broken. */
  isBroken(victim: Node): boolean;
  /** It is so for a few seconds only, whatever becomes of the wizard. */
  readonly isBrief?: boolean;
  /** Who has the VIP in the end. */
  holder(victim: Node): Node;
}

/** Kills the wizard with -9 in the middle of a drill: 120 s later at most the pair is whole again, by itself. */
export async function killInMiddle(
  t: ExecutionContext,
  lab: string,
  { id, isBroken, isBrief, holder }: Middle,
): Promise<void> {
  const victim = holderOf(lab);
  const running = startWizard(lab, ['drill', id, '--yes', '--json']);
  await until('something is broken', () => isBroken(victim), 90);
  const processes = [running.child.pid ?? 0, ...descendants(running.child.pid ?? 0)];
  running.kill('SIGKILL');
  const killedAt = Date.now();
  await running.ended;
  t.deepEqual(processes.filter(isAlive), [], 'nothing of it lives on');
  if (!isBrief) t.true(isBroken(victim), 'the wizard has not put it back');
  await until('the host has put it back', () => !isBroken(victim), 110);
  const isWhole = () => holders(lab).join() === holder(victim);
  await until('the VIP has one holder', isWhole, 30);
  const { code, result, stdout } = await wizard(lab, ['check', '--json']);
  t.is(code, 0, stdout);
  t.is(result.ok, true);
  const seconds = Math.round((Date.now() - killedAt) / 1000);
  t.true(seconds <= 120, `whole after ${seconds} s`);
  t.log(`whole after ${seconds} s`);
}
