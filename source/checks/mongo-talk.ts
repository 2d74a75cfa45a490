import type { ConnectResult, Conversation, Measured, Said } from '../model/index.ts';
import type { BsonDocument } from './bson.ts';
import { queryCommand, readReply, replyLength } from './mongo-wire.ts';
import { isServersProof, type ScramUser, scramFirst, scramProof } from './scram.ts';

/** Where MongoDB is, and as whom the pump writes to it. */
export interface MongoPlace extends ScramUser {
  /** An address, or a name where MongoDB is elsewhere. */
  readonly host: string;
  readonly port: number;
  readonly database: string;
}

/** Wire versions that IAM's driver can speak: of MongoDB 3.0 (SCRAM-SHA-1) to 5.0 (the last with OP_QUERY). */
const OLDEST_WIRE = 3;
const NEWEST_WIRE = 13;

export type MongoOutcome =
  /** Logged in: the answer to the command that was to be given then. */
  | {
      readonly kind: 'in';
      readonly version: string;
      readonly isStandIn: boolean;
      /** By the server's own clock, which need not be the nodes'; null where it does not tell. */
      readonly now: Date | null;
      readonly answer: BsonDocument;
    }
  | { readonly kind: 'too-new' | 'too-old'; readonly version: string }
  | { readonly kind: 'denied'; readonly detail: string }
  | { readonly kind: 'not-mongodb' };

type Speech = Generator<Buffer, MongoOutcome, BsonDocument>;

/** Logs in as IAM's driver does, with its very commands, and gives one command more. */
function* speak(place: MongoPlace, command: BsonDocument, nonce: string): Speech {
  const { database } = place;
  const hello = yield queryCommand('admin', { ismaster: 1 });
  const wire = Number(hello.maxWireVersion ?? 0);
  const info = yield queryCommand('admin', { buildInfo: 1 });
  const version = String(info.version ?? '');
  if (hello.ok !== 1 || hello.ismaster === undefined) return { kind: 'not-mongodb' };
  if (wire > NEWEST_WIRE) return { kind: 'too-new', version };
  if (wire < OLDEST_WIRE) return { kind: 'too-old', version };
  const start = yield queryCommand(database, {
    saslStart: 1,
    mechanism: 'SCRAM-SHA-1',
    payload: Buffer.from(scramFirst(place, nonce)),
  });
  if (start.ok !== 1) return denied(start);
  const proof = scramProof(place, nonce, payloadOf(start));
  if (!proof) return { kind: 'not-mongodb' };
  const going = (payload: string) => ({
    saslContinue: 1,
    conversationId: Number(start.conversationId ?? 1),
    payload: Buffer.from(payload),
  });
  let last = yield queryCommand(database, going(proof.text));
  if (last.ok !== 1) return denied(last);
  if (!isServersProof(payloadOf(last), proof)) return { kind: 'not-mongodb' };
  if (last.done !== true) last = yield queryCommand(database, going(''));
  if (last.ok !== 1 || last.done !== true) return denied(last);
  const answer = yield queryCommand(database, command);
  const now = hello.localTime instanceof Date ? hello.localTime : null;
  return { kind: 'in', version, isStandIn: info.standIn === true, now, answer };
}

function payloadOf({ payload }: BsonDocument): string {
  return Buffer.isBuffer(payload) ? payload.toString('utf8') : '';
}

/** In MongoDB's own words, which say neither the user nor the password. */
function denied({ code, errmsg }: BsonDocument): MongoOutcome {
  return { kind: 'denied', detail: `${Number(code ?? 0)} ${String(errmsg ?? '')}`.trim() };
}

type Step = IteratorResult<Buffer, MongoOutcome>;

/** Replayed from the start for every message, and for the outcome: so it stays pure. */
function replay(
  place: MongoPlace,
  command: BsonDocument,
  answers: readonly Buffer[],
  nonce: string,
): Step {
  const speech = speak(place, command, nonce);
  let step: Step = speech.next();
  for (const answer of answers) {
    if (step.done) return step;
    const read = readReply(answer);
    if (!read) return { done: true, value: { kind: 'not-mongodb' } };
    step = speech.next(read);
  }
  return step;
}

/** The conversation that logs in and gives `command`, on the account's database. */
export function mongoConversation(place: MongoPlace, command: BsonDocument): Conversation {
  return {
    next(answers, nonce) {
      const step = replay(place, command, answers, nonce);
      return step.done ? undefined : step.value;
    },
    lengthOf: replyLength,
  };
}

/** The node's own sshd could not even try: it does not know the name, or the way. */
export function reached({ outcome, reason }: ConnectResult): ConnectResult['outcome'] {
  return reason === 'open-failed' ? 'silent' : outcome;
}

/** What came of it; `silent` and `unmeasured` say why it was never held. */
export type MongoAnswer =
  | MongoOutcome
  | { readonly kind: 'refused' | 'silent' }
  | { readonly kind: 'unmeasured'; readonly why: string };

export function mongoAnswer(
  place: MongoPlace,
  command: BsonDocument,
  measured: Measured | undefined,
): MongoAnswer {
  if (measured?.kind !== 'connect') return { kind: 'unmeasured', why: measured?.kind ?? 'nothing' };
  const { reason, said } = measured;
  const outcome = reached(measured);
  if (outcome === 'refused' || outcome === 'silent') return { kind: outcome };
  if (outcome === 'unmeasured' || !said) return { kind: 'unmeasured', why: reason };
  return spoken(place, command, said);
}

function spoken(place: MongoPlace, command: BsonDocument, said: Said): MongoAnswer {
  const step = replay(place, command, said.answers, said.nonce);
  if (step.done) return step.value;
  if (said.broken === 'answer-timeout') return { kind: 'silent' };
  // whoever closes on the first word, or answers in another tongue, is no MongoDB of the driver's time
  const isForeign = said.broken === 'not-an-answer' || said.answers.length === 0;
  if (isForeign) return { kind: 'not-mongodb' };
  return { kind: 'unmeasured', why: said.broken ?? 'nothing' };
}
