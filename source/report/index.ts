import type { Language } from '../text/index.ts';
import { documentOf } from './document-of.ts';
import type { ReportFormat } from './formats.ts';
import { toHtml } from './html/page.ts';
import { toJson } from './json.ts';
import { toMarkdown } from './markdown.ts';
import type { ReportData } from './report-data.ts';

export * from './formats.ts';
export { reportFromJournal } from './from-journal.ts';
export { drillPicture } from './pictures/drill-picture.ts';
export type * from './report-data.ts';
export { withoutSecrets } from './without-secrets.ts';

/** A report in `language`. Pure: the same data gives the same bytes. */
export function renderReport(data: ReportData, language: Language, format: ReportFormat): string {
  if (format === 'json') return toJson(data, language);
  const document = documentOf(data, language);
  return format === 'html' ? toHtml(document) : toMarkdown(document);
}
