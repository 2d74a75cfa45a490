import type { RequestEnd } from './schedule.mjs';

/** What a third machine says; times by its own clock. */
export type FromRemote =
  | { readonly kind: 'wants'; readonly runtime: 'node' | 'python3' }
  | { readonly kind: 'none' }
  | { readonly kind: 'ready'; readonly tls: boolean }
  | { readonly kind: 'clock'; readonly askedMs: number; readonly atMs: number }
  | { readonly kind: 'ends'; readonly ends: readonly RequestEnd[] }
  | { readonly kind: 'stopped' };

/** A line from there; undefined: it is none of ours (a greeting), or not as it should be. */
export function readLine(line: string): FromRemote | undefined {
  try {
    return verified(JSON.parse(line));
  } catch {
    return undefined;
  }
}

function verified(value: unknown): FromRemote | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const { kind, runtime, tls, askedMs, atMs, ends } = value as Record<string, unknown>;
  if (kind === 'none' || kind === 'stopped') return { kind };
  if (kind === 'wants' && (runtime === 'node' || runtime === 'python3')) return { kind, runtime };
  if (kind === 'ready') return { kind, tls: tls !== false };
  if (kind === 'clock' && isTime(askedMs) && isTime(atMs)) return { kind, askedMs, atMs };
  if (kind === 'ends' && Array.isArray(ends)) return { kind, ends: ends.flatMap(readEnd) };
  return undefined;
}

function isTime(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}

/** Longer than any reason or header that names a node. */
const MOST_CHARACTERS = 200;

function word(value: unknown): string | undefined {
  return typeof value === 'string' ? value.slice(0, MOST_CHARACTERS) : undefined;
}

function readEnd(value: unknown): readonly RequestEnd[] {
  if (!Array.isArray(value)) return [];
  const [target, n, sentMs, endedMs, reason, node, backend] = value;
  const isWhole = (one: unknown) => Number.isSafeInteger(one) && (one as number) >= 0;
  if (!isWhole(target) || !isWhole(n) || !isTime(sentMs) || !isTime(endedMs)) return [];
  return [
    [target, n, sentMs, endedMs, word(reason), word(node), word(backend)] as unknown as RequestEnd,
  ];
}
