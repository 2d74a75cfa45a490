import { type Intent, type UndoOutcome, undo } from '../../engine/undo.ts';
import { type JournalRecord, OperatorError, type Ports } from '../../model/index.ts';

/**
 * Takes back what was changed on the nodes. One that breaks off is told of and left; the others go on
 * from where they were.
 *
 * @throws InterruptedError
 */
export async function undoNodes(
  ports: Ports,
  due: readonly Intent[],
  removePackages: boolean,
): Promise<UndoOutcome> {
  const wanted = new Set(due.map(({ change }) => change));
  const broken = new Set<string>();
  const before = ports.journal.records().length;
  for (;;) {
    const only = ({ change, node }: Intent) => wanted.has(change) && !broken.has(node);
    try {
      const { undone, left, kept } = await undo({ ports, stages: [], removePackages, only });
      const earlier = takenBack(due, ports.journal.records().slice(before));
      return {
        undone: [...new Set([...earlier, ...undone])],
        left: [...left, ...[...broken].map((node) => `${node}:*`)],
        kept: [...new Set(kept)],
      };
    } catch (error) {
      const node = error instanceof OperatorError ? error.problems[0].node : undefined;
      if (!(error instanceof OperatorError) || node === undefined || broken.has(node)) throw error;
      for (const one of error.problems) ports.emit({ type: 'problem', problem: one });
      broken.add(node);
    }
  }
}

/** What an attempt that broke off had taken back by then. */
function takenBack(due: readonly Intent[], records: readonly JournalRecord[]): readonly string[] {
  const whole = new Set(
    records.flatMap((one) =>
      one.type === 'undone' && one.left.length === 0 && one.kept.length === 0 ? [one.change] : [],
    ),
  );
  return due
    .filter(({ change }) => whole.has(change))
    .flatMap(({ node, parts }) => parts.map(({ resource }) => `${node}:${resource}`));
}
