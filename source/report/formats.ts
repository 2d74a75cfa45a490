/** In the order in which they are listed; a file of its own, for the command line knows them before any report. */
export const REPORT_FORMATS = ['markdown', 'html', 'json'] as const;
export type ReportFormat = (typeof REPORT_FORMATS)[number];

/** What a file of that format ends in, without the dot. */
export const EXTENSIONS: Readonly<Record<ReportFormat, string>> = {
  markdown: 'md',
  html: 'html',
  json: 'json',
};

/** The format that a file's name ends in; Markdown for any other. */
export function formatOf(file: string): ReportFormat {
  const found = REPORT_FORMATS.find((format) =>
    file.toLowerCase().endsWith(`.${EXTENSIONS[format]}`),
  );
  return found ?? 'markdown';
}
