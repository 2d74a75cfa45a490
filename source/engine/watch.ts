import type { Content, NodeLook, NodeName, Ports, WatchNews } from '../model/index.ts';

/** A node, how it is looked at, and how its answer is read. */
export interface Watching {
  readonly node: NodeName;
  /** Prints look after look, each ended by a line `end`. */
  readonly script: Content;
  readonly read: (lines: readonly string[]) => NodeLook;
}

/** Longer than a script's looks take on a slow node. */
const LOOKS_MS = 120_000;
const AGAIN_MS = 1000;

/**
 * Looks at the nodes until it is told to stop, side by side: one that is silent holds nobody up.
 * Kept when the last of them has ended; a caller that is in a hurry need not wait.
 */
export async function watchNodes(
  watchings: readonly Watching[],
  { nodes, clock }: Pick<Ports, 'nodes' | 'clock'>,
  signal: AbortSignal,
  tell: (news: WatchNews) => void,
): Promise<void> {
  await Promise.all(
    watchings.map(async ({ node, script, read }) => {
      while (!signal.aborted) {
        const onOutput = looks((lines) =>
          tell({ kind: 'look', node, look: read(lines), atMs: clock.now() }),
        );
        const result = await nodes.run(node, script, { timeoutMs: LOOKS_MS, signal, onOutput });
        if (signal.aborted) return;
        if (result.kind === 'disconnected') tell({ kind: 'silent', node, problem: result.problem });
        if (result.kind !== 'exited') await clock.sleep(AGAIN_MS, signal);
      }
    }),
  );
}

/** Takes text as it comes, and tells the lines of each look when it is whole. */
function looks(tell: (lines: readonly string[]) => void): (text: string) => void {
  let rest = '';
  let lines: string[] = [];
  return (text) => {
    const parts = (rest + text).split('\n');
    rest = parts.pop() ?? '';
    for (const line of parts) {
      if (line !== 'end') lines.push(line);
      else {
        tell(lines);
        lines = [];
      }
    }
  };
}
