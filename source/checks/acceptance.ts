import { type Cluster, dataNode, vipAddress } from '../cluster/index.ts';
import {
  appliedCheckId,
  type Check,
  type Exchange,
  failed,
  message,
  type Problem,
  passed,
  problem,
  type Verdict,
  warned,
} from '../model/index.ts';
import { type AcceptanceOutcome, ALLOWED_WITHIN_MS, acceptance } from './acceptance-dialogue.ts';
import { type Acceptance, OURS } from './acceptance-requests.ts';
import { backendCauses, frontendCauses } from './causes.ts';
import { mariadbCauses, redisCauses } from './database-causes.ts';
import { concluded, dialogueAction } from './dialogue.ts';
import { answerOf, saidOf } from './iam-answer.ts';
import { notMeasured } from './on-node.ts';

/** IAM does for a client what it is there for, through the VIP, and nothing of it stays. */
export function acceptanceCheck(cluster: Cluster, options: Acceptance): Check {
  const begin = () => acceptance(options);
  const { vip, domains } = options;
  return {
    id: 'acceptance',
    node: null,
    title: message('check-acceptance', { vip }),
    measurements: [dialogueAction(begin)],
    judge: ([measured]) => {
      if (measured?.kind !== 'dialogue') return notMeasured(measured);
      const outcome = concluded(begin, measured.exchanges);
      if (!outcome) return notMeasured(measured);
      return judge(options, outcome, measured.exchanges);
    },
    explainedBy: causes(cluster),
    deadlineMs: 30_000,
    seeForYourself: `curl -H 'Host: ${domains.api}' -d '{"username":"admin","password":"…"}' http://${vipAddress(cluster)}/login`,
  };
}

/** Whatever it needs has a check of its own. */
function causes(cluster: Cluster): readonly string[] {
  const data = dataNode(cluster)?.name;
  const inData = (id: string) => (data ? [appliedCheckId(data, id)] : []);
  const config = cluster.nodes.flatMap(({ name }) =>
    ['iam-apiserver', 'iam-authz-server'].map((id) => appliedCheckId(name, `config:${id}`)),
  );
  return [
    'vip-holder',
    'vip-health/*',
    ...(data ? [...mariadbCauses(data), ...redisCauses(data)] : []),
    ...inData('sql-user:*'),
    ...inData('schema:*'),
    'database-*',
    'redis-*',
    ...frontendCauses(cluster),
    ...backendCauses(cluster, 'api'),
    ...backendCauses(cluster, 'authz'),
    ...config,
    'token-key/*',
    'token/*',
  ];
}

function judge(
  options: Acceptance,
  outcome: AcceptanceOutcome,
  exchanges: readonly Exchange[],
): Verdict {
  if (outcome.kind === 'passed') {
    const { loggedIn, allowed } = outcome;
    const ms = exchanges.at(-1)?.atMs ?? 0;
    const code = loggedIn ? 'acceptance-passed' : 'acceptance-passed-signed';
    const params = { allowed, denied: 1, count: exchanges.length, ms: Math.round(ms) };
    return passed(message(code, params));
  }
  const { result } = outcome.at;
  if (result.kind === 'no-answer' && result.unmeasured) return notMeasured(result);
  const found = complaint(options, outcome);
  return outcome.kind === 'busy' ? warned(found) : failed(found);
}

type Bad = Exclude<AcceptanceOutcome, { readonly kind: 'passed' }>;

function complaint({ vip, domains }: Acceptance, { kind, at }: Bad): Problem {
  const { status, code } = answerOf(at);
  const isAuthz = at.step === 'allowed' || at.step === 'denied';
  const params = {
    step: at.step,
    domain: isAuthz ? domains.authz : domains.api,
    vip,
    status,
    user: OURS,
    seconds: ALLOWED_WITHIN_MS / 1000,
    reason: at.result.kind === 'no-answer' ? at.result.reason : '',
  };
  return problem(codeOf(kind, status, code), params, { detail: saidOf(at) });
}

function codeOf(kind: Bad['kind'], status: number, code: number | undefined): string {
  if (kind !== 'bad') return `acceptance-${kind}`;
  if (status === 0) return 'acceptance-no-answer';
  return code === 100101 ? 'acceptance-database' : 'acceptance-bad-answer';
}
