/** `2026-11-26 06:03:53`: a time in UTC as a table has room for it. What is no time stays as it is. */
export function stamp(at: string): string {
  const [, day, time] = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)/.exec(at) ?? [];
  return day === undefined ? at : `${day} ${time}`;
}
