import { readFileSync } from 'node:fs';
import { parseFacts } from '../../source/engine/facts/parse.ts';
import type { InterfaceFacts, Ipv4Address, NodeFacts, NodeName } from '../../source/model/index.ts';
import {
  type Answers,
  answered,
  beginJourney,
  type Found,
  type Journey,
  type Look,
  looked,
  next,
  placeNodes,
  type QuestionId,
  type SeenKeys,
  type Step,
} from '../../source/questions/index.ts';

const BARE = readFileSync(
  new URL('../engine/fixtures/facts-bookworm-bare.txt', import.meta.url),
  'utf8',
);

/** What a machine of the lab printed, with other interfaces: `eth0 10.0.4.20/24`. */
export function machine(hostname: string, ...interfaces: readonly string[]): NodeFacts {
  const facts = parseFacts('x' as NodeName, BARE, { sentAtMs: 0, receivedAtMs: 0 });
  return {
    ...facts,
    hostname,
    interfaces: interfaces.map((text, index): InterfaceFacts => {
      const [name = '', place = ''] = text.split(' ');
      const [address, length] = place.split('/');
      return {
        name: name as never,
        mac: `02:00:00:00:${hostname.length}${index}:${(address ?? '').split('.')[3]?.slice(-2).padStart(2, '0')}`,
        up: true,
        addresses: [{ address: address as Ipv4Address, prefixLength: Number(length) }],
      };
    }),
  };
}

export const pairOfLab = [
  machine('iam-1', 'eth0 10.0.4.20/24'),
  machine('iam-2', 'eth0 10.0.4.21/24'),
] as const;

/** What the world answers in a test: a step that is not answered here fails it. */
export interface World {
  readonly go?: 'usable' | 'missing';
  readonly sessions?: readonly string[];
  /** The machines, in the order of the ways; a function decides anew at each look. */
  readonly facts?: readonly NodeFacts[] | ((look: Extract<Look, { at: 'nodes' }>) => Found);
  readonly user?: string;
  readonly taken?: Readonly<Record<string, 'stranger' | 'node'>>;
  readonly paths?: readonly string[];
  readonly before?: Answers;
  readonly keys?: SeenKeys;
}

function find(world: World, look: Look): Found {
  switch (look.at) {
    case 'here': {
      const { go = 'usable', sessions = [] } = world;
      const version = go === 'usable' ? { goVersion: '1.26.8' } : {};
      return { at: 'here', here: { go, sessions, home: '/home/op', ...version } };
    }
    case 'ways':
      return { at: 'ways', ...(world.user !== undefined && { user: world.user }) };
    case 'address':
      return { at: 'address', use: world.taken?.[look.address] ?? 'free' };
    case 'keys':
      return { at: 'keys', keys: world.keys ?? { kind: 'missing', places: ['~/.tccli'] } };
    case 'path':
      return { at: 'path', isThere: world.paths?.includes(look.path) ?? false };
    case 'nodes': {
      const { facts = pairOfLab } = world;
      if (typeof facts === 'function') return facts(look);
      const reached = look.ways.map((way, index) => ({ way, facts: facts[index] as NodeFacts }));
      const placed = placeNodes(reached);
      return 'code' in placed
        ? { at: 'nodes', problem: placed }
        : { at: 'nodes', nodes: placed, free: '10.0.4.99' as Ipv4Address };
    }
  }
}

export interface Travelled {
  readonly journey: Journey;
  readonly asked: readonly QuestionId[];
  readonly step: Exclude<Step, { kind: 'look' }>;
}

/**
 * Goes on until a question that `answers` does not answer, or the review. A list answers a question
 * each time it is asked; an answer that its own check refuses is an error of the test.
 */
export function travel(
  world: World,
  answers: Readonly<Partial<Record<QuestionId, string | readonly string[]>>> = {},
  from: Journey = beginJourney(world.before),
): Travelled {
  let journey = from;
  const asked: QuestionId[] = [];
  for (let turn = 0; turn < 100; turn++) {
    const step = next(journey);
    if (step.kind === 'look') {
      journey = looked(journey, step.look, find(world, step.look));
      continue;
    }
    if (step.kind === 'review') return { journey, asked, step };
    const { id, offered, check } = step.question;
    const given = answers[id];
    const nth = asked.filter((one) => one === id).length;
    asked.push(id);
    const answer =
      typeof given === 'string' && nth === 0
        ? given
        : Array.isArray(given)
          ? given[nth]
          : undefined;
    const said = answer ?? (given === undefined && nth === 0 ? offered?.value : undefined);
    if (said === undefined) return { journey, asked, step };
    const wrong = check(said);
    if (wrong) throw new Error(`${id} refuses ${said}: ${wrong.code}`);
    journey = answered(journey, id, said);
  }
  throw new Error('no end');
}

export const NODES = { nodes: '10.0.4.20 10.0.4.21' } as const;
