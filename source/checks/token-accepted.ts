import type { ClusterNode } from '../cluster/index.ts';
import { ports, publishedAdmin } from '../cluster/index.ts';
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
  quote,
  unknown,
  type Verdict,
} from '../model/index.ts';
import { LIMITED, unlessSilent } from '../platforms/limited.ts';
import { MARIADB } from '../platforms/sql-script.ts';
import { mariadbCauses } from './database-causes.ts';
import { type AdminSecrets, ASK, logInAs, ownToken, PUBLISHED } from './iam-login.ts';
import { exited, linesByKey, notMeasured, onNode } from './on-node.ts';
import { daemonCauses } from './service-daemons.ts';

type Place = Pick<ClusterNode, 'name' | 'address'>;

export interface TokenAccepted {
  /** The node that issues the token. */
  readonly node: Place;
  readonly others: readonly Place[];
  /** The node with the database, where passwords are looked up. */
  readonly dataNode: NodeName;
  readonly secrets: AdminSecrets;
}

/**
 * A token that one node's API server issues is accepted by every other one's, and by its own. Where
 * nobody told us the administrator's password, none can be issued: then one that is signed as the
 * API servers sign has to do.
 */
export function tokenAcceptedCheck(options: TokenAccepted): Check {
  const { node, others } = options;
  return {
    id: `token/${node.name}`,
    node: node.name,
    title: message('check-token', { node: node.name }),
    measurements: [onNode(node.name, script(options), 30_000)],
    judge: ([measured]) => judge(options, measured),
    explainedBy: [
      ...mariadbCauses(options.dataNode),
      ...[node, ...others].flatMap(({ name }) => [
        ...daemonCauses(name, 'iam-apiserver'),
        `database-login/${name}`,
        `healthz/${name}/iam-apiserver`,
      ]),
      appliedCheckId(options.dataNode, 'sql-user:*'),
      appliedCheckId(options.dataNode, 'schema:iam'),
      `database-tables/${options.dataNode}`,
    ],
    deadlineMs: 30_000,
    seeForYourself: `curl -X POST -d '{"username":"admin","password":"…"}' http://${node.address}:${ports.apiserver}/login`,
  };
}

/**
 * Prints `login STATUS`, and `user NODE STATUS` for each node. The token stays on the node, and the
 * answer's body too: it holds the password's hash.
 */
function script({ node, others, secrets }: TokenAccepted): Content {
  const user = `GET /v1/users/${publishedAdmin.username} HTTP/1.0\\r\\nHost: ${node.address}\\r\\nAuthorization: Bearer %s\\r\\nConnection: close\\r\\n\\r\\n`;
  const asked = [{ name: node.name, address: '127.0.0.1' }, ...others];
  return content`${ASK}${LIMITED}${unlessSilent(MARIADB)}${logInAs(secrets.adminPassword)}[ "$(status "$said")" != 401 ] || ${logInAs(PUBLISHED)}login=$(status "$said")
echo "login $login"
if [[ $said =~ \\"token\\":\\ ?\\"([A-Za-z0-9_.-]+)\\" ]]; then token=\${BASH_REMATCH[1]}
elif [ "$login" = 401 ]; then token=${mapSecret(ownToken(secrets), quote)}
else exit 0
fi
${asked.map(({ name, address }) => `echo "user ${name} $(status "$(printf '${user}' "$token" | talk ${address} ${ports.apiserver})")"`).join('\n')}
`;
}

function judge({ node, others }: TokenAccepted, measured: Measured | undefined): Verdict {
  const lines = linesByKey(exited(measured)?.stdout ?? '');
  const login = lines.get('login')?.[0];
  if (login === undefined) return notMeasured(measured);
  const params = { node: node.name, status: Number(login) };
  // Also what IAM says when it cannot ask its database: then it does not take our own token either.
  const isSigned = login === '401' && lines.has('user');
  if (login === '401' && !isSigned) return unknown(message('admin-password-unknown', params));
  if (login !== '200' && !isSigned)
    return failed(problem('admin-login-failed', params, { node: node.name }));
  const answers = new Map(
    (lines.get('user') ?? []).map((line) => line.split(' ') as [string, string]),
  );
  for (const { name } of [node, ...others]) {
    const status = Number(answers.get(name) ?? 0);
    if (status === 200) continue;
    const code = status === 401 ? 'token-refused' : 'token-not-tried';
    return failed(problem(code, { issuer: node.name, status }, { node: name }));
  }
  const code = isSigned ? 'token-accepted-signed' : 'token-accepted';
  return passed(message(code, { node: node.name, count: others.length + 1 }));
}
