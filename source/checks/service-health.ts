import type { ClusterNode } from '../cluster/index.ts';
import {
  type Check,
  type Content,
  content,
  failed,
  type Measured,
  message,
  type NodeName,
  passed,
  problem,
  type Verdict,
} from '../model/index.ts';
import { mariadbCauses } from './database-causes.ts';
import { exited, notMeasured, onNode } from './on-node.ts';
import { type Daemon, daemonCauses, HEALTHY_BODY, healthPort } from './service-daemons.ts';
import { diagnose } from './service-diagnosis.ts';
import { evidenceScript, readEvidence } from './service-evidence.ts';
import { httpGet, readHttp, readTalks, TALK, type Talk, talkTo } from './tcp-talk.ts';

type Place = Pick<ClusterNode, 'name' | 'address'>;

/**
 * A daemon of a node answers `/healthz`, to the node itself and to every other one. Where it does
 * not, the node says in the same answer why.
 *
 * @param dataNode the node to be mended when it is the database
 */
export function serviceHealthCheck(
  node: Place,
  daemon: Daemon,
  others: readonly Place[],
  dataNode: NodeName = node.name,
): Check {
  const port = healthPort[daemon];
  const asking = [node, ...others];
  return {
    id: `healthz/${node.name}/${daemon}`,
    node: node.name,
    title: message('check-service-health', { node: node.name, daemon }),
    measurements: asking.map((from) =>
      from.name === node.name
        ? onNode(node.name, askAndExplain(daemon, port))
        : onNode(from.name, [TALK, ...ask(node.address, port)]),
    ),
    judge: (measured) => judge({ node, daemon, port, dataNode }, asking, measured),
    explainedBy: [...daemonCauses(node.name, daemon), ...firstCauses(node.name, daemon, dataNode)],
    deadlineMs: 30_000,
    seeForYourself: `curl http://${node.address}:${port}/healthz`,
  };
}

/**
 * An API server that cannot log in is started again and again: met while it runs for a moment, its
 * unit is well, and what its end names is to be mended elsewhere. The authorization server waits for it.
 */
function firstCauses(node: NodeName, daemon: Daemon, dataNode: NodeName): readonly string[] {
  if (daemon === 'iam-pump') return [];
  const login = [...mariadbCauses(dataNode), `database-login/${node}`];
  return daemon === 'iam-apiserver' ? login : [`healthz/${node}/iam-apiserver`, ...login];
}

function ask(address: string, port: number): Content {
  return talkTo(address, port, [httpGet(address, '/healthz')]);
}

/** The evidence is asked for only when the answer is bad: it is slow. */
function askAndExplain(daemon: Daemon, port: number): Content {
  return content`${TALK}said=$(${ask('127.0.0.1', port)})
printf '%s\n' "$said"
[[ $said == HTTP/1.?' 200 '*'"status"'*'"ok"'* ]] || ${evidenceScript(daemon)}`;
}

interface Subject {
  readonly node: Place;
  readonly daemon: Daemon;
  readonly port: number;
  readonly dataNode: NodeName;
}

function judge(subject: Subject, asking: readonly Place[], measured: readonly Measured[]): Verdict {
  for (const [at, from] of asking.entries()) {
    const talk = readTalks(exited(measured[at])?.stdout ?? '')[0];
    if (!talk) return notMeasured(measured[at]);
    const bad = badAnswer(talk);
    if (!bad) continue;
    const why = from.name === subject.node.name ? cause(subject, measured[at]) : undefined;
    return failed(why ?? complaint(subject, from.name, bad));
  }
  const { node, daemon } = subject;
  return passed(message('service-healthy', { node: node.name, daemon, count: asking.length }));
}

interface Bad {
  readonly kind: Talk['kind'];
  readonly detail: string;
}

function badAnswer(talk: Talk): Bad | undefined {
  if (talk.kind === 'refused') return { kind: talk.kind, detail: '' };
  if (talk.kind === 'no-answer') return { kind: talk.kind, detail: talk.detail };
  const { status, body } = readHttp(talk.text);
  if (status === 200 && HEALTHY_BODY.test(body)) return undefined;
  return { kind: talk.kind, detail: body || talk.text };
}

/** What the node itself says about why its daemon does not answer. */
function cause({ node, daemon, dataNode }: Subject, measured: Measured | undefined) {
  const evidence = readEvidence(exited(measured)?.stdout ?? '');
  const subject = { node: node.name, address: node.address, daemon, dataNode };
  return evidence && diagnose(evidence, subject)?.problem;
}

/** Asked by itself, the daemon is at fault; asked by a peer after that, what lies between. */
function complaint({ node, daemon, port }: Subject, from: NodeName, bad: Bad) {
  const params = { daemon, port, from, address: `${node.address}:${port}` };
  const where = { node: node.name, detail: bad.detail };
  if (bad.kind === 'answered') return problem('service-bad-answer', params, where);
  if (from === node.name) return problem('service-no-answer', params, where);
  const code = bad.kind === 'refused' ? 'service-local-only' : 'service-blocked';
  return problem(code, params, where);
}
