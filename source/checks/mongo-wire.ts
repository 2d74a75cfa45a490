import { type BsonDocument, decodeBson, encodeBson } from './bson.ts';

const OP_REPLY = 1;
const OP_QUERY = 2004;
/** Also a secondary may answer. */
const SLAVE_OK = 4;
/** Of a message, as MongoDB bounds it. */
const LARGEST = 48_000_000;
/** What stands before a reply's documents. */
const REPLY_HEAD = 36;

/** A command as IAM's driver of 2019 sends it: a query of the old wire protocol. */
export function queryCommand(database: string, command: BsonDocument): Buffer {
  const head = Buffer.alloc(20);
  head.writeInt32LE(1, 4);
  head.writeInt32LE(OP_QUERY, 12);
  head.writeInt32LE(SLAVE_OK, 16);
  const range = Buffer.alloc(8);
  // one document, and no cursor
  range.writeInt32LE(-1, 4);
  const all = [head, Buffer.from(`${database}.$cmd\0`), range, encodeBson(command)];
  const message = Buffer.concat(all);
  message.writeInt32LE(message.length, 0);
  return message;
}

/**
 * How long the answer is that begins here; undefined while that is not known.
 * @throws Error for what no answer of MongoDB begins with
 */
export function replyLength(received: Buffer): number | undefined {
  if (received.length < 4) return undefined;
  const length = received.readInt32LE(0);
  if (length < REPLY_HEAD || length > LARGEST) throw new Error('not MongoDB');
  return length;
}

/** What a reply says; undefined when it is not a reply with a document. */
export function readReply(reply: Buffer): BsonDocument | undefined {
  try {
    if (reply.readInt32LE(12) !== OP_REPLY || reply.readInt32LE(32) < 1) return undefined;
    const length = reply.readInt32LE(REPLY_HEAD);
    return decodeBson(reply.subarray(REPLY_HEAD, REPLY_HEAD + length));
  } catch {
    return undefined;
  }
}
