import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { pipeline } from 'node:stream/promises';
import type { ClientChannel } from 'ssh2';
import type { RunResult } from '../../model/index.ts';
import { errorText, sshError } from './problems.ts';
import { runScript } from './run.ts';
import type { Session } from './session.ts';
import type { UploadOptions } from './types.ts';
import { Acks } from './upload-acks.ts';
import {
  type Arrival,
  type Asked,
  askScript,
  BAD_PART,
  type Form,
  readAsked,
  receiveScript,
} from './upload-scripts.ts';

/** What is sent: a file of the operator's, and how the node is to take it. */
interface Sending {
  readonly from: string;
  readonly bytes: number;
  readonly form: Form;
}

/** Copies a file to a node; see NodeConnection.upload for its promises. */
export async function uploadFile(
  session: Session,
  from: string,
  to: string,
  options: UploadOptions,
): Promise<RunResult> {
  const bytes = await sizeOf(session, from);
  const { sha256, mode, owner, packed } = options;
  const arrival: Arrival = { to, sha256, mode, owner };
  const result = await runScript(session, askScript(arrival), options);
  if (result.kind !== 'exited' || result.exitCode !== 0) return result;
  const asked = readAsked(result.stdout);
  if (asked.there) {
    options.onProgress?.(bytes, bytes);
    return result;
  }
  const sending: Sending =
    packed && asked.gzip
      ? { from: packed.path, bytes: packed.bytes, form: 'packed' }
      : { from, bytes, form: 'plain' };
  const offset = await arrived(asked, sending);
  const sent = await send(session, sending, arrival, offset, options);
  const bad = sent.kind === 'exited' && sent.exitCode === BAD_PART && offset > 0;
  return bad ? send(session, sending, arrival, 0, options) : sent;
}

async function sizeOf(session: Session, from: string): Promise<number> {
  try {
    return (await stat(from)).size;
  } catch (error) {
    throw sshError(session.target, 'upload-unreadable', { path: from }, errorText(error));
  }
}

/** How much of the file need not be sent again: only what is proven to be its beginning. */
async function arrived({ parts }: Asked, { from, bytes, form }: Sending): Promise<number> {
  const part = parts[form];
  if (!part || part.bytes === 0 || part.bytes > bytes) return 0;
  return (await sha256OfStart(from, part.bytes)) === part.sha256 ? part.bytes : 0;
}

async function sha256OfStart(path: string, bytes: number): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path, { end: bytes - 1 }), hash);
  return hash.digest('hex');
}

function send(
  session: Session,
  sending: Sending,
  arrival: Arrival,
  offset: number,
  options: UploadOptions,
): Promise<RunResult> {
  const script = receiveScript(arrival, sending.form, sending.bytes, offset);
  const acks = new Acks(offset, (done) => options.onProgress?.(done, sending.bytes));
  return runScript(session, script, {
    ...options,
    onOutput: (text) => acks.take(text),
    feed: (channel) => void feedFile(channel, sending, offset, acks),
  });
}

/** A failure here needs no word of its own: the node sees too few bytes, and says so. */
async function feedFile(
  channel: ClientChannel,
  { from, bytes }: Sending,
  offset: number,
  acks: Acks,
): Promise<void> {
  const file = createReadStream(from, { start: offset, end: Math.max(offset, bytes - 1) });
  const paced = async function* (pieces: AsyncIterable<Buffer>) {
    let sent = offset;
    for await (const piece of pieces) {
      await acks.room(sent);
      sent += piece.length;
      yield piece;
    }
  };
  channel.once('close', () => acks.end());
  await pipeline(file, paced, channel).catch(() => channel.end());
}
