import { isIpv4Address, message, type Problem, problem } from '../model/index.ts';
import { answerProblem } from './check.ts';
import { choicesOf, tableOf } from './choices.ts';
import { isCloudAsked, isRegionAsked } from './cloud-part.ts';
import { reviewOf } from './review.ts';
import type { Answers, Found, Journey, Look, Question, QuestionId, Step } from './types.ts';
import { authzFrom, defaultOf, machinesKey, normalAnswer, settled } from './values.ts';
import { waysOf } from './ways.ts';

/** At the beginning of the way. `before`: what a file that is there already says. */
export function beginJourney(before: Answers = {}): Journey {
  return { answers: {}, seen: {}, before };
}

function withAnswer(journey: Journey, id: QuestionId, answer: string): Journey {
  return { ...journey, answers: { ...journey.answers, [id]: normalAnswer(id, answer) } };
}

/** The question, as the answers and what was seen make it now. */
export function questionFor(journey: Journey, id: QuestionId): Question {
  const choices = choicesOf(journey, id);
  const table = tableOf(journey, id);
  // what was refused is not what Enter should say again
  const own = problemWith(journey, id) ? undefined : journey.answers[id];
  const found = defaultOf(journey, id);
  const offered =
    own === undefined ? found : { value: own, because: message('init-because-answered') };
  return {
    id,
    kind: choices ? 'choice' : id === 'nodes' ? 'list' : 'text',
    title: message(`init-ask-${id.toLowerCase()}`),
    why: message(`init-why-${id.toLowerCase()}`),
    ...(choices && { choices }),
    ...(table && { table }),
    ...(offered && offered.value !== '' && { offered }),
    check: (answer) => problemWith(withAnswer(withoutRefusals(journey), id, answer), id),
  };
}

function problemWith(journey: Journey, id: QuestionId): Problem | null {
  const answer = journey.answers[id] ?? '';
  const choices = choicesOf(journey, id);
  if (choices && !choices.some(({ value }) => value === answer))
    return problem('init-not-a-choice', { found: answer });
  return answerProblem(journey, id);
}

/** What spoke against an answer may have been mended since: it is looked at again. */
function withoutRefusals({ seen, ...others }: Journey): Journey {
  const { nodes, addresses = {}, paths = {}, ...kept } = seen;
  const isGood = ([, found]: readonly [string, unknown]) => found === true || found === 'free';
  return {
    ...others,
    seen: {
      ...kept,
      ...(nodes?.kind === 'found' && { nodes }),
      addresses: Object.fromEntries(Object.entries(addresses).filter(isGood)),
      paths: Object.fromEntries(Object.entries(paths).filter(isGood)),
    },
  };
}

function withoutKey(journey: Journey): Journey {
  const { key: _, ...answers } = journey.answers;
  return { ...journey, answers };
}

/** After `check` found nothing wrong. */
export function answered(journey: Journey, id: QuestionId, answer: string): Journey {
  const { nodes } = journey.seen;
  const isShutOut = nodes?.kind === 'refused' && nodes.problem.code === 'auth-refused';
  // another user may be let in by the keys that ssh itself uses
  const isOther = id === 'login' || id === 'nodes';
  const kept = isOther && isShutOut ? withoutKey(journey) : journey;
  return withAnswer(withoutRefusals(kept), id, answer);
}

/** After a look. */
export function looked(journey: Journey, look: Look, found: Found): Journey {
  const { seen } = journey;
  const see = (more: Journey['seen']): Journey => ({ ...journey, seen: { ...seen, ...more } });
  if (found.at === 'here') return see({ here: found.here });
  if (found.at === 'ways')
    return see({
      ways: { of: nodesKey(journey), ...(found.user !== undefined && { user: found.user }) },
    });
  if (found.at === 'path' && look.at === 'path')
    return see({ paths: { ...seen.paths, [`${look.kind} ${look.path}`]: found.isThere } });
  if (found.at === 'keys') return see({ keys: found.keys });
  if (found.at === 'address' && look.at === 'address')
    return see({ addresses: { ...seen.addresses, [look.address]: found.use } });
  if (found.at !== 'nodes') return journey;
  const of = machinesKey(journey);
  if ('problem' in found) return see({ nodes: { of, kind: 'refused', problem: found.problem } });
  const free = found.free === undefined ? {} : { [found.free]: 'free' as const };
  // another network may have another machine at the same address
  return see({ nodes: { of, kind: 'found', ...found }, addresses: free });
}

/** On what the look at ssh's configuration depends. */
const nodesKey = ({ answers }: Journey) => answers.nodes ?? '';

const hasAnswer = ({ answers }: Journey, id: QuestionId) => answers[id] !== undefined;

/** Which question a refusal is about; the machines themselves where nothing else is said. */
function askedAgain(journey: Journey, { code }: Problem): QuestionId {
  if (code.startsWith('key-')) return 'key';
  // users that were typed with the addresses can only be changed there
  const user = namesEveryUser(journey) ? 'nodes' : 'login';
  // first the key, which is the likelier mistake; then the user, and so on in turn
  if (code === 'auth-refused') return hasAnswer(journey, 'key') ? user : 'key';
  return code.startsWith('sudo-') || code === 'password-expired' ? user : 'nodes';
}

const namesEveryUser = (journey: Journey) =>
  waysOf(nodesKey(journey)).every(({ user }) => user !== undefined);

type Stage = (journey: Journey) => Step | undefined;

/** Asked if nobody has answered, and again when what was seen since speaks against the answer. */
const asks =
  (id: QuestionId): Stage =>
  (journey) => {
    const question = questionFor(journey, id);
    if (!hasAnswer(journey, id)) return { kind: 'ask', question };
    const wrong = problemWith(journey, id);
    return wrong ? { kind: 'ask', question, problem: wrong } : undefined;
  };

const when =
  (isSo: (journey: Journey) => boolean, ...stages: readonly Stage[]): Stage =>
  (journey) =>
    isSo(journey) ? first(stages, journey) : undefined;

function first(stages: readonly Stage[], journey: Journey): Step | undefined {
  for (const stage of stages) {
    const step = stage(journey);
    if (step) return step;
  }
  return undefined;
}

const looksHere: Stage = ({ seen }) =>
  seen.here ? undefined : { kind: 'look', look: { at: 'here' } };

const looksAtWays: Stage = (journey) =>
  journey.seen.ways?.of === nodesKey(journey)
    ? undefined
    : { kind: 'look', look: { at: 'ways', ways: waysOf(nodesKey(journey)) } };

/** Every machine's user is named already: with its address, or in ssh's own configuration. */
const isLoginKnown = (journey: Journey) =>
  !hasAnswer(journey, 'login') &&
  (journey.seen.ways?.user !== undefined || namesEveryUser(journey));

const looksAtNodes: Stage = (journey) => {
  const { nodes } = journey.seen;
  if (nodes?.of === machinesKey(journey)) {
    if (nodes.kind === 'found') return undefined;
    const { problem: why } = nodes;
    // the same machines and the same user may do when something was mended; a file that is no key will not
    const again = why.code.startsWith('key-') ? withoutKey(journey) : journey;
    return { kind: 'ask', question: questionFor(again, askedAgain(journey, why)), problem: why };
  }
  const key = settled(journey, 'key');
  const ways = waysOf(nodesKey(journey));
  const session = settled(journey, 'name');
  const user = settled(journey, 'login');
  const look: Look = {
    at: 'nodes',
    ways,
    session,
    user,
    // an empty key is an answer: the operator has none
    byPassword: journey.answers.key === '',
    ...(key !== '' && { identityFile: key }),
  };
  return { kind: 'look', look };
};

const looksAtVip: Stage = (journey) => {
  const address = journey.answers.vip;
  if (address === undefined || !isIpv4Address(address)) return undefined;
  if (journey.seen.addresses?.[address] !== undefined) return undefined;
  return { kind: 'look', look: { at: 'address', address } };
};

const looksAtPath: Stage = (journey) => {
  const path = journey.answers.sourcePath;
  const kind = settled(journey, 'source') === 'archive' ? 'file' : 'directory';
  const isElsewhere = path?.startsWith('https://');
  if (path === undefined || isElsewhere || journey.seen.paths?.[`${kind} ${path}`] !== undefined)
    return undefined;
  return { kind: 'look', look: { at: 'path', path, kind } };
};

const looksAtKeys: Stage = ({ seen }) =>
  seen.keys ? undefined : { kind: 'look', look: { at: 'keys' } };

const isChosen = (id: QuestionId, value: string) => (journey: Journey) =>
  settled(journey, id) === value;

/** The way: what can be looked at is not asked, and what has a good default is in the review. */
const WAY: readonly Stage[] = [
  looksHere,
  asks('name'),
  asks('nodes'),
  looksAtWays,
  when((journey) => !isLoginKnown(journey), asks('login')),
  looksAtNodes,
  // a typed address is looked at first: only then is it known whether somebody has it
  when((journey) => hasAnswer(journey, 'vip') && !problemWith(journey, 'vip'), looksAtVip),
  asks('vip'),
  when(isCloudAsked, asks('cloud')),
  when(isChosen('cloud', 'tencent'), looksAtKeys, when(isRegionAsked, asks('region'))),
  when(
    (journey) => !isChosen('cloud', 'none')(journey),
    asks('eip'),
    when(
      (journey) => isChosen('eip', 'new')(journey) && hasAnswer(journey, 'bandwidth'),
      asks('bandwidth'),
    ),
    when(isChosen('eip', 'existing'), asks('eipAddress')),
  ),
  when(isChosen('cloud', 'tencent'), asks('securityGroups')),
  asks('data'),
  when(isChosen('data', 'elsewhere'), asks('mariadb'), asks('mariadbAdmin'), asks('redis')),
  asks('api'),
  when(
    (journey) => authzFrom(settled(journey, 'api')) === undefined || hasAnswer(journey, 'authz'),
    asks('authz'),
  ),
  when(
    (journey) => journey.seen.here?.go !== 'usable' || hasAnswer(journey, 'source'),
    asks('source'),
  ),
  when((journey) => settled(journey, 'source') !== 'go', looksAtPath, asks('sourcePath')),
  when(isChosen('source', 'archive'), asks('sha256')),
  asks('profile'),
];

/** What comes next: the first thing on the way that is not settled; then the review. */
export function next(journey: Journey): Step {
  return first(WAY, journey) ?? reviewOf(journey);
}
