import {
  type Change,
  keptDiff,
  type Message,
  type Ports,
  type Problem,
  type Resource,
  unsaid,
} from '../model/index.ts';
import { type Performed, perform } from './perform.ts';

/** Says where each part of a change stands. */
export function emitParts(
  ports: Ports,
  stage: string,
  resource: Resource,
  change: Change,
  state: 'planned' | 'started' | 'done' | 'failed',
): void {
  for (const part of change.parts) {
    ports.emit({
      type: 'change',
      stage,
      node: resource.node,
      resource: part.resource,
      code: part.summary.code,
      summary: part.summary,
      ...(part.diff && state === 'planned' ? { diff: part.diff } : {}),
      effect: part.effect,
      state,
    });
  }
}

/**
 * Makes one change: the originals are kept and the intent is on the disk before anything happens,
 * the outcome after. A change whose outcome we could not learn is journalled as unknown: the next
 * run looks what is true.
 */
export async function makeChange(
  stage: string,
  resource: Resource,
  change: Change,
  ports: Ports,
): Promise<Problem | undefined> {
  const id = `${stage}/${resource.node}/${resource.id}#${ports.nonce()}`;
  for (const original of change.originals ?? []) {
    await ports.backups.put(Buffer.from(original.content, 'base64'));
  }
  await ports.journal.append([
    {
      type: 'intent',
      change: id,
      stage,
      node: resource.node,
      resource: resource.id,
      parts: change.parts.map(({ resource: name, summary, effect, diff }) => ({
        resource: name,
        summary,
        effect,
        ...(diff && { diff: keptDiff(diff) }),
      })),
      undo: change.undo,
    },
  ]);
  emitParts(ports, stage, resource, change, 'started');
  const outcome = await performAll(stage, resource, change, ports);
  await ports.journal.append([
    outcome.state === 'done'
      ? { type: 'outcome', change: id, state: 'done' }
      : { type: 'outcome', change: id, state: outcome.state, problem: unsaid(outcome.problem) },
  ]);
  emitParts(ports, stage, resource, change, outcome.state === 'done' ? 'done' : 'failed');
  return outcome.state === 'done' ? undefined : outcome.problem;
}

async function performAll(
  stage: string,
  resource: Resource,
  change: Change,
  ports: Ports,
): Promise<Performed> {
  const onOutput = (text: string) =>
    ports.emit({ type: 'progress', stage, node: resource.node, text });
  const onProgress = (text: Message, done?: number, total?: number) => {
    const isCounted = done !== undefined && total !== undefined;
    const how = isCounted ? { done, total } : { keep: true as const };
    ports.emit({ type: 'progress', stage, node: resource.node, text, ...how });
  };
  for (const action of change.actions) {
    const outcome = await perform(action, ports, onOutput, onProgress);
    if (outcome.state !== 'done') return outcome;
  }
  return { state: 'done' };
}
