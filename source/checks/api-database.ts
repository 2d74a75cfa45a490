import { type ClusterNode, ports } from '../cluster/index.ts';
import {
  appliedCheckId,
  type Check,
  type Content,
  content,
  failed,
  type Measured,
  mapSecret,
  message,
  type NodeName,
  passed,
  problem,
  type Secret,
  type Verdict,
} from '../model/index.ts';
import { LIMITED, unlessSilent } from '../platforms/limited.ts';
import { MARIADB } from '../platforms/sql-script.ts';
import { mariadbCauses } from './database-causes.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { daemonCauses } from './service-daemons.ts';
import { readHttp, readTalks, TALK } from './tcp-talk.ts';
import { forgedToken } from './token-key.ts';

export interface ApiDatabase {
  readonly node: Pick<ClusterNode, 'name' | 'address'>;
  /** The node with the database, if it is one of ours. */
  readonly dataNode: NodeName;
  readonly jwtKey: Secret;
}

/**
 * Whose token asks: nobody's. IAM knows no such user, so the token shows nothing that is anybody's,
 * and still IAM must ask its database before it can say so.
 */
const NOBODY = 'iam-ha-wizard-check';

/**
 * The API server of a node reaches the database. Its /healthz does not tell: that is a fixed answer.
 * Neither does a log-in: that is refused in the same words whether password or database is wrong.
 */
export function apiDatabaseCheck(options: ApiDatabase): Check {
  const { node, dataNode } = options;
  return {
    id: `api-database/${node.name}`,
    node: node.name,
    title: message('check-api-database', { node: node.name }),
    measurements: [onNode(node.name, script(options))],
    judge: ([measured]) => judge(node.name, measured),
    explainedBy: [
      ...daemonCauses(node.name, 'iam-apiserver'),
      `healthz/${node.name}/iam-apiserver`,
      ...mariadbCauses(dataNode),
      `database-login/${node.name}`,
      appliedCheckId(dataNode, 'sql-user:*'),
      appliedCheckId(dataNode, 'schema:iam'),
      `database-tables/${dataNode}`,
    ],
    deadlineMs: 30_000,
    seeForYourself: `curl -H 'Authorization: Bearer …' http://${node.address}:${ports.apiserver}/v1/users/admin`,
  };
}

/** `printf` is a builtin: the token is in no argument list, and it stays on the node. */
function script({ jwtKey }: ApiDatabase): Content {
  const token = mapSecret(jwtKey, (key) => forgedToken(key, NOBODY));
  const request = 'GET /v1/secrets HTTP/1.0\\r\\nHost: 127.0.0.1\\r\\nConnection: close\\r\\n';
  return content`${TALK}${LIMITED}${unlessSilent(MARIADB)}{ printf '${request}Authorization: Bearer %s\\r\\n\\r\\n' '${token}'; } | talk 127.0.0.1 ${ports.apiserver}\n`;
}

function judge(node: NodeName, measured: Measured | undefined): Verdict {
  const talk = readTalks(exited(measured)?.stdout ?? '')[0];
  if (!talk) return notMeasured(measured);
  const where = { node };
  const daemon = 'iam-apiserver';
  if (talk.kind === 'refused') {
    return failed(problem('service-no-answer', { daemon, port: ports.apiserver }, where));
  }
  // Without a limit of its own it waits for a frozen database for ever, and says nothing.
  if (talk.kind === 'no-answer') return failed(problem('api-database-silent', {}, where));
  const { status, body } = readHttp(talk.text);
  if (status === 200) return passed(message('api-database-asked', { node }));
  const said = { ...where, detail: body || talk.text };
  if (status === 401) return failed(problem('jwt-key-differs', {}, said));
  if (/"code":\s*100101\b/.test(body)) return failed(problem('api-database-error', {}, said));
  return failed(problem('api-bad-answer', { status }, said));
}
