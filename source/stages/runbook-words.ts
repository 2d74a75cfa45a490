import type { Runbook } from './runbook.ts';

/** What a runbook calls a stage of its own, or has given another name; undefined where it has none. */
export function ownTitle(
  runbook: Runbook | undefined,
  id: string,
  language: 'en' | 'zh',
): string | undefined {
  return runbook?.stages.find((stage) => stage.id === id)?.title[language];
}

/** Whether its end is a VIP that somebody holds. */
export function hasVip(runbook: Runbook | undefined): boolean {
  return runbook?.stages.some(({ id }) => id === 'keepalived') ?? true;
}
