import { dirname } from 'node:path';
import type { HostKeyPrompt } from '../../drivers/ssh/index.ts';
import { EXIT, type Message, message, OperatorError, problem, Secret } from '../../model/index.ts';
import {
  answered,
  beginJourney,
  type Journey,
  type Look,
  looked,
  next,
  questionFor,
  type Step,
} from '../../questions/index.ts';
import { chooseStyle } from '../faces/style.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { stateFolder } from '../open-cluster.ts';
import type { Outcome } from '../outcome.ts';
import { oneAtATime } from '../ssh-options.ts';
import type { Asker } from './asker.ts';
import { createLooker, type Looker } from './looker.ts';
import { review, sayKeys, sayNodes } from './review.ts';
import { lookForFile, type Target, writeFile } from './target.ts';
import { lines, type Speech, words } from './wording.ts';

type InitInvocation = Extract<Invocation, { command: 'init' }>;

/** Asks, looks, shows everything, and writes the cluster file. */
export async function init(io: Io, invocation: InitInvocation): Promise<Outcome> {
  const { terminal } = io;
  if (!terminal) throw new OperatorError(problem('init-needs-terminal'), EXIT.usage);
  const { options } = invocation;
  const speech: Speech = {
    language: io.language,
    style: chooseStyle(true, options.color, io.environment),
    columns: () => terminal.output.columns || 80,
  };
  const isPlain = options.plain || io.environment.TERM === 'dumb';
  const asker = isPlain
    ? (await import('./plain-asker.ts')).plainAsker(terminal, speech)
    : (await import('./inquirer-asker.ts')).inquirerAsker(terminal, speech);
  try {
    return await converse(io, invocation, asker, speech);
  } finally {
    asker.close();
  }
}

/** The same with whoever asks. */
export async function converse(
  io: Io,
  { file, options }: InitInvocation,
  asker: Asker,
  speech: Speech,
): Promise<Outcome> {
  const target = await lookForFile(file ?? options.cluster ?? 'cluster.yaml');
  const stateDir = stateFolder(options, io.environment);
  const looker = await openLooker(io, options, { asker, speech, target, stateDir });
  try {
    return await travel({ io, asker, looker, speech, target, stateDir });
  } finally {
    await looker.close();
  }
}

function openLooker(
  io: Io,
  { acceptNewHostKeys }: InitInvocation['options'],
  { asker, speech, target, stateDir }: Omit<Travel, 'io' | 'looker'>,
): Promise<Looker> {
  const stop = new AbortController();
  return createLooker({
    folder: dirname(target.file),
    stateDir,
    environment: io.environment,
    acceptNewHostKeys,
    asking: askingBy(asker, speech, stop),
    signal: stop.signal,
  });
}

/** What the way to the file needs at every step. */
export interface Travel {
  readonly io: Io;
  readonly asker: Asker;
  readonly looker: Looker;
  readonly speech: Speech;
  readonly target: Target;
  /** Where the sessions are. */
  readonly stateDir: string;
}

function sayHello({ asker, speech, target }: Travel): void {
  const about = { file: target.shown };
  say(asker, speech, message('init-intro', about));
  if (target.before) say(asker, speech, message('init-there-already', about));
  else if (target.text !== undefined) say(asker, speech, message('init-there-broken', about));
}

async function travel(trip: Travel): Promise<Outcome> {
  sayHello(trip);
  let journey = beginJourney(trip.target.before);
  for (;;) {
    const step = next(journey);
    if (step.kind !== 'review') {
      journey = await take(trip, journey, step);
      continue;
    }
    const chosen = await review(trip, step);
    if (chosen === 'leave') {
      say(trip.asker, trip.speech, message('init-left'));
      return { exitCode: EXIT.failed, quiet: true, fields: { ok: false } };
    }
    if (chosen !== 'write') {
      const question = questionFor(journey, chosen);
      journey = answered(journey, chosen, await trip.asker.ask(question));
    } else if (await writeFile(trip, journey)) {
      return { exitCode: EXIT.done, quiet: true, fields: { ok: true } };
    }
  }
}

async function take(
  { asker, looker, speech }: Travel,
  journey: Journey,
  step: Exclude<Step, { kind: 'review' }>,
): Promise<Journey> {
  if (step.kind === 'ask') {
    const { question } = step;
    return answered(journey, question.id, await asker.ask(question, step.problem));
  }
  const { look } = step;
  const doing = lookText(look);
  if (doing) say(asker, speech, doing);
  const found = await looker.look(look);
  if (found.at === 'nodes' && 'nodes' in found) sayNodes(asker, speech, found.nodes);
  if (found.at === 'keys') sayKeys(asker, speech, found.keys);
  return looked(journey, look, found);
}

/** What takes long enough to be told. */
function lookText(look: Look): Message | undefined {
  if (look.at === 'nodes') {
    const hosts = look.ways.map(({ host }) => host).join(', ');
    return message('init-looking-nodes', { hosts });
  }
  return look.at === 'address'
    ? message('init-looking-address', { address: look.address })
    : undefined;
}

function say(asker: Asker, speech: Speech, text: Message): void {
  asker.say('');
  asker.say(lines(speech, words(speech, text)));
}

/** Machines are entered side by side; a person is asked one thing at a time, and after Ctrl-C nothing more. */
function askingBy(asker: Asker, speech: Speech, stop: AbortController) {
  const inTurn = oneAtATime();
  const ask = <Answer>(question: () => Promise<Answer>) =>
    inTurn(async () => {
      stop.signal.throwIfAborted();
      try {
        return await question();
      } catch (error) {
        stop.abort(error);
        throw error;
      }
    });
  return {
    askHostKey: (key: HostKeyPrompt) => ask(() => askHostKey(asker, speech, key)),
    askSecret: (what: Message) =>
      ask(async () => {
        const typed = await asker.secret(words(speech, what));
        return typed === null || typed === '' ? undefined : new Secret('typed', typed);
      }),
  };
}

/** The fingerprint has a line of its own: it is to be compared with another one, sign by sign. */
function askHostKey(
  asker: Asker,
  speech: Speech,
  { node, host, port, algorithm, fingerprint }: HostKeyPrompt,
): Promise<boolean> {
  say(asker, speech, message('init-host-key', { host, port }));
  asker.say(`  ${algorithm} ${fingerprint}`);
  asker.say(lines(speech, words(speech, message('init-host-key-compare')), '  '));
  return asker.yesNo(words(speech, message('init-host-key-ask', { node })));
}
