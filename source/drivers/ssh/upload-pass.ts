import { randomBytes } from 'node:crypto';
import {
  type Message,
  message,
  type NodeName,
  type RunResult,
  Secret,
  type UploadAction,
  type UploadRunOptions,
} from '../../model/index.ts';
import type { NodeConnection } from './types.ts';
import { fetchScript, type Passing, shareScript, unshareScript } from './upload-share.ts';

/** One call on a node's connection, which is made again when it was lost. */
export type CallNode = (
  node: NodeName,
  use: (one: NodeConnection) => Promise<RunResult>,
) => Promise<RunResult>;

export type Peer = NonNullable<UploadAction['exchange']>['peers'][number];

/** What is passed on: the whole file, or what a peer has of the compressed one; and its size. */
export type Piece = Pick<Passing, 'form' | 'bytes'>;

const SHARE_TIMEOUT_MS = 30_000;

/** Passes a file, or the pieces of one, from a peer to the action's node. The peer's door is closed at the end of it. */
export async function passOn(
  call: CallNode,
  action: UploadAction,
  peer: Peer,
  piece: Piece,
  { timeoutMs, onProgress }: UploadRunOptions,
): Promise<RunResult> {
  const passing = passingOf(action, peer, piece);
  const told = throttled(
    message('upload-from-peer', { file: action.to, peer: peer.node }),
    onProgress,
  );
  const onOutput = (said: string) => {
    const done = Number(said.trim().split('\n').at(-1));
    if (Number.isSafeInteger(done)) told(Math.min(done, piece.bytes), piece.bytes);
  };
  const brief = { timeoutMs: SHARE_TIMEOUT_MS };
  const shared = await call(peer.node, (one) => one.run(shareScript(passing), brief));
  if (shared.kind !== 'exited' || shared.exitCode !== 0) return shared;
  try {
    const script = fetchScript(passing, action);
    return await call(action.node, (one) =>
      one.run(script, { timeoutMs, onOutput, tethered: true }),
    );
  } finally {
    await call(peer.node, (one) => one.run(unshareScript(), brief));
  }
}

function passingOf({ to, sha256, exchange }: UploadAction, peer: Peer, piece: Piece): Passing {
  if (!exchange) throw new Error('a file that nobody else gets is not passed on');
  const word = new Secret('word for a transfer', randomBytes(24).toString('hex'));
  const { port, address: taker } = exchange;
  return { file: { to, sha256 }, ...piece, port, giver: peer.address, taker, word };
}

/** Says each percent once: a file is thousands of pieces. */
export function throttled(text: Message, onProgress: UploadRunOptions['onProgress']) {
  let said = -1;
  return (done: number, total: number) => {
    const percent = total > 0 ? Math.floor((100 * done) / total) : 100;
    if (percent === said) return;
    said = percent;
    onProgress?.(text, done, total);
  };
}
