import type { CloudChange, JournalBody, Ports } from '../../model/index.ts';
import type { PlannedCloud } from './plan.ts';
import { cloudChangesToUndo, isOpen } from './records.ts';

/**
 * Writes down what is there: a change whose end was never learnt has been done after all, and what is
 * somebody else's is taken as it is, and stays at a destroy. Changes nothing in the cloud.
 */
export async function noteFound(plan: readonly PlannedCloud[], ports: Ports): Promise<void> {
  const pending = cloudChangesToUndo(ports.journal.records());
  const found = plan.flatMap((one) => foundRecords(one, pending, ports));
  if (found.length > 0) await ports.journal.append(found);
}

function foundRecords(
  { stage, cloud, planned }: PlannedCloud,
  pending: readonly CloudChange[],
  ports: Ports,
): readonly JournalBody[] {
  if (planned.kind !== 'settled') return [];
  const { reason, owned, outputs } = planned;
  const own = pending.filter(({ intent }) => intent.resource === cloud.id);
  const done = (change: string): JournalBody => {
    const ids = { requestId: '', traceId: '' };
    return { type: 'cloud-outcome', change, state: 'done', outputs, ...ids };
  };
  const closed = own.filter(isOpen).map(({ intent }) => done(intent.change));
  // what has no id of its own (a rule that somebody has) is not taken, only seen
  if (owned || outputs.id === undefined || own.some(({ intent }) => !intent.owned)) return closed;
  const change = `${stage}/cloud/${cloud.id}#${ports.nonce()}`;
  const adopted: JournalBody = {
    ...{ type: 'cloud-intent', change, stage, resource: cloud.id, summary: reason, owned },
    actions: [],
    undo: [{ kind: 'keep', what: cloud.id }],
  };
  return [...closed, adopted, done(change)];
}
