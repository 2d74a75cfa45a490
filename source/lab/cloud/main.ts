import { readFileSync } from 'node:fs';
import { createCloud, type ServerOptions } from './server.ts';

/**
 * What a process of its own is told: files, so that no secret is in an argument list.
 *
 * `file` holds the options as JSON (world, secrets, pace, host, port, seed); `stateFile` is where the
 * state is kept.
 */
export interface ProcessOptions {
  readonly file: string;
  readonly stateFile?: string;
}

/** Serves until it is told to end (SIGTERM, SIGINT). Prints `{"port":N}` (and `tlsPort`) once it listens. */
export async function serveCloud({ file, stateFile }: ProcessOptions): Promise<void> {
  const options = JSON.parse(readFileSync(file, 'utf8')) as ServerOptions;
  const cloud = await createCloud({ ...options, ...(stateFile !== undefined && { stateFile }) });
  process.stdout.write(`${JSON.stringify({ port: cloud.port, tlsPort: cloud.tlsPort })}\n`);
  await new Promise<void>((resolve) => {
    process.once('SIGTERM', resolve);
    process.once('SIGINT', resolve);
  });
  await cloud.close();
}
