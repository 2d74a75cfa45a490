import { Document, isMap, isScalar, isSeq, type Node, type Pair, type YAMLMap } from 'yaml';
import { type Message, message } from '../model/index.ts';
import { type Language, renderMessage, wrap } from '../text/index.ts';
import { draftOf } from './draft.ts';
import { type ProfileName, profileOutages } from './profile-costs.ts';
import type { Journey } from './types.ts';
import { nodeNames, settled } from './values.ts';

export { variablesOf } from './draft.ts';

/** A comment's line, `# ` included. */
const WIDTH = 78;

function commentOf(text: Message, language: Language): string {
  return renderMessage(text, language)
    .split('⏎')
    .flatMap((part) => wrap(part.trim(), WIDTH - 2))
    .map((line) => ` ${line}`)
    .join('\n');
}

/** What stands above each setting, by its path. */
function comments(journey: Journey): Readonly<Record<string, Message>> {
  const profile = settled(journey, 'profile') as ProfileName;
  const isElsewhere = settled(journey, 'data') === 'elsewhere';
  return {
    name: message('init-comment-name'),
    ssh: message('init-comment-ssh'),
    nodes: message(isElsewhere ? 'init-comment-nodes-elsewhere' : 'init-comment-nodes'),
    domains: message('init-comment-domains'),
    iam: message('init-comment-iam'),
    databases: message(isElsewhere ? 'init-comment-databases-there' : 'init-comment-databases'),
    vip: message('init-comment-vip'),
    'vip.vrid': message('init-comment-vrid'),
    'vip.profile': message(
      'init-comment-profile',
      profileOutages(profile, nodeNames(journey).length),
    ),
    firewall: message('init-comment-firewall'),
    cloud: message(`init-comment-cloud-${settled(journey, 'cloud')}`),
    alerts: message('init-comment-alerts'),
  };
}

function addComments(map: YAMLMap, path: string, texts: Readonly<Record<string, string>>): void {
  for (const pair of map.items as readonly Pair<Node, Node | null>[]) {
    if (!isScalar(pair.key)) continue;
    const at = path ? `${path}.${String(pair.key.value)}` : String(pair.key.value);
    const text = texts[at];
    if (text !== undefined) pair.key.commentBefore = text;
    if (!path && text !== undefined) pair.key.spaceBefore = true;
    if (isMap(pair.value)) addComments(pair.value, at, texts);
  }
}

/** A node, a source, a cloud: each on a line of its own. */
function flatten(document: Document): void {
  const nodes = document.get('nodes', true);
  const inLine = [
    ...(isSeq(nodes) ? nodes.items : []),
    document.getIn(['iam', 'source'], true),
    document.get('cloud', true),
  ];
  for (const one of inLine) if (isMap(one)) one.flow = true;
}

/** The cluster file as a person reads it: every value, with what it means above it. */
export function clusterFileOf(journey: Journey, language: Language): string {
  const document = new Document(draftOf(journey));
  const texts = Object.fromEntries(
    Object.entries(comments(journey)).map(([at, text]) => [at, commentOf(text, language)]),
  );
  document.commentBefore = commentOf(message('init-comment-head'), language);
  if (isMap(document.contents)) addComments(document.contents, '', texts);
  flatten(document);
  const text = document.toString({ lineWidth: 0, flowCollectionPadding: true });
  if (settled(journey, 'alerts') !== 'none') return text;
  const hint = commentOf(message('init-comment-no-alerts'), language);
  return `${text}\n${hint.replace(/^/gm, '#')}\n# alerts:\n#   - { kind: wecom, url: env:IAM_ALERT_URL }\n`;
}
