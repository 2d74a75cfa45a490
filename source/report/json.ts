import type { Message, Problem } from '../model/index.ts';
import { type Language, renderMessage, renderProblem } from '../text/index.ts';
import { figuresOf, type ReportData } from './report-data.ts';

/**
 * Of the report's fields. Consumers ignore what they do not know: a field that is added leaves it
 * alone, one that goes or changes its meaning raises it.
 */
export const REPORT_VERSION = 1;

/** Codes are stable; the prose beside them is in the operator's language. */
function said(message: Message, language: Language) {
  return { ...message, text: renderMessage(message, language) };
}

function saidProblem(problem: Problem, language: Language) {
  return { ...problem, ...renderProblem(problem, language) };
}

function stages({ stages: all }: ReportData, language: Language) {
  return all.map(({ changes, ...stage }) => ({
    ...stage,
    changes: changes.map(({ summary, ...change }) => ({
      ...change,
      node: change.node === '' ? null : change.node,
      summary: said(summary, language),
    })),
  }));
}

function checks({ checks: all }: ReportData, language: Language) {
  return all.map(({ reason, problem, ...check }) => ({
    ...check,
    reason: said(reason, language),
    ...(problem && { problem: saidProblem(problem, language) }),
  }));
}

function drills({ drills: all }: ReportData, language: Language) {
  return all.map(({ problems, notMeasured, ...drill }) => ({
    ...drill,
    title: renderMessage({ code: `drill-${drill.id}` }, language),
    outageMs: figuresOf(drill).outageMs,
    ...(notMeasured && {
      notMeasured: notMeasured.map(({ problem, ...view }) => ({
        ...view,
        problem: saidProblem(problem, language),
      })),
    }),
    problems: problems.map((problem) => saidProblem(problem, language)),
  }));
}

/** The report as JSON: the same values, each message with its words beside its code. */
export function toJson(data: ReportData, language: Language): string {
  const value = {
    format: 'iam-ha-wizard-report',
    version: REPORT_VERSION,
    language,
    ...data,
    stages: stages(data, language),
    checks: checks(data, language),
    drills: drills(data, language),
  };
  return `${JSON.stringify(value, null, 2)}\n`;
}
