import { stringify } from 'yaml';
import { parseCluster } from '../cluster/index.ts';
import { isHostInSubnet, isIpv4Address, type Problem, problem } from '../model/index.ts';
import { draftOf } from './draft.ts';
import type { Journey, QuestionId } from './types.ts';
import { seenNodes, settled, subnetText } from './values.ts';
import { waysOf } from './ways.ts';

/** The fields of the cluster file that an answer decides. */
const FIELDS: Readonly<Partial<Record<QuestionId, readonly string[]>>> = {
  name: ['name'],
  nodes: ['nodes'],
  login: ['ssh.user'],
  key: ['ssh.identityFile'],
  vip: ['vip.address'],
  region: ['cloud.region'],
  bandwidth: ['cloud.eip'],
  eipAddress: ['cloud.eip'],
  mariadb: ['databases.mariadb.host', 'databases.mariadb.port'],
  mariadbAdmin: ['databases.mariadb.adminUser'],
  redis: ['databases.redis.host', 'databases.redis.port'],
  api: ['domains'],
  authz: ['domains'],
  sourcePath: ['iam.source'],
  sha256: ['iam.source'],
};

const isPartOf = (field: string, parent: string) =>
  field === parent || field.startsWith(`${parent}.`) || field.startsWith(`${parent}[`);

/** What the schema of the cluster file says against the answers' part of the file. */
function schemaProblem(journey: Journey, id: QuestionId): Problem | null {
  const parsed = parseCluster(stringify(draftOf(journey)), '');
  if (parsed.ok) return null;
  const fields = FIELDS[id] ?? [];
  const found = parsed.problems.find(({ field = '' }) =>
    fields.some((parent) => isPartOf(field, parent)),
  );
  // there is no file yet: a place in it would lead nowhere
  return found ? problem(found.code, { ...found.params, field: '' }) : null;
}

function onlyOne(answer: string): Problem | null {
  const [only, ...more] = waysOf(answer);
  return only && more.length === 0 ? problem('init-one-server', { found: only.host }) : null;
}

/** Numbers with dots that are no address would be taken for a name, and be looked up in vain. */
function notAnAddress(answer: string): Problem | null {
  const odd = waysOf(answer).find(({ host }) => /^[\d.]+$/.test(host) && !isIpv4Address(host));
  return odd ? problem('invalid-address', { found: odd.host, field: '' }) : null;
}

/** What was seen says against an address for the VIP. */
function vipProblem(journey: Journey, answer: string): Problem | null {
  const nodes = seenNodes(journey);
  const [first] = nodes;
  if (!first || !isIpv4Address(answer)) return null;
  const owner = nodes.find(({ address, way }) => address === answer || way.host === answer);
  if (owner) return problem('vip-is-a-node', { found: answer, other: owner.name, field: '' });
  if (!isHostInSubnet(answer, first.address, first.prefixLength)) {
    const params = { vip: answer, subnet: subnetText(first), node: first.name, nic: first.nic };
    return problem('init-vip-outside', params);
  }
  const use = journey.seen.addresses?.[answer];
  if (use === 'stranger' || use === 'node')
    return problem(`init-vip-taken-${use}`, { vip: answer, node: first.name });
  return null;
}

function pathProblem(journey: Journey, answer: string): Problem | null {
  const kind = settled(journey, 'source') === 'archive' ? 'file' : 'directory';
  const isThere = journey.seen.paths?.[`${kind} ${answer}`];
  return isThere === false ? problem(`init-no-${kind}`, { found: answer }) : null;
}

/**
 * What is wrong with an answer, by what was seen and by the schema of the cluster file; each of
 * several choices is right by itself.
 *
 * @param journey with the answer in it
 */
export function answerProblem(journey: Journey, id: QuestionId): Problem | null {
  const answer = journey.answers[id] ?? '';
  const missing = answer === '' && id !== 'key';
  if (missing) return problem('init-answer-missing');
  if (id === 'key' && answer === '') return null;
  if (id === 'nodes') return notAnAddress(answer) ?? onlyOne(answer) ?? schemaProblem(journey, id);
  if (id === 'vip')
    return isIpv4Address(answer)
      ? (vipProblem(journey, answer) ?? schemaProblem(journey, id))
      : problem('invalid-address', { found: answer, field: '' });
  if (id === 'sourcePath') return schemaProblem(journey, id) ?? pathProblem(journey, answer);
  return schemaProblem(journey, id);
}
