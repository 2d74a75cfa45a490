import { doneByHand, undoByHand } from '../../engine/by-hand.ts';
import { changesToUndo, type Intent } from '../../engine/undo.ts';
import { EXIT, message, OperatorError, problem } from '../../model/index.ts';
import { meterText } from '../../text/index.ts';
import { CloudHalf } from '../cloud/cloud-half.ts';
import { undoNodes } from '../cloud/nodes-half.ts';
import { openOwnCloud } from '../cloud/own-cloud.ts';
import { meterOf } from '../cloud/result-fields.ts';
import { stillAnswering } from '../cloud/silence.ts';
import type { Invocation } from '../invocation.ts';
import type { Io } from '../io.ts';
import { type Run, withRun } from '../open-run.ts';
import type { Outcome } from '../outcome.ts';
import { askConsent, notConfirmed, sayDigest, verifyConsent } from './consent.ts';
import { keptDataHints } from './kept-data.ts';

type Destroy = Extract<Invocation, { command: 'destroy' }>;

/**
 * Takes back everything that the session has made, on the nodes and in the cloud. What fails keeps
 * nothing else: it is told, and named in `left`.
 */
export async function destroy(io: Io, { options, packages }: Destroy): Promise<Outcome> {
  if (options.stages.length > 0) throw new OperatorError(problem('cd-destroy-stage'), EXIT.usage);
  verifyConsent(io, options.yes, 'destroy');
  const open = { command: 'destroy', options, lock: true, planless: true, tolerant: true } as const;
  return withRun(io, open, async (run) => {
    const own = await openOwnCloud(io, run);
    try {
      const cloud = own && new CloudHalf({ ...run.ports, cloud: own.cloud.port }, own.owner);
      return await destroyAll(io, run, cloud, { yes: options.yes, packages });
    } finally {
      own?.cloud.close();
    }
  });
}

async function destroyAll(
  io: Io,
  run: Run,
  cloud: CloudHalf | undefined,
  { yes, packages }: { readonly yes: boolean; readonly packages: boolean },
): Promise<Outcome> {
  const { ports, session, silent } = run;
  const began = new Date(ports.clock.now()).toISOString();
  saySilent(run);
  const due = dueOn(run);
  await cloud?.plan();
  sayCost(io, run);
  await agree(io, yes, due, cloud?.planned ?? 0);
  // idle from when the last node lets go of the address: so it is given back before
  await cloud?.giveBackAddresses();
  const nodes = await undoNodes(ports, due, packages);
  const answering = await stillAnswering(run);
  // held as long as a node announces it: so it goes after
  await cloud?.giveBackRest();
  const byHand = await undoByHand(doneByHand(session.journal.records()), ports);
  for (const hint of keptDataHints(nodes.kept)) ports.emit(hint);
  await giveUpGone(run);
  const unreached = silent.map(({ node }) => `${node}:*`);
  const left = [...nodes.left, ...unreached, ...answering, ...(cloud?.left ?? [])];
  const ok = left.length === 0;
  return {
    exitCode: ok ? EXIT.done : EXIT.failed,
    fields: {
      ok,
      undone: [...nodes.undone, ...(cloud?.undone ?? [])],
      left,
      kept: [...nodes.kept, ...(cloud?.kept ?? []), ...byHand],
      ...meterOf(session.journal.records(), began),
    },
  };
}

/** What was changed on nodes that answer, the newest first. */
function dueOn({ session, silent }: Run): readonly Intent[] {
  const isThere = ({ node }: Intent) => !silent.some((one) => one.node === node);
  return changesToUndo(session.journal.records(), []).filter(isThere);
}

function saySilent({ ports, silent }: Run): void {
  for (const { node, why } of silent) {
    ports.emit({ type: 'problem', problem: why });
    const text = message('cd-destroy-silent', { node });
    ports.emit({ type: 'progress', stage: '', node, text, keep: true });
  }
}

/** What has been paid so far, and what it would go on costing. */
function sayCost({ language }: Io, { ports, session }: Run): void {
  for (const meter of meterOf(session.journal.records()).meter ?? []) {
    const text = meterText(meter, language);
    ports.emit({ type: 'progress', stage: '', node: null, text, keep: true });
  }
}

/** @throws OperatorError "not-confirmed" */
async function agree(io: Io, yes: boolean, due: readonly Intent[], cloud: number): Promise<void> {
  const parts = due.flatMap(({ stage, node, parts: all }) =>
    all.map(() => ({ stage, node, effect: 'none' as const })),
  );
  if (parts.length > 0) sayDigest(io, yes, 'undo-digest', parts);
  if (parts.length + cloud === 0) return;
  const counts = { changes: parts.length, cloud };
  if (!(await askConsent(io, yes, 'cd-ask-destroy', counts))) throw notConfirmed();
}

/** Of nodes that the cluster file has no more, and where nobody answers: what was changed there is done with. */
async function giveUpGone({ cluster, session, silent }: Run): Promise<void> {
  const gone = silent.filter(({ node }) => !cluster.nodes.some(({ name }) => name === node));
  await session.journal.append(
    gone.map(({ node }) => ({ type: 'node-given-up', node, left: [] }) as const),
  );
}
