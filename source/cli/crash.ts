import { packageVersion } from '../drivers/package-root.ts';

/** What to send with a report of a mistake of ours: where it happened, and what it ran on. */
export function crashDetail(error: unknown): string {
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return `${stack}\niam-ha-wizard ${packageVersion()}, Node.js ${process.version}, ${process.platform} ${process.arch}`;
}

/**
 * Hears what nobody caught (a forgotten rejection is one, too) until it is released, and ends the
 * process. What was in hand is in the journal: the next run looks at what is true.
 *
 * @param tell says it, and returns the exit code
 */
export function hearCrashes(tell: (error: unknown) => number): { release(): void } {
  const crash = (error: unknown) => {
    // a second one would interrupt the telling
    process.off('uncaughtException', crash);
    process.exit(tell(error));
  };
  process.on('uncaughtException', crash);
  return { release: () => process.off('uncaughtException', crash) };
}
