import { StringDecoder } from 'node:string_decoder';

/**
 * One of a script's output streams: text between two marked lines. What comes before the first
 * (a login shell's greeting) and after the second (a daemon left behind) is not the script's.
 */
export class MarkedStream {
  /** The word after the first mark: the script's process group, on stdout. */
  opening: string | undefined;
  /** The script's exit code, once the second mark was seen. */
  exitCode: number | undefined;
  /** What came before the first mark: tells why a script never started. */
  readonly preamble: Buffer[] = [];
  readonly #mark: Buffer;
  readonly #chunks: Buffer[] = [];
  readonly #decoder = new StringDecoder('utf8');
  #pending: Buffer = Buffer.alloc(0);
  bytes = 0;

  constructor(mark: string) {
    this.#mark = Buffer.from(mark);
  }

  /** Takes a chunk; answers the script's text that is new with it. */
  push(chunk: Buffer): string {
    if (this.exitCode !== undefined) return '';
    this.#pending = Buffer.concat([this.#pending, chunk]);
    if (this.opening === undefined) {
      const line = this.#takeMark((before) => this.preamble.push(before));
      if (line === undefined) return '';
      this.opening = line;
    }
    return this.#takeBody();
  }

  text(): string {
    return Buffer.concat(this.#chunks).toString('utf8');
  }

  #takeBody(): string {
    let fresh = '';
    const keep = (body: Buffer) => {
      this.#chunks.push(body);
      this.bytes += body.length;
      fresh = this.#decoder.write(body);
    };
    const line = this.#takeMark(keep);
    if (line === undefined) return fresh;
    this.exitCode = Number(line);
    return fresh + this.#decoder.end();
  }

  /** Gives away what is before the mark (or can be no part of it), answers the mark's word. */
  #takeMark(before: (bytes: Buffer) => void): string | undefined {
    const pending = this.#pending;
    const at = pending.indexOf(this.#mark);
    const cut = at >= 0 ? at : pending.length - this.#partialMark(pending);
    if (cut > 0) before(pending.subarray(0, cut));
    this.#pending = pending.subarray(cut);
    const end = at < 0 ? -1 : this.#pending.indexOf(0x0a);
    if (end < 0) return undefined;
    const word = this.#pending.subarray(this.#mark.length, end).toString('latin1').trim();
    this.#pending = this.#pending.subarray(end + 1);
    return word;
  }

  /** How many of the last bytes may be the beginning of a mark. */
  #partialMark(bytes: Buffer): number {
    for (let length = Math.min(this.#mark.length - 1, bytes.length); length > 0; length--) {
      if (bytes.subarray(-length).equals(this.#mark.subarray(0, length))) return length;
    }
    return 0;
  }
}
