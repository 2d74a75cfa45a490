import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ClientChannel } from 'ssh2';
import { content, type RunResult } from '../../model/index.ts';
import { quote, restoreLabel } from '../../model/shell.ts';
import { errorText, sshError } from './problems.ts';
import { runScript } from './run.ts';
import type { Session } from './session.ts';
import type { UploadOptions } from './types.ts';

/** The part on the node is not the beginning of our file. */
const BAD_PART = 94;

/** Copies a file to a node; see NodeConnection.upload for its promises. */
export async function uploadFile(
  session: Session,
  from: string,
  to: string,
  options: UploadOptions,
): Promise<RunResult> {
  const size = await sizeOf(session, from);
  const asked = await runScript(session, askScript(to, options), options);
  if (asked.kind !== 'exited' || asked.exitCode !== 0) return asked;
  const answer = asked.stdout.trim();
  if (answer === 'there') {
    options.onProgress?.(size, size);
    return asked;
  }
  const offset = Number(answer) <= size ? Number(answer) : 0;
  const sent = await send(session, from, to, size, offset, options);
  const bad = sent.kind === 'exited' && sent.exitCode === BAD_PART && offset > 0;
  return bad ? send(session, from, to, size, 0, options) : sent;
}

async function sizeOf(session: Session, from: string): Promise<number> {
  try {
    return (await stat(from)).size;
  } catch (error) {
    throw sshError(session.target, 'upload-unreadable', { path: from }, errorText(error));
  }
}

/** Named after the content: what another version left behind is never taken for a beginning. */
function partOf(to: string, sha256: string): string {
  return `${to}.iam-ha-wizard-${sha256.slice(0, 16)}.part`;
}

/** Says "there", or how many bytes an interrupted upload left. */
function askScript(to: string, { sha256, mode, owner }: UploadOptions) {
  return content`
set -eu
to=${quote(to)} part=${quote(partOf(to, sha256))}
if [ -f "$to" ] && [ ! -L "$to" ] && printf '%s  %s\\n' ${quote(sha256)} "$to" | sha256sum --check --status; then
  chown -- ${quote(owner)} "$to"
  chmod -- ${quote(mode)} "$to"
  rm -f -- "$part"
  echo there
elif [ -f "$part" ]; then stat -c %s -- "$part"
else echo 0; fi`;
}

function receiveScript(to: string, size: number, offset: number, options: UploadOptions) {
  const { sha256, mode, owner } = options;
  return content`
set -eu
umask 077
to=${quote(to)} part=${quote(partOf(to, sha256))}
${offset === 0 ? 'rm -f -- "$part"' : ''}
cat >>"$part"
have=$(stat -c %s -- "$part")
if [ "$have" -lt ${size} ]; then echo "$have of ${size} bytes arrived" >&2; exit 93; fi
if ! printf '%s  %s\\n' ${quote(sha256)} "$part" | sha256sum --check --status; then
  rm -f -- "$part"
  echo 'the sha256 of what arrived is not the expected one' >&2
  exit ${BAD_PART}
fi
chown -- ${quote(owner)} "$part"
chmod -- ${quote(mode)} "$part"
sync -- "$part" 2>/dev/null || sync
mv -fT -- "$part" "$to"
${restoreLabel('"$to"')}`;
}

function send(
  session: Session,
  from: string,
  to: string,
  size: number,
  offset: number,
  options: UploadOptions,
): Promise<RunResult> {
  return runScript(session, receiveScript(to, size, offset, options), {
    ...options,
    feed: (channel) => void feedFile(channel, from, size, offset, options),
  });
}

/** A failure here needs no word of its own: the node sees too few bytes, and says so. */
async function feedFile(
  channel: ClientChannel,
  from: string,
  size: number,
  offset: number,
  { onProgress }: UploadOptions,
): Promise<void> {
  let done = offset;
  const counter = new Transform({
    transform(chunk: Buffer, _encoding, next) {
      done += chunk.length;
      onProgress?.(done, size);
      next(null, chunk);
    },
  });
  const file = createReadStream(from, { start: offset, end: Math.max(offset, size - 1) });
  await pipeline(file, counter, channel).catch(() => channel.end());
}
