import {
  InterruptedError,
  type JournalBody,
  type JournalRecord,
  type NodeName,
  OperatorError,
  type Ports,
  problem,
} from '../model/index.ts';
import { markedAtWork } from './facts/at-work.ts';
import { undoScript } from './undo-script.ts';

export type Intent = Extract<JournalRecord, { type: 'intent' }>;
type Undone = Extract<JournalBody, { type: 'undone' }>;

export interface UndoOptions {
  readonly ports: Ports;
  /** Only these stages; all if empty. */
  readonly stages: readonly string[];
  readonly removePackages: boolean;
  /** Only such changes; all if absent. */
  readonly only?: (intent: Intent) => boolean;
}

export interface UndoOutcome {
  readonly undone: readonly string[];
  /** Edited since by somebody else, or would not go: `node:resource`. */
  readonly left: readonly string[];
  /** Stays by design. */
  readonly kept: readonly string[];
}

/** The changes of the session that have not been taken back, the newest first. */
export function changesToUndo(
  records: readonly JournalRecord[],
  stages: readonly string[],
): readonly Intent[] {
  const gone = new Set(
    records.flatMap((record) =>
      record.type === 'undone' && record.left.length === 0 ? [record.change] : [],
    ),
  );
  const givenUp = new Map(
    records.flatMap((record) =>
      record.type === 'node-given-up' ? [[record.node, record.n] as const] : [],
    ),
  );
  return records
    .filter((record): record is Intent => record.type === 'intent' && !gone.has(record.change))
    .filter((intent) => stages.length === 0 || stages.includes(intent.stage))
    .filter(({ node, n }) => n > (givenUp.get(node) ?? 0))
    .reverse();
}

/**
 * Walks the journal backwards and puts back what this session changed. Nodes one after the other,
 * the newest change first, so that a service goes before what it stands on.
 */
export async function undo(options: UndoOptions): Promise<UndoOutcome> {
  const { ports, only = () => true } = options;
  const lists: Record<'undone' | 'left' | 'kept', string[]> = { undone: [], left: [], kept: [] };
  const partly: Undone[] = [];
  for (const intent of changesToUndo(ports.journal.records(), options.stages).filter(only)) {
    if (ports.stop.requested) throw new InterruptedError();
    const record = await undoOne(intent, options);
    for (const what of record.undone) lists.undone.push(what);
    lists.left.push(...record.left);
    lists.kept.push(...record.kept);
    const { left, kept } = record;
    const undone: Undone = { type: 'undone', change: intent.change, left, kept };
    await ports.journal.append([undone]);
    if (left.length > 0) partly.push(undone);
  }
  // a folder that was still full when one change was taken back went with another
  const isLeft = (what: string) => !lists.undone.includes(what);
  const settled = partly.filter(({ left }) => !left.some(isLeft));
  await ports.journal.append(settled.map((record) => ({ ...record, left: [] })));
  return {
    undone: [...new Set(lists.undone)],
    left: [...new Set(lists.left)].filter(isLeft),
    kept: [...new Set(lists.kept)],
  };
}

const UNDO_TIMEOUT_MS = 300_000;

async function undoOne(
  intent: Intent,
  { ports, removePackages }: UndoOptions,
): Promise<UndoOutcome> {
  const node = intent.node as NodeName;
  const readBackup = (sha256: string) => ports.backups.get(sha256);
  const script = await undoScript(intent.undo, readBackup, removePackages);
  announce(intent, ports, 'started');
  const result = await ports.nodes.run(node, markedAtWork(script), {
    timeoutMs: UNDO_TIMEOUT_MS,
    signal: ports.stop.signal,
  });
  if (result.kind === 'disconnected') throw new OperatorError(result.problem);
  if (result.kind === 'timed-out') {
    throw new OperatorError(
      problem('action-timed-out', { seconds: result.afterMs / 1000 }, { node }),
    );
  }
  // it says of every step what became of it, and ends with 0: a script that died said less
  if (result.exitCode !== 0) {
    throw new OperatorError(
      problem('action-failed', { exitCode: result.exitCode }, { node, detail: result.stderr }),
    );
  }
  announce(intent, ports, 'done');
  return readUndo(result.stdout, intent.node);
}

/** The lines that an undo script printed: `undone|left|kept what`. */
export function readUndo(stdout: string, node: string): UndoOutcome {
  const pick = (word: string) =>
    stdout
      .split('\n')
      .filter((line) => line.startsWith(`${word} `))
      .map((line) => `${node}:${line.slice(word.length + 1)}`);
  return { undone: pick('undone'), left: pick('left'), kept: pick('kept') };
}

/**
 * Says what an undo of these changes would do.
 *
 * @param holder the node that has the VIP: it moves when keepalived stops there
 */
export function announceUndo(
  intents: readonly Intent[],
  ports: Ports,
  holder: string | null = null,
): void {
  for (const intent of intents) {
    const parts = intent.parts.map((part) => {
      const moves = intent.node === holder && part.resource === 'unit:keepalived';
      return moves ? { ...part, effect: 'outage' as const } : part;
    });
    announce({ ...intent, parts }, ports, 'planned');
  }
}

function announce(intent: Intent, ports: Ports, state: 'planned' | 'started' | 'done'): void {
  for (const part of intent.parts) {
    ports.emit({
      type: 'change',
      stage: intent.stage,
      node: intent.node,
      resource: part.resource,
      code: 'undo',
      summary: { code: 'undo', params: { resource: part.resource } },
      effect: part.effect,
      state,
    });
  }
}
