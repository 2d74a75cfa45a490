import type { Cluster } from '../../cluster/index.ts';
import { cloudChangesToUndo } from '../../engine/cloud/records.ts';
import {
  type EventBody,
  IDLE_YUAN_PER_HOUR,
  type JournalRecord,
  message,
  yuan,
} from '../../model/index.ts';

/** What a session has in a cloud: an undo of the nodes leaves it. Newest first, each once. */
export function keptInCloud(records: readonly JournalRecord[]): readonly string[] {
  const all = cloudChangesToUndo(records).map(({ intent }) => `cloud:${intent.resource}`);
  return [...new Set(all)];
}

/** That it stays, what that costs, and how it is given back; nothing where there is nothing. */
export function keptInCloudHints(records: readonly JournalRecord[]): readonly EventBody[] {
  const things = keptInCloud(records).map((one) => one.replace('cloud:', ''));
  if (things.length === 0) return [];
  return [hint('cd-undo-keeps', things)];
}

/** The cluster file names no cloud any more, and something is still there. */
export function leftOverHints(
  { cloud }: Cluster,
  records: readonly JournalRecord[],
): readonly EventBody[] {
  const own = cloudChangesToUndo(records).filter(({ intent }) => intent.owned);
  if (cloud.provider === 'tencent' || own.length === 0) return [];
  return [hint('cd-left-over', [...new Set(own.map(({ intent }) => intent.resource))])];
}

function hint(code: string, things: readonly string[]): EventBody {
  const params = { things: things.join(', '), yuan: yuan(IDLE_YUAN_PER_HOUR) };
  return { type: 'progress', stage: '', node: null, text: message(code, params), keep: true };
}
