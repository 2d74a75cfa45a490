import { execa } from 'execa';

/** How a program on the operator's computer ended. */
export type LocalResult =
  | {
      readonly kind: 'exited';
      readonly exitCode: number;
      readonly stdout: string;
      readonly stderr: string;
    }
  | { readonly kind: 'not-installed' }
  | { readonly kind: 'timed-out' };

export interface LocalOptions {
  readonly timeoutMs: number;
  readonly input?: string;
  readonly signal?: AbortSignal;
  readonly environment?: Readonly<Record<string, string | undefined>>;
}

/**
 * Runs a program on the operator's computer, without a shell. Output is text, at most 10 MB.
 * Nothing secret may be among `args`: they show in the process list.
 * A signal that kills the program counts as exit code 128.
 */
export async function runLocal(
  command: string,
  args: readonly string[],
  options: LocalOptions,
): Promise<LocalResult> {
  const result = await execa(command, args, {
    reject: false,
    timeout: options.timeoutMs,
    maxBuffer: 10_000_000,
    ...(options.input === undefined ? { stdin: 'ignore' as const } : { input: options.input }),
    ...(options.signal ? { cancelSignal: options.signal } : {}),
    ...(options.environment ? { env: { ...options.environment }, extendEnv: false } : {}),
  });
  if (result.timedOut) return { kind: 'timed-out' };
  if (result.code === 'ENOENT' || result.code === 'EACCES') return { kind: 'not-installed' };
  const { stdout, stderr } = result;
  return { kind: 'exited', exitCode: result.exitCode ?? 128, stdout, stderr };
}
