import { createHmac } from 'node:crypto';
import { TALK, talkTo } from '../../checks/tcp-talk.ts';
import { ports } from '../../cluster/index.ts';
import {
  type Content,
  content,
  type DrillStep,
  mapSecret,
  type NodeName,
  quote,
  type Secret,
  sqlIdentifier,
  sqlSecret,
  sqlString,
} from '../../model/index.ts';
import { sqlFunction, sqlInput } from '../../platforms/sql-script.ts';
import { iamDatabase, type KnownNode, knownNodes } from '../data-tier.ts';
import type { StageInput } from '../stage-input.ts';
import { requestText, SEEN } from './requests.ts';

/** The name of every row that a drill makes in IAM's tables. */
export const PROBE_NAME = 'iam-ha-drill';

/** What the probe's own policy allows. */
export const probeQuestion = {
  subject: PROBE_NAME,
  action: 'ask',
  resource: PROBE_NAME,
  context: {},
};

/** A secret and a policy of IAM's for as long as a drill lasts, and a token signed with the secret. */
export interface ProbeRows {
  readonly token: Secret;
  /** Makes the rows, and waits until every authorisation server has them in memory. */
  readonly prepare: readonly DrillStep[];
  /** Takes the rows away, as soon as MariaDB answers. */
  readonly cleanUp: Content;
  /** Exit 0 when no authorisation server has them in memory any more. */
  readonly forgotten: readonly DrillStep[];
}

const TIMEOUT_MS = 30_000;

/**
 * Written by SQL and not through the API: the secret's key is known before, so the token can be
 * signed here; and the data node takes the rows away by itself if we die.
 */
export function probeRows(input: StageInput, data: KnownNode): ProbeRows {
  const key = mapSecret(input.secrets.jwtKey, (jwtKey) =>
    createHmac('sha256', jwtKey).update(PROBE_NAME).digest('hex').slice(0, 32),
  );
  const token = mapSecret(key, authzToken);
  const nodes = knownNodes(input).filter(({ node }) => node.roles.includes('backend'));
  const sql = sqlFunction({ client: data.platform.clients.mariadb });
  const tell = tellScript(input, data, nodes.length);
  const step = (node: NodeName, script: Content) => ({ node, script, timeoutMs: TIMEOUT_MS });
  const asked = (expected: string) =>
    nodes.map(({ node }) => step(node.name, within(ask(token, expected))));
  return {
    token,
    prepare: [
      step(
        data.node.name,
        content`${sql}${sqlInput('sql', insertRows(key))}[ $? = 0 ] || exit\n${tell}`,
      ),
      ...asked('200 allowed'),
    ],
    cleanUp: content`${sql}remove() {\n${sqlInput('sql 2>/dev/null', deleteRows)}}\nfor try in {1..60}; do remove && break; sleep 0.5; done\n`,
    forgotten: [step(data.node.name, tell), ...asked('401 100202')],
  };
}

function table(name: string): string {
  return `${sqlIdentifier(iamDatabase.database)}.${sqlIdentifier(name)}`;
}

/** A policy's deletion is recorded in `policy_audit` by a trigger. */
const deleteRows: Content = ['policy', 'policy_audit', 'secret'].map(
  (name) => `DELETE FROM ${table(name)} WHERE name = ${sqlString(PROBE_NAME)};\n`,
);

function insertRows(key: Secret): Content {
  const policy = JSON.stringify({
    id: '',
    description: 'iam-ha-wizard drill',
    subjects: [PROBE_NAME],
    effect: 'allow',
    resources: [PROBE_NAME],
    actions: ['ask'],
    conditions: {},
    meta: null,
  });
  const name = sqlString(PROBE_NAME);
  return content`${deleteRows}INSERT INTO ${table('secret')} (instanceID, name, username, secretID, secretKey, expires, description, extendShadow) VALUES (${name}, ${name}, 'admin', ${name}, ${sqlSecret(key)}, 0, ${name}, '{}');
INSERT INTO ${table('policy')} (instanceID, name, username, policyShadow, extendShadow) VALUES (${name}, ${name}, 'admin', ${sqlString(policy)}, '{}');`;
}

/** 2100-01-01: the row is gone long before. */
const EXPIRES = 4_102_444_800;

/** A token of IAM's authorisation API: its audience is IAM's own word, whatever the domain is. */
function authzToken(key: string): string {
  const parts = [
    { alg: 'HS256', typ: 'JWT', kid: PROBE_NAME },
    { aud: 'iam.authz.marmotedu.com', exp: EXPIRES, iss: PROBE_NAME },
  ].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
  const signed = parts.join('.');
  return `${signed}.${createHmac('sha256', key).update(signed).digest('base64url')}`;
}

/**
 * Makes every authorisation server read secrets and policies again: the only message that they
 * listen for. Exits 0 when all of them have heard it.
 */
function tellScript({ secrets }: StageInput, { node }: KnownNode, count: number): Content {
  const word = (text: string) => `$${Buffer.byteLength(text)}\r\n${text}\r\n`;
  const auth = mapSecret(secrets.redisPassword, (text) =>
    quote(`*2\r\n${word('AUTH')}${word(text)}`),
  );
  const message = ['PUBLISH', 'iam.cluster.notifications', '{"command":"PolicyChanged"}'];
  const rest = quote(`*3\r\n${message.map(word).join('')}*1\r\n${word('QUIT')}`);
  return content`${TALK}said=$({ printf '%s' ${auth} ${rest}; } | talk ${node.address} ${ports.redis})
[[ $said =~ :([0-9]+) ]] && ((\${BASH_REMATCH[1]} >= ${count}))\n`;
}

function ask(token: Secret, expected: string): Content {
  const request = { method: 'POST', path: '/v1/authz', token, body: probeQuestion } as const;
  const talk = talkTo('127.0.0.1', ports.authzServer, requestText('127.0.0.1', request));
  return content`${SEEN}asked() {\n{ ${talk}} | seen authz\n}\nexpected=${quote(`seen authz ${expected}`)}\n`;
}

/** They look for news once a second. */
function within(asked: Content): Content {
  return content`${asked}for try in {1..40}; do [ "$(asked)" = "$expected" ] && exit 0; sleep 0.2; done\nasked >&2; exit 1\n`;
}
