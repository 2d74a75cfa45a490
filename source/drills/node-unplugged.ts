import { nodeNamed, vipAddress } from '../cluster/index.ts';
import {
  type Content,
  type Drill,
  type DrillPlan,
  type DrillQuestion,
  message,
  type NodeName,
  type Problem,
  problem,
} from '../model/index.ts';
import { isSilent, lateAfterAtMost, type NodeContext, nodeStep, reaches } from './away.ts';
import { castDrill } from './cast-drill.ts';
import { armedSeconds, armStep, type Cast, IS_BACKUP, NOTIFY_LOG, step } from './context.ts';

const ID = 'node-unplugged';
/** As the script itself has it. */
const FOLDER = `/run/iam-ha-drill-${ID}`;
const SCRIPT = `${FOLDER}/script`;
/** What an earlier run of this drill may have left at work. */
const END_EARLIER = `systemctl stop iam-ha-drill-${ID}.timer iam-ha-drill-${ID}.service 2>/dev/null
rm -rf ${FOLDER}`;
/** The node says that it will do it before it does: its answer goes over the link that goes down. */
const DELAY_MS = 400;
/** Beside the time for which it is observed: the witness, and the looks. */
const LOOKS_SECONDS = 3;
/** An unplugged node that has lost our connection: what was sent to it is sent again for seconds. */
const TRIES_MS = 90_000;

/**
 * The holder's NIC goes down and comes back. Our own connection very likely goes over it, so the node
 * does all of it alone, by a script that it keeps; it refuses where it is not known that everything
 * that the kernel forgets with the link would come back.
 */
export function nodeUnplugged(context: NodeContext): Drill {
  return castDrill(context, ID, (roles) => planned(context, roles));
}

function planned(context: NodeContext, roles: Cast): DrillPlan {
  const { victim, taker, outageMs, phases, observeMs } = roles;
  const seconds = armedSeconds(observeMs);
  const awaySeconds = Math.ceil(observeMs / 1000) + LOOKS_SECONDS;
  const run = (verb: string) => `bash ${SCRIPT} ${argumentsOf(context, victim)} ${verb}`;
  const arm = (after: number) => armStep(victim, ID, run('restore'), after);
  return {
    victim,
    away: victim,
    description: message(`drill-${ID}-description`, {
      victim,
      taker,
      min: outageMs[0],
      max: outageMs[1],
      seconds: awaySeconds,
    }),
    expectation: {
      outageMs,
      ...(phases && { phases }),
      holderAfter: taker,
      notifyLines: { [victim]: ['notify_fault', 'notify_backup'], [taker]: ['notify_master'] },
      lateAfterAtMost: lateAfterAtMost(context),
    },
    questions: [question(context, victim)],
    arm: [
      { ...step(victim, ''), script: keep(context) },
      step(victim, run('record')),
      arm(seconds),
    ],
    armedSeconds: seconds,
    prepare: [reaches(context, roles)],
    // the host's own undo is timed from the fault now; without it nothing is broken
    inject: [
      {
        node: victim,
        script: [NOW, ...arm(awaySeconds).script, ` || exit\n${faultLater(run('fault'))}`],
        timeoutMs: 3000,
        delayMs: DELAY_MS,
      },
    ],
    witness: [isSilent(context, roles)],
    observeMs,
    restore: [],
    restored: [
      nodeStep(victim, `${run('whole')} && ${isWhole(run('broken'))}`),
      ...context.settled,
    ],
    restoreMs: TRIES_MS,
    confirm: [nodeStep(victim, run('happened'))],
    disarm: [step(victim, END_EARLIER)],
    notifyLog: NOTIFY_LOG,
  };
}

function argumentsOf({ cluster }: NodeContext, victim: NodeName): string {
  return `${nodeNamed(cluster, victim).address} ${vipAddress(cluster)}`;
}

/** The script on the node, readable by root only; it goes with the next boot. */
function keep({ unplugScript }: NodeContext): Content {
  return [
    `umask 077\n${END_EARLIER} && mkdir ${FOLDER} && cat >${SCRIPT} <<'IAMHA_SCRIPT'\n`,
    ...unplugScript,
    'IAMHA_SCRIPT\n',
  ];
}

/** The step's beginning, from which {@link DELAY_MS} is counted. */
const NOW = 'now=${EPOCHREALTIME:-$(date +%s.%6N)}\n';

/** By itself, beside our session: what we have asked is answered before the link goes down. */
function faultLater(fault: string): string {
  return `setsid ${fault} $((\${now/[.,]/} + ${DELAY_MS * 1000})) </dev/null >/dev/null 2>&1 &`;
}

/** Where nothing was broken the victim still has the VIP. */
function isWhole(broken: string): string {
  return `systemctl --quiet is-active nginx && systemctl --quiet is-active keepalived && { ! ${broken} || ${IS_BACKUP}; }`;
}

/** The script itself is asked, before it is kept. */
function question(context: NodeContext, victim: NodeName): DrillQuestion {
  const head = `bash -s -- ${argumentsOf(context, victim)} may <<'IAMHA_SCRIPT'\n`;
  return {
    node: victim,
    script: [head, ...context.unplugScript, 'IAMHA_SCRIPT\n'],
    timeoutMs: 30_000,
    refusal: (stdout) => refusal(victim, stdout),
  };
}

/** What the script's `may` printed: a word, and what it is about. */
function refusal(node: NodeName, stdout: string): Problem | undefined {
  const [, why = '', about = ''] = /^(\S+) ?(.*)$/m.exec(stdout) ?? [];
  const [first = '', second = ''] = about.split(' ');
  switch (why) {
    case '':
      return undefined;
    case 'manager':
      return problem('unplug-manager', { manager: first }, { node });
    case 'stacked':
      return problem('unplug-stacked', { nic: first, other: second }, { node });
    case 'dynamic':
      return problem('unplug-dynamic', { nic: first }, { node });
    case 'tool':
      return problem('unplug-tool', { tool: first }, { node });
    case 'no-nic':
      return problem('unplug-no-nic', { address: first }, { node });
    default:
      return problem('unplug-record', { entry: about }, { node });
  }
}
