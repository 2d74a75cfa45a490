import { maskText, type Secret } from '../model/index.ts';
import type { ReportData } from './report-data.ts';

/**
 * The data with every secret of the session masked, wherever it should turn up. None should: a journal
 * holds no secrets. But a report is handed around, so what a server once said back is looked for, too.
 */
export function withoutSecrets(data: ReportData, secrets: readonly Secret[]): ReportData {
  return masked(data, secrets) as ReportData;
}

function masked(value: unknown, secrets: readonly Secret[]): unknown {
  if (typeof value === 'string') return maskText(value, secrets);
  if (Array.isArray(value)) return value.map((one) => masked(one, secrets));
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, masked(one, secrets)]));
}
