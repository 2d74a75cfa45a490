import type { Content, NodeName, Ports, RunResult } from '../model/index.ts';
import { batchScript, readBatch } from './batch.ts';

export interface LookOptions {
  readonly frontends: readonly NodeName[];
  /** Exits 0 on the node that has the VIP. */
  readonly holderScript: (node: NodeName) => Content;
  readonly ports: Ports;
}

const LOOK_TIMEOUT_MS = 30_000;

export interface Looked {
  readonly holder: NodeName | null;
  readonly sizes: Readonly<Record<string, number>>;
  readonly lines: Readonly<Record<string, readonly string[]>>;
}

/** Who has the VIP, and what the notify logs have gained since `from` (byte offsets by node). */
export async function look(
  options: LookOptions,
  from: Readonly<Record<string, number>>,
  notifyLog = 'echo 0',
): Promise<Looked> {
  const seen = await Promise.all(
    options.frontends.map(async (node) => {
      const log: Content = [`FROM=${from[node] ?? 'end'}\n${notifyLog}`];
      const script = batchScript([options.holderScript(node), log]);
      const result = await options.ports.nodes.run(node, script, { timeoutMs: LOOK_TIMEOUT_MS });
      return { node, ...readLook(readBatch(result, 2)) };
    }),
  );
  const holders = seen.filter((one) => one.holds).map((one) => one.node);
  return {
    holder: holders.length === 1 ? holders[0]! : null,
    sizes: Object.fromEntries(seen.map((one) => [one.node, one.size])),
    lines: Object.fromEntries(seen.map((one) => [one.node, one.lines])),
  };
}

/** The same of all but one that nobody can reach just now, which has neither the VIP nor a word to say. */
export async function lookWithout(
  away: NodeName | undefined,
  options: LookOptions,
  from: Readonly<Record<string, number>>,
  notifyLog: string,
): Promise<Looked> {
  const there = options.frontends.filter((node) => node !== away);
  const { lines, ...seen } = await look({ ...options, frontends: there }, from, notifyLog);
  const all = options.frontends.map((node) => [node, lines[node] ?? []] as const);
  return { ...seen, lines: Object.fromEntries(all) };
}

/** What the node that was away has written meanwhile; nothing where none was. */
export async function linesOfReturned(
  away: NodeName | undefined,
  options: LookOptions,
  from: Readonly<Record<string, number>>,
  notifyLog: string,
): Promise<Looked['lines']> {
  if (away === undefined) return {};
  return (await look({ ...options, frontends: [away] }, from, notifyLog)).lines;
}

/** The log's script prints the log's size in bytes, then the new lines. */
function readLook(results: readonly RunResult[]) {
  const [holder, log] = results;
  const [size = '0', ...lines] = (log?.stdout ?? '').split('\n');
  return {
    holds: holder?.kind === 'exited' && holder.exitCode === 0,
    size: Number(size),
    lines: lines.filter((line) => line !== ''),
  };
}
