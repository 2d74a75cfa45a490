import { stat } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import {
  message,
  type RunResult,
  type UploadAction,
  type UploadRunOptions,
} from '../../model/index.ts';
import { errorText } from './problems.ts';
import type { NodeConnection, PackedFile } from './types.ts';
import { type CallNode, type Peer, type Piece, passOn, throttled } from './upload-pass.ts';
import { BAD_PART, lookScript } from './upload-scripts.ts';

/** What a courier works with. */
export interface CourierPorts {
  readonly call: CallNode;
  /** The file, compressed: once for all nodes and runs. */
  pack(from: string, sha256: string): Promise<PackedFile>;
}

/** How often a connection that breaks under a file is made again. */
const RECONNECTS = 5;
const PAUSE_MS = 1_000;
const LOOK_TIMEOUT_MS = 60_000;

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
      const result = await this.#pass(action, peer, { form: 'plain', bytes: size }, options);
      if (result) return result;
    }
    const [most] = others.toSorted((one, other) => other.packedBytes - one.packedBytes);
    if (most && !most.whole && most.packedBytes > own.packedBytes) {
      const piece = { form: 'packed', bytes: most.packedBytes } as const;
      await this.#pass(action, most.peer, piece, options);
    }
    return undefined;
  }

  /** From one peer; undefined when that did not go, which is said. A giver hands out one file at a time. */
  async #pass(
    action: UploadAction,
    peer: Peer,
    piece: Piece,
    options: UploadRunOptions,
  ): Promise<RunResult | undefined> {
    const pass = () => passOn(this.#ports.call, action, peer, piece, options);
    const result = await this.#inTurn(`share ${peer.node}`, async () => {
      const first = await pass();
      const isBad = first.kind === 'exited' && first.exitCode === BAD_PART;
      return isBad ? pass() : first;
    });
    if (result.kind === 'exited' && result.exitCode === 0) return result;
    const params = { file: action.to, peer: peer.node, why: lastLine(result) };
    options.onProgress?.(message('upload-peer-failed', params));
    return undefined;
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
