import { randomBytes } from 'node:crypto';
import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  type Message,
  message,
  type NodeName,
  type RunResult,
  Secret,
  type UploadAction,
  type UploadRunOptions,
} from '../../model/index.ts';
import { errorText } from './problems.ts';
import type { NodeConnection, PackedFile } from './types.ts';
import { BAD_PART, lookScript } from './upload-scripts.ts';
import { fetchScript, type Passing, shareScript, unshareScript } from './upload-share.ts';

/** What a courier works with. */
export interface CourierPorts {
  /** One call on a node's connection, which is made again when it was lost. */
  call(node: NodeName, use: (one: NodeConnection) => Promise<RunResult>): Promise<RunResult>;
  /** The file, compressed: once for all nodes and runs. */
  pack(from: string, sha256: string): Promise<PackedFile>;
}

/** How often a connection that breaks under a file is made again. */
const RECONNECTS = 5;
const PAUSE_MS = 1_000;
const LOOK_TIMEOUT_MS = 60_000;

type Peer = NonNullable<UploadAction['exchange']>['peers'][number];

/** What a peer has of a file. */
interface Holding {
  readonly peer: Peer;
  readonly whole: boolean;
  /** What has arrived of the compressed file. */
  readonly packedBytes: number;
}

/**
 * Brings files to nodes: compressed and once from here, then from node to node. A file goes to one
 * node after the other, so that the second one finds it with the first; different files go side by
 * side. Where peers cannot talk, it is sent from here, and that is said.
 */
export class Courier {
  readonly #ports: CourierPorts;
  readonly #queues = new Map<string, Promise<unknown>>();
  readonly #packed = new Map<string, Promise<PackedFile>>();

  constructor(ports: CourierPorts) {
    this.#ports = ports;
  }

  /** See {@link NodesPort.upload}: the file is at its place, whole, when it exits with 0. */
  upload(action: UploadAction, options: UploadRunOptions): Promise<RunResult> {
    return this.#inTurn(action.sha256, () => this.#bring(action, options));
  }

  /** One after the other, in the order of asking. */
  #inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const turn = (this.#queues.get(key) ?? Promise.resolve()).then(work);
    this.#queues.set(
      key,
      turn.catch(() => undefined),
    );
    return turn;
  }

  async #bring(action: UploadAction, options: UploadRunOptions): Promise<RunResult> {
    const [own, ...others] = await this.#look(action);
    if (own && !own.whole) {
      const fetched = await this.#fromPeers(action, own, others, options);
      if (fetched) return fetched;
    }
    return this.#send(action, options);
  }

  /** What the node itself has of the file, then each peer that answers. Nothing where nobody could pass it on. */
  async #look({ node, to, sha256, exchange }: UploadAction): Promise<readonly Holding[]> {
    if (!exchange || exchange.peers.length === 0) return [];
    const places = [{ node, address: exchange.address }, ...exchange.peers];
    const found = await Promise.all(
      places.map(async (peer) => {
        const script = lookScript({ to, sha256 });
        const look = (one: NodeConnection) => one.run(script, { timeoutMs: LOOK_TIMEOUT_MS });
        const result = await this.#ports.call(peer.node, look);
        return result.kind === 'exited' && result.exitCode === 0
          ? holding(peer, result.stdout)
          : [];
      }),
    );
    // without an answer of the node itself there is nothing to compare
    return found[0]?.length === 0 ? [] : found.flat();
  }

  /** The whole file, or else more of the compressed one than the node has: what has arrived anywhere is not sent again. */
  async #fromPeers(
    action: UploadAction,
    own: Holding,
    others: readonly Holding[],
    options: UploadRunOptions,
  ): Promise<RunResult | undefined> {
    for (const { peer } of others.filter(({ whole }) => whole)) {
      const { size } = await stat(action.from);
      const result = await this.#pass(action, peer, 'plain', size, options);
      if (result) return result;
    }
    const [most] = others.toSorted((one, other) => other.packedBytes - one.packedBytes);
    if (most && !most.whole && most.packedBytes > own.packedBytes) {
      await this.#pass(action, most.peer, 'packed', most.packedBytes, options);
    }
    return undefined;
  }

  /** From one peer; undefined when that did not go, which is said. A giver hands out one file at a time. */
  async #pass(
    action: UploadAction,
    peer: Peer,
    form: Passing['form'],
    bytes: number,
    options: UploadRunOptions,
  ): Promise<RunResult | undefined> {
    const { onProgress } = options;
    const result = await this.#inTurn(`share ${peer.node}`, async () => {
      const first = await this.#passOnce(action, peer, form, bytes, options);
      const isBad = first.kind === 'exited' && first.exitCode === BAD_PART;
      return isBad ? this.#passOnce(action, peer, form, bytes, options) : first;
    });
    if (result.kind === 'exited' && result.exitCode === 0) return result;
    const why = lastLine(result);
    onProgress?.(message('upload-peer-failed', { file: action.to, peer: peer.node, why }));
    return undefined;
  }

  async #passOnce(
    action: UploadAction,
    peer: Peer,
    form: Passing['form'],
    bytes: number,
    { timeoutMs, onProgress }: UploadRunOptions,
  ): Promise<RunResult> {
    const { node, to, sha256, exchange } = action;
    const word = new Secret('word for a transfer', randomBytes(24).toString('hex'));
    const passing: Passing = {
      ...{ file: { to, sha256 }, form, bytes, word },
      ...{ port: exchange?.port ?? 0, giver: peer.address, taker: exchange?.address ?? '' },
    };
    const text = message('upload-from-peer', { file: to, peer: peer.node });
    const told = throttled(text, onProgress);
    const onOutput = (said: string) => {
      const done = Number(said.trim().split('\n').at(-1));
      if (Number.isSafeInteger(done)) told(Math.min(done, bytes), bytes);
    };
    const share = (one: NodeConnection) => one.run(shareScript(passing), { timeoutMs: 30_000 });
    const fetch = (one: NodeConnection) =>
      one.run(fetchScript(passing, action), { timeoutMs, onOutput, tethered: true });
    const shared = await this.#ports.call(peer.node, share);
    if (shared.kind !== 'exited' || shared.exitCode !== 0) return shared;
    try {
      return await this.#ports.call(node, fetch);
    } finally {
      const unshare = (one: NodeConnection) => one.run(unshareScript(), { timeoutMs: 30_000 });
      await this.#ports.call(peer.node, unshare);
    }
  }

  /** From here. A link that breaks is made again, and the file goes on where it was. */
  async #send(action: UploadAction, options: UploadRunOptions): Promise<RunResult> {
    const { node, from, to, mode, owner, sha256 } = action;
    const { timeoutMs, signal, onProgress } = options;
    const told = throttled(message('upload-sending', { file: to }), onProgress);
    const packed = await this.#pack(action, onProgress);
    const upload = (one: NodeConnection) =>
      one.upload(from, to, { mode, owner, sha256, timeoutMs, onProgress: told, ...packed });
    for (let attempt = 0; ; attempt += 1) {
      const result = await this.#ports.call(node, upload);
      const isLost = result.kind === 'disconnected' && attempt < RECONNECTS;
      if (!isLost || signal?.aborted) return result;
      await delay(PAUSE_MS, undefined, signal ? { signal } : {}).catch(() => undefined);
      if (signal?.aborted) return result;
    }
  }

  /** Nothing where it cannot be compressed (no space, say): then it is sent as it is. */
  async #pack(
    { from, to, sha256 }: UploadAction,
    onProgress: UploadRunOptions['onProgress'],
  ): Promise<{ readonly packed?: PackedFile }> {
    try {
      const packing = this.#packed.get(sha256) ?? this.#ports.pack(from, sha256);
      this.#packed.set(sha256, packing);
      return { packed: await packing };
    } catch (error) {
      onProgress?.(message('upload-not-packed', { file: to, why: errorText(error) }));
      return {};
    }
  }
}

function holding(peer: Peer, stdout: string): readonly Holding[] {
  const packed = /^packed (\d+)$/m.exec(stdout);
  return [{ peer, whole: /^there$/m.test(stdout), packedBytes: packed ? Number(packed[1]) : 0 }];
}

function lastLine(result: RunResult): string {
  if (result.kind === 'disconnected') return result.problem.code;
  return result.stderr.trim().split('\n').at(-1) ?? result.kind;
}

/** Says each percent once: a file is thousands of pieces. */
function throttled(text: Message, onProgress: UploadRunOptions['onProgress']) {
  let said = -1;
  return (done: number, total: number) => {
    const percent = total > 0 ? Math.floor((100 * done) / total) : 100;
    if (percent === said) return;
    said = percent;
    onProgress?.(text, done, total);
  };
}
