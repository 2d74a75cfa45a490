export { reportFromJournal } from './from-journal.ts';
export { renderReport } from './render-report.ts';
export type * from './report-data.ts';
