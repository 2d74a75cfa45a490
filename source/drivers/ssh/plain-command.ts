import type { ClientChannel } from 'ssh2';
import type { Channels } from './channels.ts';
import { deadline } from './deadline.ts';
import { abortError, errorText, sshError } from './problems.ts';
import type { SshTarget } from './types.ts';

export interface PlainResult {
  /** null: killed, or the connection was lost. */
  readonly exitCode: number | null;
  /** stdout and stderr, trimmed, at most 10,000 characters. */
  readonly output: string;
}

/**
 * A constant command as the login user, for finding out how to become root.
 * Throws OperatorError when the node does not answer in time.
 */
export async function plainCommand(
  channels: Channels,
  command: string,
  input: string,
  limits: { readonly timeoutMs: number; readonly signal: AbortSignal },
  target: SshTarget,
): Promise<PlainResult> {
  const limit = deadline(limits.timeoutMs, limits.signal);
  try {
    let answer: Promise<PlainResult> | undefined;
    await channels.exec(command, limit.signal, (channel) => {
      answer = listen(channel, limit.signal);
      channel.end(input);
    });
    return await (answer as Promise<PlainResult>);
  } catch (error) {
    if (limits.signal.aborted) throw abortError(limits.signal);
    throw sshError(target, 'ssh-disconnected', {}, errorText(error));
  } finally {
    limit.done();
  }
}

function listen(channel: ClientChannel, signal: AbortSignal): Promise<PlainResult> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let exitCode: number | null = null;
    const stop = () => {
      channel.close();
      reject(signal.reason);
    };
    signal.addEventListener('abort', stop, { once: true });
    channel.on('data', (chunk: Buffer) => chunks.push(chunk));
    channel.stderr.on('data', (chunk: Buffer) => chunks.push(chunk));
    channel.on('exit', (code: number | null) => {
      exitCode = code;
    });
    channel.on('close', () => {
      signal.removeEventListener('abort', stop);
      const output = Buffer.concat(chunks).toString('utf8').trim().slice(0, 10_000);
      resolve({ exitCode, output });
    });
  });
}
