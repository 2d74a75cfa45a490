/** A value of a document, as far as MongoDB's commands and IAM's audit records have it. */
export type BsonValue =
  | string
  | number
  | bigint
  | boolean
  | null
  | Date
  | Buffer
  | ObjectId
  | readonly BsonValue[]
  | BsonDocument;

/** Its keys keep their order: a command's name is its first key. */
export interface BsonDocument {
  readonly [key: string]: BsonValue;
}

/** MongoDB's own key of a document; its first four bytes are the second in which it was made. */
export class ObjectId {
  readonly bytes: Buffer;
  constructor(bytes: Buffer) {
    this.bytes = bytes;
  }

  /** Seconds since the epoch. */
  get madeAt(): number {
    return this.bytes.readUInt32BE(0);
  }
}

/** A document as its bytes. Whole numbers are written as 32 bits. */
export function encodeBson(document: BsonDocument): Buffer {
  const body = Buffer.concat(
    Object.entries(document).map(([key, value]) => {
      const [kind, bytes] = encodeValue(value);
      return Buffer.concat([Buffer.from([kind]), Buffer.from(`${key}\0`), bytes]);
    }),
  );
  return Buffer.concat([int32(body.length + 5), body, Buffer.from([0])]);
}

function encodeValue(value: BsonValue): readonly [number, Buffer] {
  if (typeof value === 'string') {
    const text = Buffer.from(`${value}\0`);
    return [0x02, Buffer.concat([int32(text.length), text])];
  }
  if (typeof value === 'number') return [0x10, int32(value)];
  if (typeof value === 'boolean') return [0x08, Buffer.from([value ? 1 : 0])];
  if (value === null) return [0x0a, Buffer.alloc(0)];
  if (Buffer.isBuffer(value)) {
    return [0x05, Buffer.concat([int32(value.length), Buffer.from([0]), value])];
  }
  if (Array.isArray(value)) return [0x04, encodeBson(Object.fromEntries(value.entries()))];
  if (value instanceof ObjectId) return [0x07, value.bytes];
  if (typeof value === 'bigint' || value instanceof Date) {
    const bytes = Buffer.alloc(8);
    bytes.writeBigInt64LE(typeof value === 'bigint' ? value : BigInt(value.getTime()));
    return [typeof value === 'bigint' ? 0x12 : 0x09, bytes];
  }
  return [0x03, encodeBson(value as BsonDocument)];
}

function int32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeInt32LE(value);
  return bytes;
}

/**
 * The document that `bytes` are, all of them. A number of 64 bits is a number where it is exact.
 * @throws Error for what is none, or has a kind of value that nobody here needs
 */
export function decodeBson(bytes: Buffer): BsonDocument {
  const length = bytes.length < 5 ? 0 : bytes.readInt32LE(0);
  if (length !== bytes.length || bytes[length - 1] !== 0) throw new Error('not a document');
  const document: Record<string, BsonValue> = {};
  for (let at = 4; at < length - 1; ) {
    const keyEnd = bytes.indexOf(0, at + 1);
    const key = bytes.toString('utf8', at + 1, keyEnd);
    const { value, size } = decodeValue(bytes[at] ?? 0, bytes.subarray(keyEnd + 1));
    if (keyEnd < 0 || size > bytes.length) throw new Error('cut off');
    // a server's word must not become a property that every object has
    Object.defineProperty(document, key, { value, enumerable: true, configurable: true });
    at = keyEnd + 1 + size;
  }
  return document;
}

interface Decoded {
  readonly value: BsonValue;
  readonly size: number;
}

/** Kinds that are only stepped over, by their size in bytes. */
const SKIPPED: Readonly<Record<number, number>> = {
  6: 0,
  17: 8,
  19: 16,
  255: 0,
  127: 0,
};

function decodeValue(kind: number, bytes: Buffer): Decoded {
  const length = () => bytes.readInt32LE(0);
  switch (kind) {
    case 0x01:
      return { value: bytes.readDoubleLE(0), size: 8 };
    case 0x02:
      return { value: bytes.toString('utf8', 4, 3 + length()), size: 4 + length() };
    case 0x03:
      return { value: decodeBson(bytes.subarray(0, length())), size: length() };
    case 0x04:
      return { value: Object.values(decodeBson(bytes.subarray(0, length()))), size: length() };
    case 0x05:
      return { value: Buffer.from(bytes.subarray(5, 5 + length())), size: 5 + length() };
    case 0x07:
      return { value: new ObjectId(Buffer.from(bytes.subarray(0, 12))), size: 12 };
    case 0x08:
      return { value: bytes[0] === 1, size: 1 };
    case 0x09:
      return { value: new Date(Number(bytes.readBigInt64LE(0))), size: 8 };
    case 0x0a:
      return { value: null, size: 0 };
    case 0x10:
      return { value: bytes.readInt32LE(0), size: 4 };
    case 0x12:
      return { value: exact(bytes.readBigInt64LE(0)), size: 8 };
    default: {
      const size = SKIPPED[kind];
      if (size === undefined) throw new Error(`BSON type ${kind}`);
      return { value: null, size };
    }
  }
}

function exact(value: bigint): number | bigint {
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}
