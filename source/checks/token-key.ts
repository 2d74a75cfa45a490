import { ports, publishedAdmin } from '../cluster/index.ts';
import {
  type Check,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import { apiToken } from './iam-token.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { daemonCauses } from './service-daemons.ts';
import { httpGet, readHttp, readTalks, TALK, talkTo } from './tcp-talk.ts';

/** The keys that anybody can guess: none at all, and the one in IAM's public repository. */
const GUESSES = { empty: '', published: 'dfVpOK8LZeJLZHYmHdb1VdyRrACKpqoo' } as const;

/**
 * Tokens that anybody could forge are refused. Without a key IAM signs with the empty one, says
 * nothing about it, and two such nodes even accept each other's tokens.
 */
export function tokenKeyCheck(node: NodeName): Check {
  const requests = Object.values(GUESSES).map((key) => {
    const authorization = `Authorization: Bearer ${forgedToken(key)}`;
    const request = httpGet('127.0.0.1', '/v1/users/admin', [authorization]);
    return talkTo('127.0.0.1', ports.apiserver, [request]).join('');
  });
  return {
    id: `token-key/${node}`,
    node,
    title: message('check-token-key', { node }),
    // IAM's answer to a token that it accepts holds a password's hash: the status is enough.
    measurements: [
      onNode(
        node,
        `${TALK}{\n${requests.join('')}} | sed -nE '/^(HTTP\\/1|talk )/p; s/^$//p; /refused/p'`,
      ),
    ],
    judge: ([measured]) => judge(node, measured),
    explainedBy: [...daemonCauses(node, 'iam-apiserver'), `healthz/${node}/iam-apiserver`],
    deadlineMs: 30_000,
  };
}

/** A token of a user, the administrator if none is named, signed with `key`. */
export function forgedToken(key: string, user: string = publishedAdmin.username): string {
  return apiToken(key, user);
}

function judge(node: NodeName, measured: Measured | undefined): Verdict {
  const talks = readTalks(exited(measured)?.stdout ?? '');
  for (const [at, guess] of Object.keys(GUESSES).entries()) {
    const talk = talks[at];
    if (!talk) return notMeasured(measured);
    const status = talk.kind === 'answered' ? readHttp(talk.text).status : 0;
    if (status === 401) continue;
    const where = { node };
    if (status === 0) return failed(problem('token-key-not-tried', {}, where));
    return failed(problem('token-key-guessable', { guess, status }, where));
  }
  return passed(message('token-key-secret', { node }));
}
