import { DEFAULT_IAM_VERSION } from '../cluster/index.ts';
import {
  isDomain,
  type Message,
  message,
  type NodeName,
  numberToAddress,
  subnetRange,
} from '../model/index.ts';
import { likelyMover, regionOfNodes } from './in-cloud.ts';
import type { Journey, QuestionId, SeenNode } from './types.ts';
import { waysOf, wordsOf } from './ways.ts';

/** A value that nobody has chosen, and why it is likely right. */
export interface Default {
  readonly value: string;
  readonly because: Message;
}

/** On what the look at the machines depends: how they are reached, and as whom. */
export function machinesKey(journey: Journey): string {
  const { nodes = '' } = journey.answers;
  return [nodes, settled(journey, 'login'), settled(journey, 'key')].join('\n');
}

/** The machines as they were found; none before they were looked at, or when others are named since. */
export function seenNodes(journey: Journey): readonly SeenNode[] {
  const { nodes } = journey.seen;
  return nodes?.kind === 'found' && nodes.of === machinesKey(journey) ? nodes.nodes : [];
}

/** `10.0.4.0/24`. */
export function subnetText({ address, prefixLength }: SeenNode): string {
  return `${numberToAddress(subnetRange(address, prefixLength)[0])}/${prefixLength}`;
}

const BASE_NAME = 'iam-prod';

function defaultName({ seen }: Journey): Default {
  const taken = seen.here?.sessions ?? [];
  const names = [BASE_NAME, ...taken.map((_, index) => `${BASE_NAME}-${index + 2}`)];
  const value = names.find((name) => !taken.includes(name)) ?? BASE_NAME;
  return { value, because: message('init-because-name') };
}

function defaultLogin({ seen }: Journey): Default {
  const user = seen.ways?.user;
  return user === undefined
    ? { value: 'root', because: message('init-because-login-root') }
    : { value: user, because: message('init-because-login-config', { user }) };
}

function defaultVip(journey: Journey): Default | undefined {
  const { nodes } = journey.seen;
  const [first] = seenNodes(journey);
  const value = nodes?.kind === 'found' ? nodes.free : undefined;
  if (!first || value === undefined) return undefined;
  const params = { node: first.name, nic: first.nic, subnet: subnetText(first), address: value };
  return { value, because: message('init-because-vip', params) };
}

const DATABASES = ['mariadb', 'redis-server', 'redis'];

function defaultData(journey: Journey): Default | undefined {
  const nodes = seenNodes(journey);
  const busy = nodes.find(({ running }) => running.some((unit) => DATABASES.includes(unit)));
  const [first] = nodes;
  if (!first) return undefined;
  if (!busy) return { value: first.name, because: message('init-because-data-first') };
  const what = busy.running.filter((unit) => DATABASES.includes(unit)).join(', ');
  return {
    value: busy.name,
    because: message('init-because-data-running', { node: busy.name, daemons: what }),
  };
}

/** The second domain, where the first one has a label that says which it is. */
export function authzFrom(api: string): string | undefined {
  const labels = api.split('.');
  const at = labels.findIndex((label) => /^(iam-)?api(server)?$/.test(label));
  if (at < 0) return undefined;
  const found = labels.with(at, (labels[at] ?? '').replace(/api(server)?$/, 'authz')).join('.');
  return isDomain(found) ? found : undefined;
}

function defaultAuthz(journey: Journey): Default {
  const api = settled(journey, 'api');
  const derived = authzFrom(api);
  const value = derived ?? `authz.${api.split('.').slice(1).join('.') || api}`;
  return { value, because: message('init-because-authz', { api }) };
}

function defaultSource({ seen }: Journey): Default {
  const { go = 'missing', goVersion = '' } = seen.here ?? {};
  if (go !== 'usable') return { value: 'directory', because: message('init-because-no-go') };
  const params = { version: DEFAULT_IAM_VERSION, go: goVersion };
  return { value: 'go', because: message('init-because-go', params) };
}

/** Where nobody knows it, it is asked; where the machines say it, the file need not. */
function defaultRegion(journey: Journey): Default | undefined {
  const value = journey.seen.keys?.region;
  const isSaid = regionOfNodes(seenNodes(journey)) !== undefined;
  if (value === undefined || isSaid) return undefined;
  return { value, because: message('init-because-region') };
}

type DefaultOf = (journey: Journey) => Default | undefined;

const fixed = (value: string, code: string): DefaultOf => {
  const found = { value, because: message(code) };
  return () => found;
};

const DEFAULTS: Readonly<Record<QuestionId, DefaultOf>> = {
  name: defaultName,
  nodes: () => undefined,
  login: defaultLogin,
  key: fixed('', 'init-because-key'),
  vip: defaultVip,
  cloud: (journey) => likelyMover(seenNodes(journey)),
  region: defaultRegion,
  eip: fixed('new', 'init-because-eip'),
  bandwidth: fixed('5', 'init-because-bandwidth'),
  eipAddress: () => undefined,
  securityGroups: fixed('leave', 'init-because-securitygroups'),
  data: defaultData,
  mariadb: () => undefined,
  mariadbAdmin: fixed('root', 'init-because-mariadb-admin'),
  redis: () => undefined,
  api: fixed('iam.api.marmotedu.com', 'init-because-api'),
  authz: defaultAuthz,
  source: defaultSource,
  sourcePath: () => undefined,
  sha256: () => undefined,
  profile: fixed('balanced', 'init-because-profile'),
  firewall: fixed('nodes-only', 'init-because-firewall'),
  adminPassword: fixed('generate', 'init-because-admin-password'),
  alerts: fixed('none', 'init-because-alerts'),
};

/** What a question offers, if it can offer anything: what the file said before, else the default. */
export function defaultOf(journey: Journey, id: QuestionId): Default | undefined {
  const before = journey.before[id];
  if (before !== undefined && isStillPossible(journey, id, before))
    return { value: before, because: message('init-because-before') };
  return DEFAULTS[id](journey);
}

/** A file may have been written for other machines, or where there was a Go. */
function isStillPossible(journey: Journey, id: QuestionId, before: string): boolean {
  if (id === 'data') {
    const names: readonly string[] = seenNodes(journey).map(({ name }) => name);
    return before === 'elsewhere' || names.includes(before);
  }
  if (id === 'region') {
    const said = regionOfNodes(seenNodes(journey));
    return said === undefined || said === before;
  }
  return id !== 'source' || before !== 'go' || journey.seen.here?.go === 'usable';
}

/** The answer, else what is offered; empty where there is neither. */
export function settled(journey: Journey, id: QuestionId): string {
  return journey.answers[id] ?? defaultOf(journey, id)?.value ?? '';
}

/** Names of the nodes in the file's order: as they were found, else as they are counted. */
export function nodeNames(journey: Journey): readonly NodeName[] {
  const seen = seenNodes(journey);
  if (seen.length > 0) return seen.map(({ name }) => name);
  const count = waysOf(settled(journey, 'nodes')).length;
  return Array.from({ length: count }, (_, index) => `iam-${index + 1}` as NodeName);
}

/** The answer to a question as it is kept: one blank between the words of a list, none around. */
export function normalAnswer(id: QuestionId, answer: string): string {
  if (id === 'nodes') return wordsOf(answer).join(' ');
  const trimmed = answer.trim();
  return id === 'api' || id === 'authz' ? trimmed.toLowerCase().replace(/\.$/, '') : trimmed;
}
