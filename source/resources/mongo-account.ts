import {
  type Content,
  content,
  mapSecret,
  message,
  type NodeName,
  type Planned,
  problem,
  quote,
  type Resource,
  type Secret,
} from '../model/index.ts';
import { settled } from './planned.ts';

export interface MongoAccountOptions {
  readonly node: NodeName;
  /** MongoDB's own client, on the PATH. */
  readonly client: string;
  readonly port: number;
  readonly database: string;
  readonly user: string;
  readonly password: Secret;
  /** Makes accounts, and nothing else; it is the first of all, which MongoDB lets this machine make. */
  readonly administrator: { readonly user: string; readonly password: Secret };
  readonly explainedBy?: readonly string[];
}

const ID = 'mongodb-account';

/** The account that may read and write one database of a MongoDB on the node. */
export function mongoAccount(options: MongoAccountOptions): Resource {
  const { node, user: account, database } = options;
  const params = { account, database };
  return {
    id: ID,
    node,
    probe: content`command -v ${quote(options.client)} >/dev/null || exit 0\n${said(options, [asks(options)])}true\n`,
    plan: ({ stdout }): Planned =>
      /^account in$/m.test(stdout)
        ? settled('mongodb-account-there')
        : {
            kind: 'change',
            change: {
              parts: [
                { resource: ID, summary: message('mongodb-account-make', params), effect: 'none' },
              ],
              actions: [{ kind: 'script', node, script: makes(options), timeoutMs: 30_000 }],
              // accounts and records are data
              undo: [{ kind: 'keep', resource: `mongodb:${database}` }],
              drift: problem('mongodb-account-missing', params, { node }),
            },
          },
    ...(options.explainedBy ? { explainedBy: options.explainedBy } : {}),
  };
}

/** Text of JavaScript; the shell of that time takes two of JSON's characters for ends of a line. */
function js(text: string): string {
  return JSON.stringify(text).replaceAll('\u2028', '\\u2028').replaceAll('\u2029', '\\u2029');
}

/** Bash that gives statements to the client, one a line, on its standard input; errors may repeat them. */
function said({ client, port, database }: MongoAccountOptions, lines: readonly Content[]): Content {
  const call = `timeout -k 1 10 ${quote(client)} --quiet --norc ${quote(`127.0.0.1:${port}/${database}`)}`;
  const text = lines.flatMap((line): Content => content`${line}\n`);
  return content`${call} <<'IAMHA_JS' 2>/dev/null | grep -E '^account '\n${text}IAMHA_JS\n`;
}

function asks({ user, password }: MongoAccountOptions): Content {
  const secret = mapSecret(password, js);
  return content`try { print(db.auth(${js(user)}, ${secret}) ? "account in" : "account out") } catch (error) { print("account out") }`;
}

function makes(options: MongoAccountOptions): Content {
  const { user, password, administrator } = options;
  const admin = js(administrator.user);
  const secret = mapSecret(administrator.password, js);
  const roles = '[{ role: "userAdminAnyDatabase", db: "admin" }]';
  const statements = [
    content`var admin = db.getSiblingDB("admin");`,
    content`var enter = function () { try { return admin.auth(${admin}, ${secret}) } catch (error) { return false } };`,
    content`if (!enter()) { try { admin.createUser({ user: ${admin}, pwd: ${secret}, roles: ${roles} }) } catch (error) { } }`,
    content`var isIn = enter();`,
    content`var as = { pwd: ${mapSecret(password, js)}, roles: ["readWrite"] };`,
    content`if (isIn && db.getUser(${js(user)})) { db.updateUser(${js(user)}, as) } else if (isIn) { as.user = ${js(user)}; db.createUser(as) }`,
    content`print(isIn ? "account made" : "account denied");`,
  ];
  return content`set -uo pipefail
for try in {1..40}; do (: </dev/tcp/127.0.0.1/${options.port}) 2>/dev/null && break; sleep 0.25; done
said=$(
${said(options, statements)})
[[ $said == *'account denied'* ]] && { echo '@problem mongodb-account-denied' >&2; exit 11; }
[[ $said == *'account made'* ]]
`;
}
